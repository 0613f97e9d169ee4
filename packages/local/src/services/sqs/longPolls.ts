import type { Timers } from '../../timers.ts';
import type { Queue } from './model.ts';
import type { Visibility } from './visibility.ts';

/** Receptions that wait for a message to come. */
export interface LongPolls {
  /**
   * Calls `attempt` until it returns something, the time is over, the caller has gone or the service ends; resolves to what it
   * returned last. The time is the machine's, since it is how long a connection is kept: a clock that stands still must not
   * keep it for ever.
   */
  wait<Result>(queue: Queue, attempt: () => readonly Result[], limits: WaitLimits): Promise<readonly Result[]>;
  close(): void;
}

export interface WaitLimits {
  readonly seconds: number;
  readonly signal: AbortSignal | undefined;
}

export function createLongPolls(visibility: Visibility, timers: Timers): LongPolls {
  const ends = new Set<() => void>();

  return {
    async wait(queue, attempt, { seconds, signal }) {
      const found = attempt();
      if (found.length > 0 || seconds === 0 || signal?.aborted === true) return found;
      const { promise, resolve, reject } = Promise.withResolvers<ReturnType<typeof attempt>>();
      // After the end nothing may be received any more: nobody would get it.
      const end = (): void => {
        ends.delete(end);
        resolve([]);
      };
      const stopListening = visibility.listen(queue, () => {
        if (!ends.has(end)) return;
        try {
          const received = attempt();
          // Two polls may be told of one message: the second finds nothing and goes on waiting.
          if (received.length === 0) return;
          ends.delete(end);
          resolve(received);
        } catch (error) {
          ends.delete(end);
          reject(error as Error);
        }
      });
      const timer = timers.setTimeout(end, seconds * 1000);
      signal?.addEventListener('abort', end, { once: true });
      ends.add(end);
      try {
        return await promise;
      } finally {
        ends.delete(end);
        stopListening();
        timers.clearTimeout(timer);
        signal?.removeEventListener('abort', end);
      }
    },
    close() {
      for (const end of [...ends]) end();
    },
  };
}
