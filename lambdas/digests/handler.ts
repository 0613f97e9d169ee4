import type { DigestMessage, DigestPage, Morning } from '../shared/digestMessages.ts';
import { readDigestMessage } from '../shared/digestMessages.ts';
import { SHARDS } from '../shared/digestReaders.ts';
import { required } from '../shared/environment.ts';
import { mailMessages } from '../shared/mailMessages.ts';
import type { Message } from '../shared/messages.ts';
import { queueHandler, type Job } from '../shared/queueHandler.ts';
import { sendMessages } from '../shared/sendMessages.ts';
import { composeDigests } from './compose.ts';
import { dayOf, dueOn, since } from './mornings.ts';
import { readersOf } from './readers.ts';

/** Composes the digests of a morning, a page of members a message, and has them mailed. */
export const handler = queueHandler('digests', readDigestMessage, ({ body }: Message<DigestMessage>, job) =>
  body.kind === 'morning' ? begin(body) : page(body, job),
);

async function begin({ at }: Morning): Promise<void> {
  const pages = dueOn(at).flatMap((frequency) =>
    Array.from({ length: SHARDS }, (_, shard): DigestPage => ({ kind: 'page', at, frequency, shard })),
  );
  await sendPages(pages);
}

/** The next page comes last, so that a page that fails is done again alone. Mails that were sent have marks. */
async function page(message: DigestPage, job: Job): Promise<void> {
  const { at, frequency } = message;
  const { readers, last } = await readersOf(message, job);
  const digests = await composeDigests(readers, { since: since(at, frequency), until: at });
  job.count('digests', digests.length);
  job.count('nothing new', readers.length - digests.length);
  const mails = mailMessages({ kind: 'digest', occasion: `digest-${dayOf(at)}` }, digests);
  await sendMessages(required('MAIL_QUEUE_URL'), mails);
  if (last !== undefined) await sendPages([{ ...message, after: last }]);
}

async function sendPages(pages: readonly DigestPage[]): Promise<void> {
  await sendMessages(
    required('DIGESTS_QUEUE_URL'),
    pages.map((body) => ({ body })),
  );
}
