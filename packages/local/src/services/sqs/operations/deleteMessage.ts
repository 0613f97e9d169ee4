import type { Operation } from '../context.ts';
import { deleteMessage as remove } from '../deleting.ts';
import { text } from '../parameters.ts';

export const deleteMessage: Operation = (context, input) => {
  remove(context, context.queues.open(text(input, 'QueueUrl')), text(input, 'ReceiptHandle'));
  return {};
};
