/** A bounded memory of decisions that costs one look-up for what is asked often. */
export interface Decisions<Decision> {
  get(key: string): Decision | undefined;
  set(key: string, decision: Decision): void;
  readonly size: number;
}

/**
 * Keeps at most `limit` decisions and forgets those not asked for longest, in two halves: when the younger half is full
 * it becomes the older one, and what the older one had, and nobody asked for since, is gone.
 */
export function createDecisions<Decision>(limit: number): Decisions<Decision> {
  let younger = new Map<string, Decision>();
  let older = new Map<string, Decision>();
  const set = (key: string, decision: Decision): void => {
    if (younger.size >= limit / 2) {
      older = younger;
      younger = new Map();
    }
    younger.set(key, decision);
    older.delete(key);
  };
  return {
    get(key) {
      const decision = younger.get(key);
      if (decision !== undefined) return decision;
      const aged = older.get(key);
      if (aged !== undefined) set(key, aged);
      return aged;
    },
    set,
    get size() {
      return younger.size + older.size;
    },
  };
}
