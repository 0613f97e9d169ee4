import {
  readAnnouncementMessage,
  type AnnouncementMessage,
  type AnnouncementPage,
} from '../shared/announcementMessages.ts';
import { forEach } from '../shared/concurrency.ts';
import { required } from '../shared/environment.ts';
import { escapeHtml } from '../shared/html.ts';
import { mailMessages, type Mail } from '../shared/mailMessages.ts';
import type { Message } from '../shared/messages.ts';
import { queueHandler, type Job } from '../shared/queueHandler.ts';
import { sendMessages } from '../shared/sendMessages.ts';
import { readAnnouncement, type Announcement } from './announcement.ts';
import { membersOf, type Member } from './members.ts';
import { tell } from './tell.ts';

/** Read side by side. */
const SEGMENTS = 4;

/** Tells everyone of an announcement, a page of members a message. */
export const handler = queueHandler('announcements', readAnnouncementMessage, async ({ body, trace }, job) => {
  if (body.kind === 'start') {
    const { announcementId } = body;
    const pages = Array.from({ length: SEGMENTS }, (_, segment): AnnouncementPage => {
      return { kind: 'page', announcementId, segment, segments: SEGMENTS };
    });
    await sendPages(pages, trace);
    return;
  }
  await page(body, { job, trace });
});

type Surroundings = { readonly job: Job; readonly trace: Message<AnnouncementMessage>['trace'] };

/** The next page comes last, so that a page that fails is done again alone: who was told is not told again. */
async function page(message: AnnouncementPage, { job, trace }: Surroundings): Promise<void> {
  const announcement = await readAnnouncement(message.announcementId);
  if (!announcement) {
    job.warn(new Error(`there is no announcement ${message.announcementId} any more`));
    return;
  }
  const { members, last } = await membersOf(message);
  await tellAll(members, announcement, { job, trace });
  const occasion = `announcement-${announcement.announcementId}`;
  const mails = members.filter(({ wantsMail }) => wantsMail).map((member) => mailTo(member, announcement));
  await sendMessages(required('MAIL_QUEUE_URL'), mailMessages({ kind: 'announcement', occasion }, mails, trace));
  if (last !== undefined) await sendPages([{ ...message, after: last }], trace);
}

async function tellAll(members: readonly Member[], announcement: Announcement, { job, trace }: Surroundings) {
  const errors: unknown[] = [];
  await forEach(members, async ({ recipient, language }) => {
    try {
      const told = await tell(recipient, { ...announcement, body: announcement.bodies[language], trace }, job);
      job.count(told ? 'notified' : 'notified before');
    } catch (error) {
      errors.push(error);
    }
  });
  if (errors.length > 0) throw errors[0];
}

function mailTo({ recipient, language }: Member, { bodies }: Announcement): Mail {
  const text = bodies[language];
  const html = escapeHtml(text).replace(/\r\n?|\n/g, '<br>\n');
  return { userId: recipient.userId, language, data: { text, html } };
}

async function sendPages(pages: readonly AnnouncementPage[], trace: string | undefined): Promise<void> {
  await sendMessages(
    required('ANNOUNCEMENTS_QUEUE_URL'),
    pages.map((body) => ({ body, trace })),
  );
}
