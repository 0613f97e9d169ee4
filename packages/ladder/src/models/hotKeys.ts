/** Of so many of the most popular keys each is watched: others cannot be the hottest. */
const WATCHED = 2_048;

/** What one partition key of a store is asked for in a second. */
export interface HotKeys {
  add(rank: number, units: number): void;
  /** Ends a second: the most that one key was asked for, which, and what was beyond the limit. */
  settle(): { readonly most: number; readonly rank: number; readonly throttled: number };
}

/** @param limit units a second that one partition serves. */
export function hotKeys(limit: number): HotKeys {
  const units = new Float64Array(WATCHED);
  return {
    add(rank, asked) {
      if (rank < WATCHED) units[rank] = (units[rank] as number) + asked;
    },
    settle() {
      let [most, hottest, throttled] = [0, 0, 0];
      for (let rank = 0; rank < WATCHED; rank += 1) {
        const asked = units[rank] as number;
        if (asked > most) [most, hottest] = [asked, rank];
        if (asked > limit) throttled += asked - limit;
      }
      units.fill(0);
      return { most, rank: hottest, throttled };
    },
  };
}
