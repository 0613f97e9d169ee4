import { required } from '../shared/environment.ts';
import type { JobStep } from '../shared/jobsMessages.ts';
import { MalformedRecord, type Change, type Image } from '../shared/records.ts';
import { sendMessages, type OutgoingMessage } from '../shared/sendMessages.ts';
import { readEach, streamHandler } from '../shared/streamHandler.ts';

const kinds = { DATA_EXPORT: 'export', ACCOUNT_DELETION: 'erase' } as const;

/** Sends each new job's first step to the function `jobs`, which drops what comes twice. */
export const handler = streamHandler('jobStarts', async (changes, report) => {
  const messages = readEach(changes, report, firstSteps);
  await sendMessages(required('JOBS_QUEUE_URL'), messages);
  report.count('started', messages.length);
});

/** @throws MalformedRecord */
function firstSteps({ before, after }: Change): readonly OutgoingMessage[] {
  if (before || !after) return [];
  const { operationId, userId, trace } = after;
  if (typeof operationId !== 'string' || !operationId.startsWith('JOB#')) return [];
  if (typeof userId !== 'string' || userId === '') throw new MalformedRecord('userId is no text');
  const body: JobStep = { kind: kindOf(after), jobId: operationId.slice('JOB#'.length), userId, step: 0 };
  return [{ body, ...(typeof trace === 'string' ? { trace } : {}) }];
}

function kindOf({ kind }: Image): JobStep['kind'] {
  if (typeof kind === 'string' && Object.hasOwn(kinds, kind)) return kinds[kind as keyof typeof kinds];
  throw new MalformedRecord('kind is unknown');
}
