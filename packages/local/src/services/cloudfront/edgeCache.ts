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

/** On a laptop. */
export const MAX_KEPT = 1_000;
export const MAX_KEPT_BYTES = 64 * 1024 * 1024;

/** Forgets what was used least recently. */
export function createEdgeCache(): EdgeCache {
  const entries = new Map<string, Kept>();
  let bytes = 0;
  const forget = (key: string): void => {
    bytes -= entries.get(key)?.response.body.byteLength ?? 0;
    entries.delete(key);
  };
  const store = (key: string, kept: Kept): void => {
    forget(key);
    entries.set(key, kept);
    bytes += kept.response.body.byteLength;
  };
  return {
    get(key) {
      const kept = entries.get(key);
      if (kept) store(key, kept);
      return kept;
    },
    set(key, kept) {
      store(key, kept);
      for (const oldest of entries.keys()) {
        if (entries.size <= MAX_KEPT && bytes <= MAX_KEPT_BYTES) break;
        forget(oldest);
      }
    },
    clear() {
      entries.clear();
      bytes = 0;
    },
  };
}
