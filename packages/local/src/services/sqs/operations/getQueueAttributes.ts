import type { Operation } from '../context.ts';
import { unknownAttribute } from '../errors.ts';
import { text, texts } from '../parameters.ts';
import { isQueueAttribute, queueAttributes } from '../queueAttributes.ts';

export const getQueueAttributes: Operation = ({ queues, messages }, input) => {
  const queue = queues.open(text(input, 'QueueUrl'));
  const names = texts(input, 'AttributeNames');
  const unknown = names.find((name) => !isQueueAttribute(name));
  if (unknown !== undefined) throw unknownAttribute(unknown);
  const attributes = queueAttributes(queue, messages, names);
  return { ...(Object.keys(attributes).length > 0 && { Attributes: attributes }) };
};
