import { AwsError } from '../../../aws/error.ts';
import type { Operation } from '../context.ts';
import { PURGE_PAUSE_SECONDS } from '../limits.ts';
import { text } from '../parameters.ts';

/** Deletes every message, those in flight included; on AWS that takes up to a minute. */
export const purgeQueue: Operation = ({ queues, messages, purgedAt, clock }, input) => {
  const queue = queues.open(text(input, 'QueueUrl'));
  const now = clock.now();
  const last = purgedAt.get(queue.number);
  if (last !== undefined && now >= last && now < last + PURGE_PAUSE_SECONDS * 1000) {
    const message = `Only one PurgeQueue operation on ${queue.name} is allowed every ${PURGE_PAUSE_SECONDS} seconds.`;
    throw new AwsError('PurgeQueueInProgress', message, { statusCode: 403 });
  }
  purgedAt.set(queue.number, now);
  messages.clear(queue);
  return {};
};
