import { AwsError } from '../../src/aws/error.ts';
import type { Access, Authorizer, Principal } from '../../src/aws/service.ts';
import type { JsonObject } from '../../src/json.ts';
import { manualClock, type ManualClock } from '../../src/clock.ts';
import {
  createStreamMapping,
  type Checkpoints,
  type EventStream,
  type InvocationResult,
  type LogLine,
  type MappingConfiguration,
  type StreamFaults,
  type StreamMapping,
  type StreamRecord,
} from '../../src/services/lambda/index.ts';
import { manualTimers, role, type ManualTimers } from './support.ts';

export const STREAM_ARN = 'arn:aws:dynamodb:ap-northeast-1:123456789012:table/posts/stream/2026-01-01T00:00:00.000';
const START = Date.parse('2026-01-01T00:00:00Z');

export interface FakeStream extends EventStream {
  /** Appends one record per name, each with the attribute `name`. */
  append(...names: string[]): void;
}

export function fakeStream(clock: ManualClock): FakeStream {
  const records: StreamRecord[] = [];
  const listeners = new Set<() => void>();
  return {
    arn: STREAM_ARN,
    shardId: 'shardId-00000001767225600000-00000000',
    read: (after, limit) =>
      records.filter(({ dynamodb }) => after === null || dynamodb.SequenceNumber > after).slice(0, limit),
    latestSequenceNumber: () => records.at(-1)?.dynamodb.SequenceNumber ?? null,
    onAppend(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    append(...names) {
      for (const name of names) records.push(recordOf(name, records.length + 1, clock));
      for (const listener of listeners) listener();
    },
  };
}

function recordOf(name: string, number: number, clock: ManualClock): StreamRecord {
  const dynamodb = {
    SequenceNumber: String(100 + number),
    ApproximateCreationDateTime: Math.floor(clock.now() / 1000),
    NewImage: { name: { S: name } },
  };
  return { eventID: `e${number}`, eventName: 'INSERT', dynamodb };
}

export function memoryCheckpoints(): Checkpoints & { readonly saved: Map<string, string> } {
  const saved = new Map<string, string>();
  return {
    saved,
    load: (id) => saved.get(id) ?? null,
    save: (id, sequenceNumber) => void saved.set(id, sequenceNumber),
  };
}

/** What the function does with a batch of names: returns the payload, or throws what it throws. */
export type Behaviour = (names: readonly string[]) => unknown;

/** Throws for every batch that has one of these. */
export const failOn =
  (...poison: string[]): Behaviour =>
  (names) => {
    if (names.some((name) => poison.includes(name))) throw new Error(`poison in ${names.join()}`);
  };

export interface Setting {
  readonly stream: FakeStream;
  readonly clock: ManualClock;
  readonly timers: ManualTimers;
  readonly checkpoints: ReturnType<typeof memoryCheckpoints>;
  /** The batches the function was called with, by the names of their records. */
  readonly batches: string[][];
  readonly logged: string[];
  /** What queues were told of records that were given up. */
  readonly told: { readonly queueArn: string; readonly role: string | undefined; readonly record: JsonObject }[];
  /** Actions that the role lacks. */
  readonly denied: Set<string>;
  mapping(changes?: Partial<MappingConfiguration>, faults?: StreamFaults): StreamMapping;
  behave(behaviour: Behaviour): void;
}

export const DEFAULTS: MappingConfiguration = {
  mappingId: 'm1',
  address: 'api.aws_lambda_event_source_mapping.posts',
  batchSize: 100,
  maximumBatchingWindowInSeconds: 0,
  startingPosition: 'TRIM_HORIZON',
  filterPatterns: [],
  functionResponseTypes: [],
  maximumRetryAttempts: -1,
  maximumRecordAgeInSeconds: -1,
  bisectBatchOnFunctionError: false,
  parallelizationFactor: 1,
  onFailureQueueArn: null,
};

export function setting(): Setting {
  const clock = manualClock(START);
  const stream = fakeStream(clock);
  const timers = manualTimers();
  const checkpoints = memoryCheckpoints();
  const batches: string[][] = [];
  const logged: string[] = [];
  const told: Setting['told'] = [];
  const denied = new Set<string>();
  let behaviour: Behaviour = () => null;

  const invoke = async (_name: string, payload: string): Promise<InvocationResult> => {
    const names = namesOf(payload);
    batches.push(names);
    const requestId = `request-${batches.length}`;
    try {
      return { payload: JSON.stringify((await behaviour(names)) ?? null), requestId };
    } catch (error) {
      if (error instanceof AwsError) throw error;
      return {
        requestId,
        payload: JSON.stringify({ errorType: 'Error', errorMessage: (error as Error).message }),
        functionError: 'Unhandled',
      };
    }
  };

  return {
    stream,
    clock,
    timers,
    checkpoints,
    batches,
    logged,
    told,
    denied,
    mapping: (changes, faults) =>
      createStreamMapping({
        ...(faults && { faults }),
        lambda: { invoke },
        functionName: 'work',
        functionArn: 'arn:aws:lambda:ap-northeast-1:123456789012:function:work',
        async sendToQueue(queueArn, { body }, principal) {
          if (denied.has('sqs:SendMessage')) throw new AwsError('AccessDeniedException', 'no sqs:SendMessage');
          told.push({ queueArn, role: principal.address, record: JSON.parse(body) as JsonObject });
        },
        stream,
        checkpoints,
        mapping: { ...DEFAULTS, ...changes },
        clock,
        timers,
        authorizer: denying(denied),
        principal: role,
        onLog: ({ message }: LogLine) => void logged.push(message),
      }),
    behave: (next) => void (behaviour = next),
  };
}

function namesOf(payload: string): string[] {
  const { Records } = JSON.parse(payload) as { Records: { dynamodb: { NewImage: { name: { S: string } } } }[] };
  return Records.map(({ dynamodb }) => dynamodb.NewImage.name.S);
}

function denying(denied: ReadonlySet<string>): Authorizer {
  return {
    authorize(principal: Principal, { action, resource }: Access) {
      if (denied.has(action))
        throw new AwsError('AccessDeniedException', `${principal.address} lacks ${action} on ${resource}`);
    },
  };
}
