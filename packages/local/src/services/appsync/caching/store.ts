import type { Clock } from '../../../clock.ts';

/** A bound for the memory of a laptop; AWS has whatever the instance holds. */
const MAX_ENTRIES = 10_000;

/** Values by key until their time is over, by the local clock. The longest unused makes place. */
export interface CacheStore<Value> {
  get(key: string): { readonly value: Value } | undefined;
  set(key: string, value: Value, ttlSeconds: number): void;
  /** Whether there was one. */
  delete(key: string): boolean;
}

export function createCacheStore<Value>(clock: Clock): CacheStore<Value> {
  const entries = new Map<string, { readonly value: Value; readonly ends: number }>();
  const alive = (key: string) => {
    const entry = entries.get(key);
    if (entry === undefined || clock.now() < entry.ends) return entry;
    entries.delete(key);
    return undefined;
  };
  return {
    get(key) {
      const entry = alive(key);
      if (entry === undefined) return undefined;
      // Maps keep the order of insertion: what was used last goes to the end.
      entries.delete(key);
      entries.set(key, entry);
      return entry;
    },
    set(key, value, ttlSeconds) {
      entries.delete(key);
      entries.set(key, { value, ends: clock.now() + ttlSeconds * 1000 });
      const [oldest] = entries.keys();
      if (entries.size > MAX_ENTRIES && oldest !== undefined) entries.delete(oldest);
    },
    delete: (key) => alive(key) !== undefined && entries.delete(key),
  };
}
