import { afterEach, describe, expect, it } from 'vitest';
import { createFaults, type FaultOptions } from '../../src/faults/faults.ts';
import { killingWorkers } from '../../src/faults/workers.ts';
import { functionOf, startLambda, type TestLambda } from '../lambda/support.ts';

let running: TestLambda | undefined;
afterEach(() => running?.lambda.close());

function start(rates: FaultOptions['rates'], source: string) {
  const faults = createFaults({ seed: 'seed', rates, most: 1 });
  running = startLambda({ around: killingWorkers(faults) });
  const { lambda, lines } = running;
  lambda.provision(functionOf(source));
  return {
    counts: () => faults.counts(),
    lines,
    async run(event: unknown): Promise<unknown> {
      const { payload, functionError } = await lambda.invoke('work', JSON.stringify(event));
      return functionError === undefined ? JSON.parse(payload) : (JSON.parse(payload) as { errorMessage: string });
    },
  };
}

describe('a worker that is killed', () => {
  it('ends the invocation with an error, and the next gets a new worker', async () => {
    const { run, counts } = start({ workerKilled: 1 }, 'let n = 0; export const handler = async () => ++n;');
    expect(await run({ event: 1 })).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(/Error: Runtime exited with error: signal: killed$/) as string,
    });
    expect(await run({ event: 1 })).toBe(1);
    expect(await run({ event: 1 })).toBe(2);
    expect(counts().workerKilled).toBe(1);
  });

  it('is killed while it runs', async () => {
    const source = `export const handler = async () => {
      console.log('begun');
      await new Promise((resolve) => setTimeout(resolve, 60_000));
    };`;
    const { run } = start({ workerKilled: 1 }, source);
    expect(await run({})).toMatchObject({ errorType: 'Runtime.ExitError' });
  });

  it('has done its work where that takes less than usual, and cannot say so', async () => {
    const faults = createFaults({ seed: 'seed', rates: { workerKilled: 1 } });
    const killed = { error: { errorType: 'Runtime.ExitError', errorMessage: 'killed' } };
    const done: string[] = [];
    const outcome = await killingWorkers(faults)(
      { functionName: 'work', payload: '{}', kill: () => killed },
      async () => {
        done.push('all');
        return { payload: '"fine"' };
      },
    );
    expect({ outcome, done }).toEqual({ outcome: killed, done: ['all'] });
  });

  it('is none at a rate of 0', async () => {
    const { run, counts } = start({ workerKilled: 0 }, 'let n = 0; export const handler = async () => ++n;');
    expect([await run({}), await run({}), await run({})]).toEqual([1, 2, 3]);
    expect(counts().workerKilled).toBe(0);
  });
});
