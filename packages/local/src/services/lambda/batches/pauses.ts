import type { Timers } from '../../../timers.ts';

/** Waits between attempts. They are not ended by news: a function that fails is not to be called more often for it. */
export interface Pauses {
  pause(milliseconds: number): Promise<void>;
  /** Ends those that are running, as when the mapping stops. */
  end(): void;
}

export function createPauses(timers: Timers): Pauses {
  const running = new Set<() => void>();
  return {
    async pause(milliseconds) {
      const over = Promise.withResolvers<void>();
      const timer = timers.setTimeout(over.resolve, milliseconds);
      running.add(over.resolve);
      await over.promise;
      running.delete(over.resolve);
      timers.clearTimeout(timer);
    },
    end() {
      for (const resolve of running) resolve();
    },
  };
}
