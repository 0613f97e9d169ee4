import { AwsError } from '../../../aws/error.ts';
import type { Authorizer, Principal } from '../../../aws/service.ts';
import type { Clock } from '../../../clock.ts';
import type { DestinationMessage } from '../asynchronous/records.ts';
import type { LogLine } from '../sandbox.ts';
import type { Lambda } from '../service.ts';
import { systemTimers, type Timers } from '../../../timers.ts';
import type { Checkpoints } from './checkpoints.ts';
import { checkMapping, type MappingConfiguration } from './configuration.ts';
import { deliver, type DeliveryOptions } from './delivery.ts';
import { compileFilters } from '../batches/eventPattern.ts';
import { failureRecord, type GivenUp } from './failureRecord.ts';
import { isAtOrAfter, type EventStream } from './eventStream.ts';
import { cutBatch, NO_FAULTS, type StreamFaults } from './faults.ts';
import { gather, type Batch } from './gather.ts';
import { createSignal } from '../batches/signal.ts';
import { createPauses } from '../batches/pauses.ts';
import { stackOf, withAddress } from '../batches/refusal.ts';
import { openWindow } from '../batches/window.ts';

export interface StreamMappingOptions {
  readonly lambda: Pick<Lambda, 'invoke'>;
  readonly functionName: string;
  readonly functionArn: string;
  readonly stream: EventStream;
  readonly checkpoints: Checkpoints;
  /** Where records go that are given up, as the function's role; throws `AwsError`. */
  readonly sendToQueue: (queueArn: string, message: DestinationMessage, principal: Principal) => Promise<unknown>;
  readonly mapping: MappingConfiguration;
  readonly clock: Clock;
  readonly timers?: Timers;
  readonly authorizer: Authorizer;
  /** The function's execution role: it is the one that reads the stream. */
  readonly principal: Principal;
  readonly faults?: StreamFaults;
  readonly onLog?: (line: LogLine) => void;
}

/** An event source mapping: a function called with a stream's records, in order, each at least once. */
export interface StreamMapping {
  /** Throws `AwsError` `AccessDeniedException`, with the address, when the role may not read the stream. */
  start(): Promise<void>;
  /** Resolves when the invocation that is running has ended; what it did not finish is tried again after `start`. */
  stop(): Promise<void>;
  /**
   * Resolves when every record written so far is processed or given up; a batching window ends early for it. Rejects when
   * the mapping does not run, or may not read the stream any more.
   */
  idle(): Promise<void>;
}

/**
 * What Lambda does with a stream, and so what the role needs (Developer Guide, "Process DynamoDB records with Lambda"). That
 * page names ListStreams too, but IAM knows no resource for it (Service Authorization Reference), so that a policy which
 * names the stream could never allow it; AWS SAM's DynamoDBStreamReadPolicy is such a one and works.
 */
const STREAM_ACTIONS = ['GetRecords', 'GetShardIterator', 'DescribeStream'] as const;

/** A checkpoint that stands before the first record: saved so that LATEST means the time of the first start. */
const BEGINNING = '0';
const PAUSE_AFTER_REFUSAL_MILLISECONDS = 5_000;

interface Waiter {
  readonly target: string;
  resolve(): void;
  reject(reason: unknown): void;
}

/** Throws `AwsError` for a configuration that AWS refuses, `NotEmulated` for one that is not emulated. */
export function createStreamMapping(options: StreamMappingOptions): StreamMapping {
  const { lambda, functionName, stream, checkpoints, mapping, clock, authorizer, principal } = options;
  const { timers = systemTimers, faults = NO_FAULTS, onLog = () => undefined } = options;
  checkMapping(mapping);
  const matches = compileFilters(mapping.filterPatterns, mapping.address);
  const news = createSignal();
  let position = BEGINNING;
  let state: 'stopped' | 'starting' | 'running' | 'stopping' = 'stopped';
  let finished: Promise<void> = Promise.resolve();
  let waiters: Waiter[] = [];
  const pauses = createPauses(timers);

  const isRunning = (): boolean => state === 'running';
  const log = (message: string): void =>
    onLog({ functionName, requestId: null, level: 'SYSTEM', message: `${mapping.address}: ${message}` });

  function advance(sequenceNumber: string): void {
    if (isAtOrAfter(position, sequenceNumber)) return;
    position = sequenceNumber;
    checkpoints.save(mapping.mappingId, sequenceNumber);
    settleWaiters(({ target }) => isAtOrAfter(position, target));
  }

  function settleWaiters(isDone: (waiter: Waiter) => boolean): void {
    const done = waiters.filter(isDone);
    waiters = waiters.filter((waiter) => !done.includes(waiter));
    for (const { resolve } of done) resolve();
  }

  function rejectWaiters(reason: unknown): void {
    for (const { reject } of waiters.splice(0)) reject(reason);
  }

  async function authorize(): Promise<void> {
    for (const action of STREAM_ACTIONS) {
      await authorizer.authorize(principal, { action: `dynamodb:${action}`, resource: stream.arn });
    }
  }

  const pause = (milliseconds: number): Promise<void> => (isRunning() ? pauses.pause(milliseconds) : Promise.resolve());

  /** AWS counts what it cannot deliver in a metric, and drops it. */
  async function onGivenUp(givenUp: GivenUp): Promise<void> {
    const { onFailureQueueArn } = mapping;
    if (onFailureQueueArn === null) return;
    const { functionArn } = options;
    try {
      const message = failureRecord(givenUp, {
        functionArn,
        streamArn: stream.arn,
        shardId: stream.shardId,
        now: clock.now(),
      });
      await options.sendToQueue(onFailureQueueArn, message, principal);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      log(`${onFailureQueueArn} was not told of it: ${error.code}: ${error.message}`);
    }
  }

  const delivery: DeliveryOptions = {
    mapping,
    clock,
    invoke: (payload) => lambda.invoke(functionName, payload),
    advance: ({ dynamodb }) => advance(dynamodb.SequenceNumber),
    onGivenUp,
    pause,
    isRunning,
    log,
  };

  async function nextBatch(): Promise<Batch> {
    const window = openWindow({
      milliseconds: mapping.maximumBatchingWindowInSeconds * 1000,
      timers,
      news,
      isWanted: () => isRunning() && waiters.length === 0,
    });
    const after = position === BEGINNING ? null : position;
    try {
      return await gather(after, { stream, batchSize: mapping.batchSize, matches, waitForMore: window.waitForMore });
    } finally {
      window.close();
    }
  }

  async function hand(records: Batch['records']): Promise<void> {
    const delay = faults.delay(records);
    if (delay > 0) await pause(delay);
    const advance = faults.forgets(records) ? () => undefined : delivery.advance;
    await deliver(records, { ...delivery, advance });
  }

  async function readOn(): Promise<void> {
    const asked = new Set(waiters);
    const { records, end } = cutBatch(await nextBatch(), faults);
    if (end === null) {
      // Nothing behind the position: what was waited for is processed, or has expired unread.
      settleWaiters((waiter) => asked.has(waiter));
      return news.wait();
    }
    if (records.length > 0) await hand(records);
    const last = records.at(-1)?.dynamodb.SequenceNumber;
    if (last === undefined || isAtOrAfter(position, last)) advance(end);
    // Lets others have a turn between batches of a long backlog that a filter skips.
    await new Promise((resolve) => setImmediate(resolve));
  }

  async function run(): Promise<void> {
    while (isRunning()) {
      try {
        await authorize();
        await readOn();
      } catch (error) {
        rejectWaiters(error);
        log(
          error instanceof AwsError
            ? `${error.code}: ${error.message}`
            : `failed inside @hiroba/local: ${stackOf(error)}`,
        );
        await pause(PAUSE_AFTER_REFUSAL_MILLISECONDS);
      }
    }
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
      position = checkpoints.load(mapping.mappingId) ?? firstPosition(mapping, stream);
      checkpoints.save(mapping.mappingId, position);
      state = 'running';
      const unsubscribe = stream.onAppend(() => news.wake());
      finished = run().finally(() => {
        unsubscribe();
        state = 'stopped';
      });
    },
    async stop() {
      if (state === 'running') state = 'stopping';
      rejectWaiters(new Error(`${mapping.address} was stopped`));
      news.wake();
      pauses.end();
      await finished;
    },
    async idle() {
      if (state !== 'running') throw new Error(`${mapping.address} is not running`);
      const target = stream.latestSequenceNumber();
      if (target === null || isAtOrAfter(position, target)) return;
      const done = Promise.withResolvers<void>();
      waiters.push({ target, resolve: done.resolve, reject: done.reject });
      news.wake();
      await done.promise;
    },
  };
}

const firstPosition = ({ startingPosition }: MappingConfiguration, stream: EventStream): string =>
  (startingPosition === 'LATEST' ? stream.latestSequenceNumber() : null) ?? BEGINNING;
