import type { DatabaseSync } from 'node:sqlite';
import type { Alarms } from '../../alarms.ts';
import type { Account } from '../../aws/account.ts';
import { AwsError, NotEmulated } from '../../aws/error.ts';
import type { Access, Authorizer, AwsService, Principal } from '../../aws/service.ts';
import type { Clock } from '../../clock.ts';
import type { JsonObject } from '../../json.ts';
import type { Random } from '../../random.ts';
import { systemTimers, type Timers } from '../../timers.ts';
import { accessOf } from './access.ts';
import type { Context } from './context.ts';
import { queueDoesNotExist } from './errors.ts';
import { createLongPolls } from './longPolls.ts';
import { openMessageStore } from './messageStore.ts';
import type { MessageAttributes, QueueDefinition } from './model.ts';
import { createMoveTasks } from './moveTasks.ts';
import { NOT_EMULATED, operations } from './operations/index.ts';
import { openQueues } from './queues.ts';
import { openQueueSource, type QueueSource } from './queueSource.ts';
import { sendMessage } from './operations/sendMessage.ts';
import { senderIdOf } from './sender.ts';
import { createTables } from './sqlSchema.ts';
import { createVisibility } from './visibility.ts';

export type {
  Encryption,
  MessageAttribute,
  MessageAttributes,
  QueueDefinition,
  ReceivedMessage,
  RedriveAllowPolicy,
  RedrivePolicy,
} from './model.ts';
export type { QueueSource } from './queueSource.ts';
export { md5Hex, md5OfAttributes } from './md5.ts';
export { systemAttributes } from './messageView.ts';

export interface SqsOptions {
  readonly database: DatabaseSync;
  readonly account: Account;
  readonly clock: Clock;
  readonly alarms: Alarms;
  readonly random: Random;
  /** Judges `send`; calls of the AWS port have been judged there. */
  readonly authorizer: Authorizer;
  /** The unique id (`AROA...`) of the role with this name. */
  readonly roleIdOf: (roleName: string) => string;
  /** How long a connection waits for a message. */
  readonly timers?: Timers;
}

/** A message as another service sends it. */
export interface OutgoingMessage {
  readonly body: string;
  readonly attributes?: MessageAttributes;
  readonly delaySeconds?: number;
  /** An X-Ray trace header: `Root=1-...`. */
  readonly traceHeader?: string;
  /** Of fairness between tenants on AWS; here only shown. */
  readonly groupId?: string;
}

/** On whose behalf a service sends. */
export interface Sender {
  /** A role, or a service as `s3.amazonaws.com`, which the queue's own policy must let send. */
  readonly principal: Principal;
  /** Condition keys of the call, as `{ 'aws:SourceArn': bucketArn, 'aws:SourceAccount': accountId }`. */
  readonly context?: Access['context'];
}

export interface Sqs extends AwsService {
  readonly name: 'sqs';
  /** Takes queues over, all or none; messages are kept. Throws `AwsError`, `NotEmulated`, with the Terraform address. */
  provision(definitions: readonly QueueDefinition[]): void;
  /** Lets go of every queue but these. Their messages stay in the data folder until they expire. */
  retain(queueNames: readonly string[]): void;
  /**
   * Sends for a caller in this process and resolves when the message is stored. Throws `AwsError`: `AccessDeniedException`,
   * `QueueDoesNotExist`, and what SendMessage refuses.
   */
  send(queueArn: string, message: OutgoingMessage, sender: Sender): Promise<{ readonly messageId: string }>;
  /** Reads a queue in process, for whoever has been authorized. Throws `QueueDoesNotExist`. */
  source(queueArn: string): QueueSource;
  /** Deletes messages that are older than their queue keeps them; returns how many. */
  sweepExpired(): number;
  /** Resolves when no task is moving messages, but for one that is held back by its rate. */
  idle(): Promise<void>;
  /** Ends what waits for messages. */
  close(): void;
}

export function createSqs(options: SqsOptions): Sqs {
  const { database, account, authorizer } = options;
  createTables(database);
  const context = contextOf(options);
  const { queues, messages, moveTasks } = context;

  return {
    name: 'sqs',
    access(operation, input) {
      if (!operations.has(operation)) throw unknownOperation(operation);
      return accessOf(context, operation, input);
    },
    call(operation, input, principal, { signal } = {}) {
      const run = operations.get(operation);
      if (!run) throw unknownOperation(operation);
      return run(context, input, { principal, signal });
    },
    provision(definitions) {
      queues.provision(definitions);
      moveTasks.resume();
    },
    retain: (queueNames) => queues.retain(new Set(queueNames)),
    async send(queueArn, message, { principal, context: conditions }) {
      const access = { action: 'sqs:SendMessage', resource: queueArn, ...(conditions && { context: conditions }) };
      await authorizer.authorize(principal, access);
      const queue = queues.byArn(queueArn);
      if (!queue) throw queueDoesNotExist();
      const answer = await sendMessage(context, inputOf(queue.url, message), { principal, signal: undefined });
      return { messageId: answer.MessageId as string };
    },
    source: (queueArn) => openQueueSource(context, queueArn),
    sweepExpired: () => messages.removeExpired(),
    idle: () => moveTasks.idle(),
    close() {
      context.longPolls.close();
      context.visibility.close();
      moveTasks.close();
    },
  };

  function contextOf({ clock, alarms, random, roleIdOf, timers = systemTimers }: SqsOptions): Context {
    const now = (): number => clock.now();
    const store = openMessageStore(database, now);
    const opened = openQueues(database, now);
    const visibility = createVisibility(alarms, (queue) => store.nextVisibleAt(queue));
    return {
      database,
      account,
      clock,
      random,
      queues: opened,
      messages: store,
      visibility,
      longPolls: createLongPolls(visibility, timers),
      moveTasks: createMoveTasks({ database, clock, alarms, random, queues: opened, messages: store, visibility }),
      purgedAt: new Map(),
      senderIdOf: (principal) => senderIdOf(principal, account, roleIdOf),
    };
  }
}

function inputOf(queueUrl: string, message: OutgoingMessage): JsonObject {
  const { body, attributes, delaySeconds, traceHeader, groupId } = message;
  return {
    QueueUrl: queueUrl,
    MessageBody: body,
    ...(attributes && { MessageAttributes: { ...attributes } }),
    ...(delaySeconds !== undefined && { DelaySeconds: delaySeconds }),
    ...(groupId !== undefined && { MessageGroupId: groupId }),
    ...(traceHeader !== undefined && {
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: traceHeader } },
    }),
  };
}

function unknownOperation(operation: string): AwsError {
  if (NOT_EMULATED.has(operation)) return new NotEmulated(`SQS's operation ${operation}`);
  return new AwsError('UnknownOperationException', `SQS has no operation ${operation}`);
}
