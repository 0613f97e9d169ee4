import { type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DeadQueue } from './queues.ts';

/** Receptions without a message that was not seen before, after which the rest is given up: SQS gives a sample each time. */
const MAX_VAIN = 10;

/**
 * Looks at messages and leaves them where they are, visible to all. Of a long queue SQS may not show every one.
 * @param most at most so many
 */
export async function peek(sqs: SQSClient, { url, waiting }: DeadQueue, most: number): Promise<readonly Message[]> {
  const wanted = Math.min(most, waiting);
  const seen = new Map<string, Message>();
  for (let vain = 0; seen.size < wanted && vain < MAX_VAIN;) {
    const before = seen.size;
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 0,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['SentTimestamp', 'ApproximateReceiveCount'],
      }),
    );
    if (Messages.length === 0) break;
    for (const message of Messages) if (seen.size < wanted) seen.set(message.MessageId ?? '', message);
    vain = seen.size === before ? vain + 1 : 0;
  }
  return [...seen.values()].sort((one, other) => sentAt(one) - sentAt(other));
}

/** Epoch milliseconds. */
export const sentAt = ({ Attributes }: Message): number => Number(Attributes?.['SentTimestamp'] ?? 0);

export const attributeOf = ({ MessageAttributes }: Message, name: string): string | undefined =>
  MessageAttributes?.[name]?.StringValue;
