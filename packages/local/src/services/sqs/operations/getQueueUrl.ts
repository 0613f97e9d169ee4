import type { Operation } from '../context.ts';
import { queueDoesNotExist } from '../errors.ts';
import { optionalText, text } from '../parameters.ts';

export const getQueueUrl: Operation = ({ queues, account }, input) => {
  const queue = queues.byName(text(input, 'QueueName'));
  const owner = optionalText(input, 'QueueOwnerAWSAccountId') ?? account.accountId;
  if (!queue || owner !== account.accountId) throw queueDoesNotExist();
  return { QueueUrl: queue.url };
};
