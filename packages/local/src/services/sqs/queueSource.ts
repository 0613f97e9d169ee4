import { transaction } from '../../database.ts';
import type { Context } from './context.ts';
import { deleteMessage } from './deleting.ts';
import { queueDoesNotExist } from './errors.ts';
import type { Queue, ReceivedMessage } from './model.ts';
import { receive } from './receiving.ts';

/** A queue as a reader in this process sees it. Each method throws `QueueDoesNotExist` once the queue is gone. */
export interface QueueSource {
  readonly arn: string;
  /** The one of the queue as it is now. */
  visibilityTimeoutSeconds(): number;
  /** Takes what is visible, without waiting. At most so many messages and, after the first, so many bytes of bodies. */
  receive(limits: { readonly maximumMessages: number; readonly maximumBytes: number }): readonly ReceivedMessage[];
  /** What was received again by others meanwhile is left alone. */
  remove(messages: readonly Pick<ReceivedMessage, 'receiptHandle'>[]): void;
  hasVisible(): boolean;
  /** Up to `limit`. */
  countVisible(limit: number): number;
  /** Calls the listener, in a microtask, when there may be a visible message; returns how to stop. */
  onVisible(listener: () => void): () => void;
}

export function openQueueSource(context: Context, arn: string): QueueSource {
  const { database, queues, messages, visibility } = context;
  const open = (): Queue => {
    const queue = queues.byArn(arn);
    if (!queue) throw queueDoesNotExist();
    return queue;
  };
  open();
  return {
    arn,
    visibilityTimeoutSeconds: () => open().visibilityTimeoutSeconds,
    receive(limits) {
      const queue = open();
      return receive(context, queue, { ...limits, visibilityTimeoutSeconds: queue.visibilityTimeoutSeconds });
    },
    remove(received) {
      const queue = open();
      transaction(database, () => {
        for (const { receiptHandle } of received) deleteMessage(context, queue, receiptHandle);
      });
    },
    hasVisible: () => messages.hasVisible(open()),
    countVisible: (limit) => messages.countVisible(open(), limit),
    onVisible: (listener) => visibility.listen(open(), listener),
  };
}
