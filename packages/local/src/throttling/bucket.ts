/** Units that are there for the taking: filled at a rate, up to what some seconds bring. */
export interface Bucket {
  /** Whether anything is left. What a request takes is known when it is done, so the last one may take more than there is. */
  hasSome(now: number): boolean;
  take(units: number, now: number): void;
  isFull(now: number): boolean;
}

/** @param rate units a second; `seconds`: how long it fills; full at `now`, in milliseconds. */
export function bucketOf(rate: number, seconds: number, now: number): Bucket {
  const most = rate * seconds;
  let level = most;
  let filledAt = now;
  const fill = (at: number): void => {
    if (at > filledAt) level = Math.min(most, level + ((at - filledAt) * rate) / 1_000);
    filledAt = at;
  };
  return {
    hasSome(at) {
      fill(at);
      return level > 0;
    },
    take(units, at) {
      fill(at);
      level -= units;
    },
    isFull(at) {
      fill(at);
      return level >= most;
    },
  };
}
