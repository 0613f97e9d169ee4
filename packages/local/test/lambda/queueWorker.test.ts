import { afterEach, describe, expect, it } from 'vitest';
import { createQueueMapping, type FunctionDefinition } from '../../src/services/lambda/index.ts';
import { mappedQueue } from '../../src/system/mappedQueue.ts';
import { arnOf, openQueues, queue, type Queues } from '../sqs/support/queues.ts';
import { DEFAULTS } from './queueSupport.ts';
import { functionOf, manualTimers, role, startLambda, type TestLambda } from './support.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Real workers on a real queue; what the functions print tells what they did. */
async function fed(source: string, changes: Partial<FunctionDefinition> = {}) {
  const queues: Queues = openQueues([queue({ visibilityTimeoutSeconds: 60 })]);
  const { lambda, lines }: TestLambda = startLambda(
    changes.timeoutSeconds === undefined ? {} : { timers: manualTimers() },
  );
  lambda.provision(functionOf(source, changes));
  const mapping = createQueueMapping({
    lambda,
    functionName: 'work',
    fed: { timeoutSeconds: changes.timeoutSeconds ?? 30, concurrency: changes.reservedConcurrency ?? 10 },
    queue: mappedQueue(queues.sqs.source(arnOf('jobs'))),
    mapping: { ...DEFAULTS, functionResponseTypes: ['ReportBatchItemFailures'] },
    clock: queues.clock,
    authorizer: { authorize: () => undefined },
    principal: role,
    onLog: (line) => void lines.push(line),
  });
  closers.push(
    () => queues.close(),
    () => lambda.close(),
    () => mapping.stop(),
  );
  for (const body of ['a', 'b', 'c']) await queues.sqs.send(arnOf('jobs'), { body }, { principal: role });
  await mapping.start();
  const messages = (level: string): string[] =>
    lines.filter((line) => line.level === level).map(({ message }) => message);
  return { queues, mapping, handled: () => messages('INFO'), told: () => messages('SYSTEM') };
}

describe('a worker that dies in the middle of a batch', () => {
  it('loses nothing: the whole batch comes back, to a new one', async () => {
    const { queues, mapping, handled, told } = await fed(`
      export const handler = async ({ Records }) => {
        for (const { body, attributes } of Records) {
          if (body === 'b' && attributes.ApproximateReceiveCount === '1') process.exit(1);
          console.log(body + attributes.ApproximateReceiveCount);
        }
      };`);
    await mapping.idle();
    expect(told()).toEqual([
      expect.stringMatching(/: 3 of 3 messages failed .*Runtime exited with error: exit status 1/),
    ]);
    queues.clock.advance(60_000);
    await mapping.idle();
    expect(handled()).toEqual(['a1', 'a2', 'b2', 'c2']);
    queues.clock.advance(3_600_000);
    expect(queues.sqs.source(arnOf('jobs')).hasVisible()).toBe(false);
  });

  it('of too much memory is replaced, too', async () => {
    const { queues, mapping, handled, told } = await fed(`
      export const handler = async ({ Records }) => {
        const hog = [];
        while (Records[0].attributes.ApproximateReceiveCount === '1') hog.push(new Array(1e6).fill(Math.random()));
        console.log(Records.length + ' handled');
      };`);
    await mapping.idle();
    expect(told()[0]).toContain('signal: killed');
    queues.clock.advance(60_000);
    await mapping.idle();
    expect(handled()).toEqual(['3 handled']);
  });
});

describe('a function that a queue feeds', () => {
  it('has its own environment and the time limit of its messages', async () => {
    const { mapping, handled } = await fed(
      `export const handler = async (event, context) => {
        console.log(process.env.TABLE, context.getRemainingTimeInMillis() > 59_000, context.memoryLimitInMB);
      };`,
      { environment: { TABLE: 'photos' }, timeoutSeconds: 60, memoryMegabytes: 256 },
    );
    await mapping.idle();
    expect(handled()).toEqual(['photos true 256']);
  });

  it('with a reservation of one gets one batch at a time', async () => {
    const { queues, mapping, handled, told } = await fed(
      `let running = 0;
      export const handler = async ({ Records }) => {
        running += 1;
        await new Promise((resolve) => setImmediate(resolve));
        console.log(Records.length + ' with ' + running);
        running -= 1;
      };`,
      { reservedConcurrency: 1 },
    );
    await mapping.idle();
    await queues.sqs.send(arnOf('jobs'), { body: 'd' }, { principal: role });
    await mapping.idle();
    expect([handled(), told()]).toEqual([['3 with 1', '1 with 1'], []]);
  });
});
