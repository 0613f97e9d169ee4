import type { Sandbox } from './sandbox.ts';

/** The execution environments of one version of a function. */
export interface Pool {
  /**
   * Runs `work` in a free sandbox, a new one, or, at the limit, in the next that gets free.
   * Rejects with `PoolExhausted` at the limit when it may not wait, with `PoolClosed` when the pool closes meanwhile.
   */
  use<T>(work: (sandbox: Sandbox) => Promise<T>, options: { readonly mayWait: boolean }): Promise<T>;
  /** Lets running and waiting work finish, ends every sandbox and then resolves. */
  retire(): Promise<void>;
  /** Ends every sandbox now; running work ends with the error of an ended sandbox. */
  close(): Promise<void>;
}

export interface PoolOptions {
  readonly start: () => Sandbox;
  readonly limit: number;
}

export class PoolExhausted extends Error {
  constructor(limit: number) {
    super(`All ${limit} sandboxes are in use`);
    this.name = 'PoolExhausted';
  }
}

export class PoolClosed extends Error {
  constructor() {
    super('The function is gone');
    this.name = 'PoolClosed';
  }
}

export function createPool({ start, limit }: PoolOptions): Pool {
  const idle: Sandbox[] = [];
  const busy = new Set<Sandbox>();
  const waiting: PromiseWithResolvers<Sandbox>[] = [];
  const drained = Promise.withResolvers<void>();
  let retired = false;

  async function acquire(mayWait: boolean): Promise<Sandbox> {
    // The one used last is the warmest. An idle worker may have ended by itself.
    for (let sandbox = idle.pop(); sandbox; sandbox = idle.pop()) if (sandbox.alive) return occupy(sandbox);
    if (busy.size < limit) return occupy(start());
    if (!mayWait || limit === 0) throw new PoolExhausted(limit);
    const turn = Promise.withResolvers<Sandbox>();
    waiting.push(turn);
    return turn.promise;
  }

  function occupy(sandbox: Sandbox): Sandbox {
    busy.add(sandbox);
    return sandbox;
  }

  function release(sandbox: Sandbox): void {
    busy.delete(sandbox);
    const next = waiting.shift();
    if (next) next.resolve(occupy(sandbox.alive ? sandbox : start()));
    else if (retired) void sandbox.terminate().then(() => busy.size === 0 && drained.resolve());
    else if (sandbox.alive) idle.push(sandbox);
  }

  return {
    async use(work, { mayWait }) {
      const sandbox = await acquire(mayWait);
      try {
        return await work(sandbox);
      } finally {
        release(sandbox);
      }
    },
    async retire() {
      retired = true;
      await Promise.all(idle.splice(0).map((sandbox) => sandbox.terminate()));
      if (busy.size > 0) await drained.promise;
    },
    async close() {
      retired = true;
      for (const turn of waiting.splice(0)) turn.reject(new PoolClosed());
      await Promise.all([...idle.splice(0), ...busy].map((sandbox) => sandbox.terminate()));
    },
  };
}
