import { readArchiveMessage, type ArchiveMessage } from '../shared/archiveMessages.ts';
import { required } from '../shared/environment.ts';
import { queueHandler, type Job } from '../shared/queueHandler.ts';
import { sendMessages } from '../shared/sendMessages.ts';
import { archiveAuthors } from './authors.ts';
import { erase } from './erase.ts';
import { start, walk } from './walk.ts';

/** Moves old posts to S3, a bounded step for each message, and takes deleted ones out of there (decision 0019). */
export const handler = queueHandler('archive', readArchiveMessage, async ({ body, trace }, job) => {
  const next = await step(body, { job, trace });
  await sendMessages(
    required('ARCHIVE_QUEUE_URL'),
    next.map((message) => ({ body: message, trace, delaySeconds: isNextPage(message) ? PAGE_PAUSE_SECONDS : 0 })),
  );
});

/** What a page of authors takes; the queue stays short, so that erasures do not wait behind a month's work. */
const PAGE_PAUSE_SECONDS = 10;

function isNextPage(message: ArchiveMessage): boolean {
  return message.kind === 'walk' && message.from !== undefined;
}

interface Step {
  readonly job: Job;
  readonly trace: string | undefined;
}

async function step(message: ArchiveMessage, { job, trace }: Step): Promise<readonly ArchiveMessage[]> {
  switch (message.kind) {
    case 'start':
      return start(Number(required('HOT_DAYS')));
    case 'walk':
      return walk(message);
    case 'authors':
      return archiveAuthors(message, job);
    case 'erase':
      job.count(await erase(message, trace));
      return [];
  }
}
