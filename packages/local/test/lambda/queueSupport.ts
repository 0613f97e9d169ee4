import { AwsError } from '../../src/aws/error.ts';
import type { Access, Authorizer } from '../../src/aws/service.ts';
import {
  createQueueMapping,
  type InvocationResult,
  type QueueMapping,
  type QueueMappingConfiguration,
} from '../../src/services/lambda/index.ts';
import type { OutgoingMessage, QueueDefinition } from '../../src/services/sqs/index.ts';
import { mappedQueue } from '../../src/system/mappedQueue.ts';
import { arnOf, openQueues, queue, type Queues } from '../sqs/support/queues.ts';
import { manualTimers, role, type ManualTimers } from './support.ts';

export const DEFAULTS: QueueMappingConfiguration = {
  address: 'api.aws_lambda_event_source_mapping.jobs',
  batchSize: 10,
  maximumBatchingWindowInSeconds: 0,
  filterPatterns: [],
  functionResponseTypes: [],
  maximumConcurrency: null,
};

export interface QueueEventRecord {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What the function does with a batch: returns the payload, or throws what it throws. */
export type Behaviour = (records: readonly QueueEventRecord[]) => unknown;

export interface QueueSetting {
  readonly queues: Queues;
  readonly timers: ManualTimers;
  /** The bodies of the batches that the function was called with. */
  readonly batches: string[][];
  /** The events as they were. */
  readonly events: { readonly Records: readonly QueueEventRecord[] }[];
  readonly logged: string[];
  /** Actions that the role lacks. */
  readonly denied: Set<string>;
  readonly asked: string[];
  /** How many batches were with the function at once, at most. */
  mostAtOnce(): number;
  mapping(
    changes?: Partial<QueueMappingConfiguration>,
    fed?: { timeoutSeconds?: number; concurrency?: number },
  ): QueueMapping;
  behave(behaviour: Behaviour): void;
  send(body: string, message?: Partial<OutgoingMessage>): Promise<string>;
  /** How many messages are visible in a queue. */
  visible(name?: string): number;
  close(): Promise<void>;
}

export function queueSetting(definitions: readonly QueueDefinition[] = [queue()]): QueueSetting {
  const queues = openQueues(definitions);
  const timers = manualTimers();
  const batches: string[][] = [];
  const events: QueueSetting['events'] = [];
  const logged: string[] = [];
  const denied = new Set<string>();
  const asked: string[] = [];
  const mappings: QueueMapping[] = [];
  let behaviour: Behaviour = () => null;
  let running = 0;
  let most = 0;

  const invoke = async (_name: string, payload: string): Promise<InvocationResult> => {
    const event = JSON.parse(payload) as QueueSetting['events'][number];
    events.push(event);
    batches.push(event.Records.map(({ body }) => body));
    running += 1;
    most = Math.max(most, running);
    try {
      return { payload: JSON.stringify((await behaviour(event.Records)) ?? null) };
    } catch (error) {
      if (error instanceof AwsError) throw error;
      const { message } = error as Error;
      return { payload: JSON.stringify({ errorType: 'Error', errorMessage: message }), functionError: 'Unhandled' };
    } finally {
      running -= 1;
    }
  };

  const authorizer: Authorizer = {
    authorize(principal, { action, resource }: Access) {
      asked.push(`${principal.address} ${action} ${resource}`);
      if (denied.has(action)) throw new AwsError('AccessDeniedException', `${principal.address} lacks ${action}`);
    },
  };

  return {
    queues,
    timers,
    batches,
    events,
    logged,
    denied,
    asked,
    mostAtOnce: () => most,
    mapping(changes, { timeoutSeconds = 30, concurrency = 10 } = {}) {
      const mapping = createQueueMapping({
        lambda: { invoke },
        functionName: 'work',
        fed: { timeoutSeconds, concurrency },
        queue: mappedQueue(queues.sqs.source(arnOf('jobs'))),
        mapping: { ...DEFAULTS, ...changes },
        clock: queues.clock,
        timers,
        authorizer,
        principal: role,
        onLog: ({ message }) => void logged.push(message),
      });
      mappings.push(mapping);
      return mapping;
    },
    behave: (next) => void (behaviour = next),
    async send(body, message = {}) {
      return (await queues.sqs.send(arnOf('jobs'), { body, ...message }, { principal: role })).messageId;
    },
    visible: (name = 'jobs') => queues.sqs.source(arnOf(name)).countVisible(1_000),
    async close() {
      await Promise.all(mappings.map((mapping) => mapping.stop()));
      queues.close();
    },
  };
}
