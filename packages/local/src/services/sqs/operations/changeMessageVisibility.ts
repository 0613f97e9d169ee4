import { changeVisibility } from '../changeVisibility.ts';
import type { Operation } from '../context.ts';
import { text } from '../parameters.ts';

export const changeMessageVisibility: Operation = (context, input) => {
  changeVisibility(context, context.queues.open(text(input, 'QueueUrl')), input);
  return {};
};
