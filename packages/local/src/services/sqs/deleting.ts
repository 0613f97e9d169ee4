import type { Context } from './context.ts';
import type { Queue } from './model.ts';
import { readReceiptHandle } from './receiptHandle.ts';

/**
 * Deletes what the handle was given for. One that is gone already is no error; nor is a handle of an earlier reception, which
 * deletes nothing (API reference, DeleteMessage).
 */
export function deleteMessage({ messages }: Context, queue: Queue, handle: string): void {
  const { id, token } = readReceiptHandle(queue, handle);
  if (messages.byReceipt(queue, id, token)) messages.remove(id);
}
