/** AppSync's cache of one field: an answer is kept for its time to live, and asked for again by the first who misses it. */
export interface FieldCache {
  /** Whether the answer for a key is there; if not, it is from now on. */
  hit(key: number, second: number): boolean;
  flush(): void;
}

export function fieldCache(keys: number, ttlSeconds: number): FieldCache {
  const filledAt = new Float64Array(keys).fill(-Infinity);
  return {
    hit(key, second) {
      if (second - (filledAt[key] as number) < ttlSeconds) return true;
      filledAt[key] = second;
      return false;
    },
    flush: () => void filledAt.fill(-Infinity),
  };
}
