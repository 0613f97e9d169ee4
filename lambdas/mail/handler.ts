import { setTimeout } from 'node:timers/promises';
import { required } from '../shared/environment.ts';
import { readMailMessage, type Language, type MailMessage } from '../shared/mailMessages.ts';
import type { Message } from '../shared/messages.ts';
import { queueHandler, type Job } from '../shared/queueHandler.ts';
import { siteUrl } from '../shared/siteUrl.ts';
import { claim, release } from './markers.ts';
import { recipientsOf, type Recipient } from './recipients.ts';
import { sendBulk, type Letter } from './sendBulk.ts';

/** What `concurrency` of the row in `infra/functions.ts` says: they share the rate. */
const SENDERS = 2;
/** A batch takes seconds at most. With less time than this the rest is left to another delivery. */
const TIME_FOR_A_BATCH = 15_000;

/** SES would not take some of the mails, or there was no time to hand them over. They are not marked as sent. */
class MailsLeft extends Error {
  override readonly name = 'MailsLeft';
}

/**
 * Mails to members, each of them once at most: a marker is put before SES is asked, and taken away again if SES says that it
 * did not take the mail. A message that comes again goes on where it was left.
 */
export const handler = queueHandler('mail', readMailMessage, async ({ body }: Message<MailMessage>, job) => {
  const recipients = await recipientsOf(body, job);
  const site = recipients.length > 0 ? await siteUrl() : '';
  const perSecond = Math.max(1, Number(required('MAILS_PER_SECOND')) / SENDERS);
  for (const batch of batches(recipients, Math.floor(perSecond))) {
    if (job.remaining() < TIME_FOR_A_BATCH) throw new MailsLeft('there was no time for all of them');
    await sendBatch(batch, { ...body, site }, job);
    // The last one, too: the next message may be here already.
    await setTimeout((batch.length / perSecond) * 1_000);
  }
});

/** Of one language each, which is one template, and as many as may be sent in a second. */
function batches(recipients: readonly Recipient[], size: number): (readonly Recipient[])[] {
  const languages: readonly Language[] = ['EN', 'JA'];
  return languages.flatMap((language) => {
    const some = recipients.filter((recipient) => recipient.language === language);
    return Array.from({ length: Math.ceil(some.length / size) }, (_, at) => some.slice(at * size, (at + 1) * size));
  });
}

type Context = Pick<MailMessage, 'kind' | 'occasion'> & { readonly site: string };

async function sendBatch(batch: readonly Recipient[], { kind, occasion, site }: Context, job: Job): Promise<void> {
  const claimed = await claim(occasion, batch);
  job.count('sent before', batch.length - claimed.length);
  const [first] = claimed;
  if (!first) return;
  const template = `${kind}-${first.language.toLowerCase()}`;
  const { sent, refused, unknown, left } = await sendBulk(template, claimed.map(letterTo(site)), job);
  job.count('sent', sent);
  job.count('refused', refused);
  job.count('unknown', unknown);
  if (left.length === 0) return;
  await release(
    occasion,
    left.map((at) => claimed[at]?.userId).filter((userId) => userId !== undefined),
  );
  throw new MailsLeft(`SES did not take ${left.length} of ${claimed.length} mails`);
}

function letterTo(site: string): (recipient: Recipient) => Letter {
  return ({ address, handle, data, unsubscribe }) => {
    if (unsubscribe === undefined) return { address, data: { ...data, site, handle }, headers: {} };
    const link = `${site}/unsubscribe?t=${unsubscribe}`;
    return { address, data: { ...data, site, handle, unsubscribe: link }, headers: unsubscribeHeaders(link) };
  };
}

/** Mail programs show a button of their own for these, which posts to the link. RFC 8058 */
function unsubscribeHeaders(link: string): Record<string, string> {
  return { 'List-Unsubscribe': `<${link}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}
