import { required } from '../shared/environment.ts';
import type { FollowChanged } from '../shared/fanOutMessages.ts';
import { itemKind, readEdge } from '../shared/items.ts';
import { traceOf, type Change } from '../shared/records.ts';
import { sendMessages } from '../shared/sendMessages.ts';
import { readEach, streamHandler } from '../shared/streamHandler.ts';

/** Asks for the followers' timelines to be brought in line with follows that began or ended. */
export const handler = streamHandler('follows', async (changes, report) => {
  const messages = readEach(changes, report, followChanges);
  await sendMessages(required('FAN_OUT_QUEUE_URL'), messages);
  report.count('sent', messages.length);
});

function followChanges(change: Change) {
  const image = change.after ?? change.before;
  const edge = image && itemKind(image) === 'edge' ? readEdge(image) : null;
  if (edge?.kind !== 'FOLLOW') return [];
  const body: FollowChanged = { kind: 'follow-changed', followerId: edge.userId, authorId: edge.targetId };
  return [{ body, trace: traceOf(change) }];
}
