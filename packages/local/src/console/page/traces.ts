import type { RequestTrace } from '../../services/appsync/trace/trace.ts';

/** The trace of the latest answer, for whoever shows it. */
export interface Traces {
  readonly latest: () => RequestTrace | null;
  readonly subscribe: (listener: () => void) => () => void;
  set(trace: RequestTrace | null): void;
}

export function createTraces(): Traces {
  const listeners = new Set<() => void>();
  let latest: RequestTrace | null = null;
  return {
    latest: () => latest,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set: (trace) => {
      latest = trace;
      for (const listener of listeners) listener();
    },
  };
}
