import { required } from '../shared/environment.ts';
import { queueHandler, type Job } from '../shared/queueHandler.ts';
import { readRecountMessage, type RecountMessage } from '../shared/recountMessages.ts';
import { sendMessages, type OutgoingMessage } from '../shared/sendMessages.ts';
import { compare } from './compare.ts';
import { beginNight, eachMember, oneMember, postsOfMember } from './members.ts';

/** Proves that counters are what was counted, member by member, and repairs those that are not (decision 0024). */
export const handler = queueHandler('recount', readRecountMessage, async ({ body, trace }, job) => {
  const next = await work(body, job);
  await sendMessages(
    required('RECOUNT_QUEUE_URL'),
    next.map((message) => ({ ...message, trace })),
  );
});

async function work(message: RecountMessage, job: Job): Promise<readonly OutgoingMessage[]> {
  switch (message.kind) {
    case 'night':
      return beginNight(message);
    case 'members':
      return eachMember(message);
    case 'member':
      return oneMember(message, job);
    case 'posts':
      return postsOfMember(message, job);
    case 'count': {
      const next = await compare(message, job);
      return next ? [next] : [];
    }
  }
}
