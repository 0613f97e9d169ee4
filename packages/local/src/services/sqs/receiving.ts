import { transaction } from '../../database.ts';
import type { Context } from './context.ts';
import type { Queue, ReceivedMessage, StoredMessage } from './model.ts';
import { receiptHandle } from './receiptHandle.ts';

export interface ReceiveOptions {
  readonly maximumMessages: number;
  readonly visibilityTimeoutSeconds: number;
  /** Stops before the bodies together are longer, but never before the first message. */
  readonly maximumBytes?: number;
}

/**
 * Takes visible messages, the longest visible first, and hides them for the timeout. One that has been received as often as
 * the redrive policy allows goes to the dead-letter queue instead: SQS, too, moves it when it would have to be received again.
 */
export function receive(context: Context, queue: Queue, options: ReceiveOptions): readonly ReceivedMessage[] {
  const { database, clock, visibility, queues } = context;
  const deadLetters = queue.redrivePolicy ? queues.byArn(queue.redrivePolicy.deadLetterTargetArn) : undefined;
  const { received, hasMoved } = transaction(database, () => {
    const hasMoved = deadLetters !== undefined && moveDead(context, queue, deadLetters);
    return { hasMoved, received: take(context, queue, options) };
  });
  if (hasMoved) visibility.now(deadLetters!);
  if (received.length > 0) visibility.at(queue, clock.now() + options.visibilityTimeoutSeconds * 1000);
  return received;
}

function moveDead({ messages }: Context, queue: Queue, target: Queue): boolean {
  const dead = messages.visibleAfter(queue, queue.redrivePolicy!.maxReceiveCount);
  for (const id of dead) messages.moveToDeadLetters(id, target, queue.arn);
  return dead.length > 0;
}

function take(
  context: Context,
  queue: Queue,
  { maximumMessages, maximumBytes = Infinity, visibilityTimeoutSeconds }: ReceiveOptions,
): readonly ReceivedMessage[] {
  const received: ReceivedMessage[] = [];
  let bytes = 0;
  for (const message of context.messages.visible(queue, maximumMessages)) {
    bytes += Buffer.byteLength(message.body);
    if (received.length > 0 && bytes > maximumBytes) break;
    received.push(hide(context, queue, message, visibilityTimeoutSeconds));
  }
  return received;
}

function hide({ messages, clock, random }: Context, queue: Queue, message: StoredMessage, seconds: number) {
  const now = clock.now();
  const token = random.bytes(16).toString('hex');
  messages.markReceived(message.id, { receipt: token, visibleAt: now + seconds * 1000 });
  return {
    ...message,
    receiveCount: message.receiveCount + 1,
    firstReceivedAt: message.firstReceivedAt ?? now,
    receiptHandle: receiptHandle(queue, { id: message.id, token }),
  };
}
