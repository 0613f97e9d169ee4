import type { Alarms } from '../../../alarms.ts';
import { AwsError } from '../../../aws/error.ts';
import type { Principal } from '../../../aws/service.ts';
import type { Clock } from '../../../clock.ts';
import type { InvocationResult } from '../invocation.ts';
import { DEFAULT_ASYNCHRONOUS, RETRY_DELAYS_MILLISECONDS, type AsynchronousConfiguration } from './configuration.ts';
import type { EventStore, StoredEvent } from './eventStore.ts';
import { deadLetter, invocationRecord, type DestinationMessage, type Ending } from './records.ts';

/** Events accepted with `InvocationType: Event`, run in the background and retried as Lambda retries them. */
export interface AsynchronousEvents {
  /** Stores the event: once this has returned, it will be run, in this process or in the next one. */
  accept(functionName: string, payload: string, traceId?: string | null): void;
  /** Takes up what is due for the functions that there are, as after a start; lets go of what has become too old for others. */
  resume(): void;
  /** No attempt runs and none is due. */
  isIdle(): boolean;
  /** Resolves when it is idle. What waits for a retry is not waited for: it has its time on the local clock. */
  idle(): Promise<void>;
  /** Begins no more attempts; what runs does not count. */
  close(): void;
}

/** A function as its events need it. */
export interface AsynchronousTarget {
  readonly arn: string;
  readonly address: string;
  readonly principal: Principal;
  readonly configuration: AsynchronousConfiguration;
  /** How many attempts may run at once; 0: none may. */
  readonly concurrency: number;
}

export interface AsynchronousOptions {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly alarms: Alarms;
  readonly newRequestId: () => string;
  readonly find: (functionName: string) => AsynchronousTarget | null;
  /** One attempt; throws `AwsError` when Lambda does not run the function. */
  readonly run: (event: StoredEvent) => Promise<InvocationResult>;
  /** As the function's role; throws `AwsError`. */
  readonly sendToQueue: (queueArn: string, message: DestinationMessage, principal: Principal) => Promise<unknown>;
  readonly log: (functionName: string, message: string) => void;
}

export function createAsynchronousEvents(options: AsynchronousOptions): AsynchronousEvents {
  const { store, clock, alarms, find, run, sendToQueue, log } = options;
  /** The ids of events with an attempt under way, by function. */
  const running = new Map<string, Set<string>>();
  let waiters: (() => void)[] = [];
  let alarm: { readonly time: number; readonly takeBack: () => void } | null = null;
  let closed = false;

  const runningOf = (functionName: string): Set<string> => {
    const known = running.get(functionName) ?? new Set();
    running.set(functionName, known);
    return known;
  };

  /** Due for a function that there is, and not being tried. */
  function startable(functionName: string): readonly StoredEvent[] {
    const target = find(functionName);
    const busy = runningOf(functionName);
    if (!target || closed) return [];
    const free = Math.max(target.concurrency, 1) - busy.size;
    if (free <= 0) return [];
    return store
      .due(functionName, clock.now(), busy.size + free)
      .filter(({ id }) => !busy.has(id))
      .slice(0, free);
  }

  function dispatch(functionName: string): void {
    const busy = runningOf(functionName);
    for (const event of startable(functionName)) {
      busy.add(event.id);
      void attempt(event).finally(() => {
        busy.delete(event.id);
        dispatch(functionName);
        settleWaiters();
      });
    }
    armNext();
  }

  function armNext(): void {
    const next = closed ? null : store.nextDue(clock.now());
    if (next === null || (alarm && alarm.time <= next)) return;
    alarm?.takeBack();
    alarm = {
      time: next,
      takeBack: alarms.at(next, () => {
        alarm = null;
        for (const functionName of store.functionNames()) dispatch(functionName);
      }),
    };
  }

  async function attempt(event: StoredEvent): Promise<void> {
    try {
      await tryOnce(event);
    } catch (error) {
      log(event.functionName, `failed inside @hiroba/local: ${stackOf(error)}`);
      postpone(event);
    }
  }

  async function tryOnce(event: StoredEvent): Promise<void> {
    const target = find(event.functionName);
    if (!target) return;
    if (target.concurrency === 0) {
      return end(event, target, { condition: 'ZeroReservedConcurrency', attempts: 0, answer: null });
    }
    if (isTooOld(event, target)) {
      return end(event, target, { condition: 'EventAgeExceeded', attempts: event.attempts, answer: event.lastError });
    }
    const result = await resultOf(event);
    // A worker that ended because the process ends says nothing about the function.
    if (closed) return;
    if (result === null) return postpone(event);
    const attempts = event.attempts + 1;
    if (result.functionError === undefined) {
      return end(event, target, { condition: 'Success', attempts, answer: result.payload });
    }
    if (attempts > target.configuration.maximumRetryAttempts) {
      return end(event, target, { condition: 'RetriesExhausted', attempts, answer: result.payload });
    }
    const delay = RETRY_DELAYS_MILLISECONDS[attempts - 1] ?? 0;
    store.update({ id: event.id, dueAt: clock.now() + delay, attempts, lastError: result.payload });
  }

  /** Null: Lambda did not run the function, as when it is being replaced. That is no attempt. */
  async function resultOf(event: StoredEvent): Promise<InvocationResult | null> {
    try {
      return await run(event);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      if (!closed)
        log(event.functionName, `Asynchronous event ${event.id}: ${error.code}: ${error.message}; trying again`);
      return null;
    }
  }

  /** "The retry interval increases exponentially from 1 second": here it stays with it. */
  function postpone({ id, attempts, lastError }: StoredEvent): void {
    if (!closed) store.update({ id, attempts, lastError, dueAt: clock.now() + 1_000 });
  }

  /** Where the outcome goes comes first: a process that is killed in between sends it twice rather than not at all. */
  async function end(event: StoredEvent, target: AsynchronousTarget, ending: Ending): Promise<void> {
    const { onSuccessQueueArn, onFailureQueueArn, deadLetterQueueArn } = target.configuration;
    const failed = ending.condition !== 'Success';
    const recordTo = failed ? onFailureQueueArn : onSuccessQueueArn;
    if (failed)
      log(event.functionName, `Asynchronous event dropped (${ending.condition}): ${ending.answer ?? 'not run'}`);
    const circumstances = { functionArn: target.arn, now: clock.now() };
    if (recordTo !== null) await tell(event, target, recordTo, invocationRecord(event, ending, circumstances));
    if (failed && deadLetterQueueArn !== null) {
      await tell(event, target, deadLetterQueueArn, deadLetter(event, ending));
    }
    if (!closed) store.remove(event.id);
  }

  /** AWS counts what it cannot deliver in a metric, and drops it. */
  async function tell(
    { functionName }: StoredEvent,
    { principal }: AsynchronousTarget,
    queueArn: string,
    message: DestinationMessage,
  ): Promise<void> {
    try {
      await sendToQueue(queueArn, message, principal);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      log(functionName, `${queueArn} did not get the outcome of an event: ${error.code}: ${error.message}`);
    }
  }

  const isTooOld = ({ acceptedAt }: StoredEvent, { configuration }: AsynchronousTarget): boolean =>
    clock.now() - acceptedAt > configuration.maximumEventAgeSeconds * 1000;

  const isIdle = (): boolean => {
    if ([...running.values()].some(({ size }) => size > 0)) return false;
    return store.functionNames().every((name) => startable(name).length === 0);
  };

  function settleWaiters(): void {
    if (waiters.length === 0 || !isIdle()) return;
    for (const resolve of waiters.splice(0)) resolve();
  }

  return {
    accept(functionName, payload, traceId = null) {
      const now = clock.now();
      const event = { functionName, payload, traceId, acceptedAt: now, dueAt: now, attempts: 0, lastError: null };
      store.add({ id: options.newRequestId(), ...event });
      // The answer comes first, as on AWS.
      setImmediate(() => closed || dispatch(functionName));
    },
    resume() {
      const oldest = clock.now() - DEFAULT_ASYNCHRONOUS.maximumEventAgeSeconds * 1000;
      for (const functionName of store.functionNames()) {
        if (find(functionName)) dispatch(functionName);
        else if (store.removeOlderThan(functionName, oldest) > 0) {
          log(functionName, 'Asynchronous events dropped: the function is gone from the Terraform');
        }
      }
    },
    isIdle,
    idle: () => (isIdle() ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve))),
    close() {
      closed = true;
      alarm?.takeBack();
      for (const resolve of waiters.splice(0)) resolve();
    },
  };
}

const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
