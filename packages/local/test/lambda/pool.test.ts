import { describe, expect, it } from 'vitest';
import { createPool, PoolClosed, type Pool } from '../../src/services/lambda/pool.ts';
import type { Sandbox } from '../../src/services/lambda/sandbox.ts';

interface FakeSandbox extends Sandbox {
  alive: boolean;
  ended: boolean;
}

function fakePool(limit: number): { readonly pool: Pool; readonly started: FakeSandbox[] } {
  const started: FakeSandbox[] = [];
  const start = (): FakeSandbox => {
    const sandbox: FakeSandbox = {
      alive: true,
      ended: false,
      run: async () => ({ payload: 'null' }),
      kill: () => ({ payload: 'null' }),
      async terminate() {
        sandbox.alive = false;
        sandbox.ended = true;
      },
    };
    started.push(sandbox);
    return sandbox;
  };
  return { pool: createPool({ start, limit }), started };
}

/** Work that ends when the test says so. */
function task(): { readonly end: () => void; readonly work: () => Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { end: () => resolve(), work: () => promise };
}

const WAIT = { mayWait: true } as const;

describe('a pool of sandboxes', () => {
  it('uses one again, unless it has ended meanwhile', async () => {
    const { pool, started } = fakePool(2);
    await pool.use(async () => undefined, WAIT);
    await pool.use(async () => undefined, WAIT);
    expect(started).toHaveLength(1);
    started[0]!.alive = false;
    await pool.use(async (sandbox) => expect(sandbox).toBe(started[1]), WAIT);
    expect(started).toHaveLength(2);
  });

  it('gives the next in line a new one when the one before ended', async () => {
    const { pool, started } = fakePool(1);
    const first = task();
    const running = pool.use(first.work, WAIT);
    const waiting = pool.use(async (sandbox) => sandbox.alive, WAIT);
    started[0]!.alive = false;
    first.end();
    await running;
    expect(await waiting).toBe(true);
    expect(started).toHaveLength(2);
  });

  it('serves those who wait in the order they came', async () => {
    const { pool } = fakePool(1);
    const order: number[] = [];
    await Promise.all([1, 2, 3].map((n) => pool.use(async () => void order.push(n), WAIT)));
    expect(order).toEqual([1, 2, 3]);
  });

  it('that is retired ends each sandbox when its work and the waiting work are done', async () => {
    const { pool, started } = fakePool(1);
    const first = task();
    const running = pool.use(first.work, WAIT);
    const waiting = pool.use(async () => 'done', WAIT);
    const retired = pool.retire();
    expect(started[0]!.ended).toBe(false);
    first.end();
    await running;
    expect(await waiting).toBe('done');
    await retired;
    expect(started[0]!.ended).toBe(true);
  });

  it('that is closed ends busy sandboxes and refuses those who wait', async () => {
    const { pool, started } = fakePool(1);
    const first = task();
    const running = pool.use(first.work, WAIT);
    const waiting = expect(pool.use(async () => 'done', WAIT)).rejects.toBeInstanceOf(PoolClosed);
    await pool.close();
    await waiting;
    expect(started[0]!.ended).toBe(true);
    first.end();
    await running;
  });
});
