import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../../shared/dynamodb.ts';
import { required } from '../../shared/environment.ts';
import { mailMessages } from '../../shared/mailMessages.ts';
import { sendMessages } from '../../shared/sendMessages.ts';
import type { Plan, Step } from '../plan.ts';
import { clear, listArchives, pack } from './archives.ts';
import { archivedPosts } from './archivedPosts.ts';
import { collect } from './collect.ts';
import { exportOccasion } from './occasion.ts';
import { pictures } from './pictures.ts';
import { sections } from './sections.ts';

/** Collects a member's data section by section, and makes archives of it. */
export const exportPlan: Plan = {
  tasks: [
    ...Object.entries(sections).map(([name, readPage]) => [name, collect(name, readPage)] as const),
    ['archivedPosts', collect('posts', archivedPosts, 1)],
    ['pictures', pictures],
    ['pack', pack],
    ['clear', clear],
  ],
  isMoot: isDeleted,
  // The mail first, which comes once however often it is asked for: whoever is told finds the archives a moment later.
  finish: async (step) => {
    await tellByMail(step);
    return { archives: await listArchives(step) };
  },
};

async function tellByMail({ userId, jobId, trace }: Step): Promise<void> {
  const messages = mailMessages(
    { kind: 'export-ready', occasion: exportOccasion(jobId) },
    [{ userId, data: {} }],
    trace,
  );
  await sendMessages(required('MAIL_QUEUE_URL'), messages);
}

/** Whose account is being erased gets no export: it would be erased as well. */
async function isDeleted(userId: string): Promise<boolean> {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: required('USERS_TABLE'), Key: { userId }, ConsistentRead: true }),
  );
  return Item?.status === 'DELETED';
}
