import type { MessageStore } from './messageStore.ts';
import type { Queue } from './model.ts';

type Attribute = (queue: Queue, messages: MessageStore) => string | null;

const seconds = (epochMilliseconds: number): string => String(Math.floor(epochMilliseconds / 1000));

/** What GetQueueAttributes tells, by name; null: the queue has none. Counts are exact here, on AWS they are approximate. */
const ATTRIBUTES: Readonly<Record<string, Attribute>> = {
  ApproximateNumberOfMessages: (queue, messages) => String(messages.counts(queue).visible),
  ApproximateNumberOfMessagesNotVisible: (queue, messages) => String(messages.counts(queue).inFlight),
  ApproximateNumberOfMessagesDelayed: (queue, messages) => String(messages.counts(queue).delayed),
  CreatedTimestamp: ({ createdAt }) => seconds(createdAt),
  LastModifiedTimestamp: ({ modifiedAt }) => seconds(modifiedAt),
  DelaySeconds: ({ delaySeconds }) => String(delaySeconds),
  KmsMasterKeyId: ({ encryption }) => (encryption.kind === 'kms' ? encryption.keyId : null),
  KmsDataKeyReusePeriodSeconds: ({ encryption }) =>
    encryption.kind === 'kms' ? String(encryption.reusePeriodSeconds) : null,
  MaximumMessageSize: ({ maximumMessageBytes }) => String(maximumMessageBytes),
  MessageRetentionPeriod: ({ retentionSeconds }) => String(retentionSeconds),
  Policy: ({ policy }) => policy,
  QueueArn: ({ arn }) => arn,
  ReceiveMessageWaitTimeSeconds: ({ receiveWaitSeconds }) => String(receiveWaitSeconds),
  RedriveAllowPolicy: ({ redriveAllowPolicy }) => (redriveAllowPolicy ? allowPolicyText(redriveAllowPolicy) : null),
  RedrivePolicy: ({ redrivePolicy }) => (redrivePolicy ? JSON.stringify(redrivePolicy) : null),
  SqsManagedSseEnabled: ({ encryption }) => String(encryption.kind === 'sqs'),
  VisibilityTimeout: ({ visibilityTimeoutSeconds }) => String(visibilityTimeoutSeconds),
};

/** Known to SQS, and of FIFO queues only. */
const ONLY_FIFO = ['FifoQueue', 'ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit'];

export const isQueueAttribute = (name: string): boolean =>
  name === 'All' || Object.hasOwn(ATTRIBUTES, name) || ONLY_FIFO.includes(name);

/** `names` have been checked with `isQueueAttribute`. */
export function queueAttributes(
  queue: Queue,
  messages: MessageStore,
  names: readonly string[],
): Record<string, string> {
  const wanted = names.includes('All') ? Object.keys(ATTRIBUTES) : names;
  const entries = wanted.map((name) => [name, ATTRIBUTES[name]?.(queue, messages) ?? null] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== null));
}

function allowPolicyText({ redrivePermission, sourceQueueArns }: NonNullable<Queue['redriveAllowPolicy']>): string {
  return JSON.stringify(
    redrivePermission === 'byQueue' ? { redrivePermission, sourceQueueArns } : { redrivePermission },
  );
}
