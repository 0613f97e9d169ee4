import type { AnnouncementStart } from '../shared/announcementMessages.ts';
import { required } from '../shared/environment.ts';
import { traceOf, type Change } from '../shared/records.ts';
import { sendMessages, type OutgoingMessage } from '../shared/sendMessages.ts';
import { readEach, streamHandler } from '../shared/streamHandler.ts';

const PREFIX = 'ANNOUNCEMENT#';

/** Sends each new announcement to the function `announcements`, which tells nobody twice. */
export const handler = streamHandler('announcementStarts', async (changes, report) => {
  const messages = readEach(changes, report, starts);
  await sendMessages(required('ANNOUNCEMENTS_QUEUE_URL'), messages);
  report.count('started', messages.length);
});

function starts(change: Change): readonly OutgoingMessage[] {
  const operationId = String(change.after?.operationId ?? '');
  if (change.before || !operationId.startsWith(PREFIX)) return [];
  const body: AnnouncementStart = { kind: 'start', announcementId: operationId.slice(PREFIX.length) };
  return [{ body, trace: traceOf(change) }];
}
