import type { Operation } from '../context.ts';
import { pageOf } from '../pages.ts';
import { optionalText } from '../parameters.ts';

export const listQueues: Operation = ({ queues }, input) => {
  const prefix = optionalText(input, 'QueueNamePrefix') ?? '';
  const { page, nextToken } = pageOf(
    queues.list().filter(({ name }) => name.startsWith(prefix)),
    input,
  );
  return {
    ...(page.length > 0 && { QueueUrls: page.map(({ url }) => url) }),
    ...(nextToken !== null && { NextToken: nextToken }),
  };
};
