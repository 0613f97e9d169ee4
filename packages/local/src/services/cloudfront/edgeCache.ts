import type { EdgeResponse } from './model.ts';

/** An answer that is kept. Times in epoch milliseconds. */
export interface Kept {
  readonly response: EdgeResponse;
  readonly storedAt: number;
  readonly freshUntil: number;
}

export interface EdgeCache {
  get(key: string): Kept | undefined;
  set(key: string, kept: Kept): void;
  clear(): void;
}

/** On a laptop: some megabytes of answers. */
export const MAX_KEPT = 1_000;

/** Forgets what was used least recently. */
export function createEdgeCache(): EdgeCache {
  const entries = new Map<string, Kept>();
  const store = (key: string, kept: Kept): void => {
    entries.delete(key);
    entries.set(key, kept);
  };
  return {
    get(key) {
      const kept = entries.get(key);
      if (kept) store(key, kept);
      return kept;
    },
    set(key, kept) {
      store(key, kept);
      const [oldest] = entries.keys();
      if (entries.size > MAX_KEPT && oldest !== undefined) entries.delete(oldest);
    },
    clear: () => entries.clear(),
  };
}
