import type { Operation } from '../context.ts';
import { text } from '../parameters.ts';
import { readMessage, refuseTooLong, store } from '../sending.ts';

export const sendMessage: Operation = (context, input, { principal }) => {
  const queue = context.queues.open(text(input, 'QueueUrl'));
  const message = readMessage(context, queue, input, principal);
  refuseTooLong(queue, message);
  return store(context, queue, [message])[0]!;
};
