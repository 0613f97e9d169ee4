import { DeleteMessageCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DeadQueue } from './queues.ts';

/** Long enough for one message to be dealt with, a function that takes its minute included. */
const HIDDEN_SECONDS = 300;

/**
 * Takes messages out one after the other: each is deleted when `deal` answers true, and else comes back by itself.
 * @param most at most so many; those that were left do not come again within a run.
 * @returns how many were dealt with, and how many left
 */
export async function takeEach(
  sqs: SQSClient,
  { url }: DeadQueue,
  most: number,
  deal: (message: Message) => Promise<boolean>,
): Promise<{ readonly done: number; readonly left: number }> {
  let done = 0;
  let left = 0;
  while (done + left < most) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 1,
        VisibilityTimeout: HIDDEN_SECONDS,
        MessageAttributeNames: ['All'],
      }),
    );
    const [message] = Messages;
    if (!message) break;
    if (await deal(message)) {
      await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message.ReceiptHandle }));
      done += 1;
    } else left += 1;
  }
  return { done, left };
}
