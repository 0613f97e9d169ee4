import { AwsError } from '../../../aws/error.ts';
import type { Authorizer, Principal } from '../../../aws/service.ts';
import type { Clock } from '../../../clock.ts';
import { systemTimers, type Timers } from '../../../timers.ts';
import { createPauses } from '../batches/pauses.ts';
import { createSignal } from '../batches/signal.ts';
import { openWindow } from '../batches/window.ts';
import { stackOf, withAddress } from '../batches/refusal.ts';
import type { LogLine } from '../sandbox.ts';
import type { Lambda } from '../service.ts';
import { MAX_RECEIVED_BYTES, recordOf, splitBySize, type QueueRecord } from './batches.ts';
import { checkQueueMapping, type FedFunction, type QueueMappingConfiguration } from './configuration.ts';
import { deliver } from './delivery.ts';
import { compileMessageFilters } from './messageFilter.ts';
import type { MessageQueue } from './messageQueue.ts';

export interface QueueMappingOptions {
  readonly lambda: Pick<Lambda, 'invoke'>;
  /** Name or ARN. */
  readonly functionName: string;
  readonly fed: FedFunction;
  readonly queue: MessageQueue;
  readonly mapping: QueueMappingConfiguration;
  readonly clock: Clock;
  readonly timers?: Timers;
  readonly authorizer: Authorizer;
  /** The function's execution role: it is the one that reads the queue. */
  readonly principal: Principal;
  readonly onLog?: (line: LogLine) => void;
}

/** An event source mapping: a function called with the messages of a queue, each at least once. */
export interface QueueMapping {
  /** Throws `AwsError` `AccessDeniedException`, with the address, when the role may not read the queue. */
  start(): Promise<void>;
  /** Resolves when the invocations that are running have ended. */
  stop(): Promise<void>;
  /** Nothing is visible in the queue, and no batch is with the function. */
  isIdle(): boolean;
  /**
   * Resolves when it is idle; a batching window ends early for it. What is delayed, or comes back later, is not waited for.
   * Rejects when the mapping does not run, or may not read the queue any more.
   */
  idle(): Promise<void>;
}

/** Lambda Developer Guide, "Using Lambda with Amazon SQS": what `AWSLambdaSQSQueueExecutionRole` allows. */
const QUEUE_ACTIONS = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'] as const;

/** "When messages are available, Lambda starts with five concurrent batches"; here it stays with them. */
const DEFAULT_CONCURRENT_BATCHES = 5;
const PAUSE_AFTER_REFUSAL_MILLISECONDS = 5_000;

/** Throws `AwsError` for a configuration that AWS refuses. */
export function createQueueMapping(options: QueueMappingOptions): QueueMapping {
  const { lambda, functionName, fed, queue, mapping, clock, authorizer, principal } = options;
  const { timers = systemTimers, onLog = () => undefined } = options;
  checkQueueMapping(mapping, fed, queue.visibilityTimeoutSeconds());
  const matches = compileMessageFilters(mapping.filterPatterns, mapping.address);
  const concurrency = Math.max(1, Math.min(mapping.maximumConcurrency ?? DEFAULT_CONCURRENT_BATCHES, fed.concurrency));
  const news = createSignal();
  const pauses = createPauses(timers);
  /** Ended by whoever wants to know whether the queue may be read again. */
  const afterRefusal = createPauses(timers);
  const batches = new Set<Promise<void>>();
  let state: 'stopped' | 'starting' | 'running' | 'stopping' = 'stopped';
  let finished: Promise<void> = Promise.resolve();
  let waiters: PromiseWithResolvers<void>[] = [];

  const isRunning = (): boolean => state === 'running';
  const isIdle = (): boolean => batches.size === 0 && !queue.hasVisible();
  const log = (message: string): void =>
    onLog({ functionName, requestId: null, level: 'SYSTEM', message: `${mapping.address}: ${message}` });

  async function authorize(): Promise<void> {
    for (const action of QUEUE_ACTIONS) {
      await authorizer.authorize(principal, { action: `sqs:${action}`, resource: queue.arn });
    }
  }

  function settleWaiters(reason?: unknown): void {
    const settled = waiters;
    waiters = [];
    for (const { resolve, reject } of settled) reason === undefined ? resolve() : reject(reason);
  }

  /** Gives the batch time to fill, where the mapping has a window. */
  async function waitForMore(): Promise<void> {
    const window = openWindow({
      milliseconds: mapping.maximumBatchingWindowInSeconds * 1000,
      timers,
      news,
      isWanted: () => isRunning() && waiters.length === 0,
    });
    try {
      while (queue.countVisible(mapping.batchSize) < mapping.batchSize && (await window.waitForMore()));
    } finally {
      window.close();
    }
  }

  /** What a filter leaves out is deleted: it would come back for ever. */
  function takeBatch(): readonly QueueRecord[] {
    const received = queue.receive({ maximumMessages: mapping.batchSize, maximumBytes: MAX_RECEIVED_BYTES });
    const records = received.map((message) => recordOf(message, queue.arn));
    const wanted = records.filter(matches);
    if (wanted.length < records.length) queue.remove(records.filter((record) => !wanted.includes(record)));
    return wanted;
  }

  function hand(records: readonly QueueRecord[]): void {
    const batch = deliver(records, {
      queue,
      reportsFailures: mapping.functionResponseTypes.includes('ReportBatchItemFailures'),
      clock,
      invoke: (payload) => lambda.invoke(functionName, payload),
      pause: pauses.pause,
      isRunning,
      log,
    })
      .catch((error: unknown) => log(`failed inside @hiroba/local: ${stackOf(error)}`))
      .finally(() => {
        batches.delete(batch);
        news.wake();
      });
    batches.add(batch);
  }

  async function poll(): Promise<void> {
    if (batches.size >= concurrency || !queue.hasVisible()) {
      if (isIdle()) settleWaiters();
      return news.wait();
    }
    if (mapping.maximumBatchingWindowInSeconds > 0) await waitForMore();
    if (!isRunning()) return;
    for (const records of splitBySize(takeBatch())) hand(records);
    // Lets others have a turn between batches of a long backlog.
    await new Promise((resolve) => setImmediate(resolve));
  }

  async function run(): Promise<void> {
    while (isRunning()) {
      try {
        await authorize();
        await poll();
      } catch (error) {
        settleWaiters(error);
        const isRefusal = error instanceof AwsError;
        log(isRefusal ? `${error.code}: ${error.message}` : `failed inside @hiroba/local: ${stackOf(error)}`);
        if (isRunning()) await afterRefusal.pause(PAUSE_AFTER_REFUSAL_MILLISECONDS);
      }
    }
    await Promise.all(batches);
  }

  return {
    async start() {
      if (state !== 'stopped') return;
      state = 'starting';
      try {
        await authorize();
      } catch (error) {
        state = 'stopped';
        throw withAddress(error, mapping.address);
      }
      state = 'running';
      const unsubscribe = queue.onVisible(() => news.wake());
      finished = run().finally(() => {
        unsubscribe();
        state = 'stopped';
      });
    },
    async stop() {
      if (state === 'running') state = 'stopping';
      settleWaiters(new Error(`${mapping.address} was stopped`));
      news.wake();
      pauses.end();
      afterRefusal.end();
      await finished;
    },
    isIdle,
    async idle() {
      if (state !== 'running') throw new Error(`${mapping.address} is not running`);
      if (isIdle()) return;
      const done = Promise.withResolvers<void>();
      waiters.push(done);
      news.wake();
      afterRefusal.end();
      await done.promise;
    },
  };
}
