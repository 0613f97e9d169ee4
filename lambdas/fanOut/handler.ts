import { required } from '../shared/environment.ts';
import { readFanOutMessage, type FanOutMessage } from '../shared/fanOutMessages.ts';
import { queueHandler } from '../shared/queueHandler.ts';
import { sendMessages } from '../shared/sendMessages.ts';
import { followChanged } from './followChanged.ts';
import type { Outcome } from './outcome.ts';
import { postCreated } from './postCreated.ts';
import { postDeleted } from './postDeleted.ts';

/**
 * Brings posts to timelines (decision 0017). A message does one page and sends another one for the next: a worker that is
 * killed repeats a page, and a long list of followers holds nobody else up.
 */
export const handler = queueHandler('fanOut', readFanOutMessage, async ({ body, trace }, job) => {
  const { did, by, next } = await work(body);
  job.count(did, by);
  if (next) await sendMessages(required('FAN_OUT_QUEUE_URL'), [{ body: next, trace }]);
});

function work(message: FanOutMessage): Promise<Outcome> {
  switch (message.kind) {
    case 'post-created':
      return postCreated(message);
    case 'post-deleted':
      return postDeleted(message);
    case 'follow-changed':
      return followChanged(message);
  }
}
