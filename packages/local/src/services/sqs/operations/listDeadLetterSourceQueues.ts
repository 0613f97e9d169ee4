import type { Operation } from '../context.ts';
import { pageOf } from '../pages.ts';
import { text } from '../parameters.ts';

/** `queueUrls` is written small in the service model, too. */
export const listDeadLetterSourceQueues: Operation = ({ queues }, input) => {
  const queue = queues.open(text(input, 'QueueUrl'));
  const { page, nextToken } = pageOf(queues.sourcesOf(queue), input);
  return { queueUrls: page.map(({ url }) => url), ...(nextToken !== null && { NextToken: nextToken }) };
};
