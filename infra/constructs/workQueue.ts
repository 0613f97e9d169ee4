import { Construct, IamRole, IamRolePolicy, type KmsKey, SchedulerSchedule, SqsQueue, SqsQueuePolicy } from '../aws.ts';
import type { BucketKey } from '../buckets.ts';
import type { FunctionSpec, QueueSource, ScheduleSource } from '../functions.ts';
import { allow, keyStatement, policy, trust } from '../iamPolicy.ts';
import type { Stack } from '../stacks/stack.ts';
import { DEFAULT_TIMEOUT_SECONDS } from './backendFunction.ts';

/**
 * AWS's advice: a message must not come back while its batch is still worked on, or waits for the function to be free.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-queueconfig
 */
const TIMEOUTS_UNTIL_VISIBLE = 6;
/** As long as SQS keeps anything. */
const KEPT_SECONDS = 14 * 24 * 3600;

export interface WorkQueue {
  readonly queue: SqsQueue;
  /** What was given up. */
  readonly dead: SqsQueue;
  readonly source: QueueSource;
  /** Lets buckets send; undefined when none does. */
  readonly senders: SqsQueuePolicy | undefined;
}

export interface WorkQueueContext {
  readonly key: KmsKey | undefined;
  readonly buckets: Readonly<Record<BucketKey, { readonly arn: string }>>;
}

/** The queue that a function works on, what may send to it beside other functions, and the queue of what was given up. */
export function workQueue(
  stack: Stack,
  key: string,
  spec: FunctionSpec & { readonly queue: QueueSource },
  context: WorkQueueContext,
): WorkQueue {
  const scope = new Construct(stack.group('queues'), key);
  const encryption = context.key ? { kmsMasterKeyId: context.key.arn } : { sqsManagedSseEnabled: true };
  const dead = new SqsQueue(scope, 'dead', {
    name: stack.named(`${key}-dead`),
    messageRetentionSeconds: KEPT_SECONDS,
    ...encryption,
  });
  const queue = new SqsQueue(scope, 'queue', {
    name: stack.named(key),
    messageRetentionSeconds: KEPT_SECONDS,
    visibilityTimeoutSeconds: TIMEOUTS_UNTIL_VISIBLE * (spec.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS),
    redrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: spec.queue.maxReceives }),
    ...encryption,
  });
  const { arrivals, schedules = {} } = spec;
  const senders = arrivals ? letBucketsSend(scope, stack, queue, { ...context, arrivals }) : undefined;
  for (const [id, schedule] of Object.entries(schedules))
    sendByTheClock(stack, id, schedule, { queue, key: context.key });
  return { queue, dead, source: spec.queue, senders };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html */
function letBucketsSend(
  scope: Construct,
  stack: Stack,
  queue: SqsQueue,
  { arrivals, buckets }: WorkQueueContext & { readonly arrivals: NonNullable<FunctionSpec['arrivals']> },
): SqsQueuePolicy {
  return new SqsQueuePolicy(scope, 'senders', {
    queueUrl: queue.url,
    policy: policy([
      {
        Effect: 'Allow',
        Principal: { Service: 's3.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queue.arn,
        Condition: {
          ArnEquals: { 'aws:SourceArn': arrivals.map(({ bucket }) => buckets[bucket].arn) },
          StringEquals: { 'aws:SourceAccount': stack.accountId },
        },
      },
    ]),
  });
}

function sendByTheClock(
  stack: Stack,
  id: string,
  { expression, timeZone = 'UTC', message }: ScheduleSource,
  { queue, key }: { readonly queue: SqsQueue; readonly key: KmsKey | undefined },
): void {
  const scope = new Construct(stack.group('schedules'), id);
  const role = new IamRole(scope, 'role', {
    name: stack.named(`schedule-${id}`),
    assumeRolePolicy: trust('scheduler.amazonaws.com', { accountId: stack.accountId }),
  });
  new IamRolePolicy(scope, 'policy', {
    name: 'send',
    role: role.name,
    policy: allow([
      { actions: ['sqs:SendMessage'], resources: [queue.arn] },
      // Scheduler decrypts the schedule, and encrypts the message, as this role.
      ...(key ? [keyStatement(key.arn)] : []),
    ]),
  });
  new SchedulerSchedule(scope, 'resource', {
    name: stack.named(id),
    scheduleExpression: expression,
    scheduleExpressionTimezone: timeZone,
    flexibleTimeWindow: { mode: 'OFF' },
    target: {
      arn: queue.arn,
      roleArn: role.arn,
      input: JSON.stringify(message),
      // An hour of trying: a queue is rarely away, and what comes a day late is no longer wanted.
      retryPolicy: { maximumRetryAttempts: 30, maximumEventAgeInSeconds: 3600 },
    },
    ...(key ? { kmsKeyArn: key.arn } : {}),
  });
}
