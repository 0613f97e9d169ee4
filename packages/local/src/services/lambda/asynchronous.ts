import type { Timers } from './timers.ts';

/** Events accepted with `InvocationType: Event`, run in the background and retried as Lambda retries them. */
export interface AsynchronousQueue {
  enqueue(event: AsynchronousEvent): void;
  /** Resolves when nothing is running or waiting for a retry. */
  idle(): Promise<void>;
  /** Drops what has not begun. */
  close(): void;
}

export interface AsynchronousEvent {
  /** One attempt: resolves to what was wrong, or `null`. */
  attempt(): Promise<string | null>;
  /** Told when the last attempt failed. */
  dropped(reason: string): void;
}

export function createAsynchronousQueue(timers: Timers, retryDelaysMilliseconds: readonly number[]): AsynchronousQueue {
  let pending = 0;
  let closed = false;
  let waiters: (() => void)[] = [];
  const retries = new Set<unknown>();

  function finish(): void {
    pending -= 1;
    if (pending > 0) return;
    for (const resolve of waiters) resolve();
    waiters = [];
  }

  async function run(event: AsynchronousEvent, attempt: number): Promise<void> {
    const problem = await event.attempt();
    const delay = retryDelaysMilliseconds[attempt];
    if (problem === null || closed) return finish();
    if (delay === undefined) {
      event.dropped(problem);
      return finish();
    }
    const retry = timers.setTimeout(() => {
      retries.delete(retry);
      void run(event, attempt + 1);
    }, delay);
    retries.add(retry);
  }

  return {
    enqueue(event) {
      pending += 1;
      void run(event, 0);
    },
    idle: () => (pending === 0 ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve))),
    close() {
      closed = true;
      for (const retry of retries) {
        timers.clearTimeout(retry);
        finish();
      }
      retries.clear();
    },
  };
}
