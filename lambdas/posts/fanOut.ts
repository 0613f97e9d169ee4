import { required } from '../shared/environment.ts';
import type { FanOutMessage } from '../shared/fanOutMessages.ts';
import type { PostTransition } from '../shared/postLife.ts';
import { traceOf } from '../shared/records.ts';
import { sendMessages } from '../shared/sendMessages.ts';
import type { Report } from '../shared/streamHandler.ts';

/** Asks for posts to be brought to the timelines of the followers, or taken out of them. */
export async function askForFanOut(all: readonly PostTransition[], report: Report): Promise<void> {
  // What leaves the table for the archive has left the timelines long before.
  const transitions = all.filter(({ to }) => to !== 'expired');
  try {
    await sendMessages(required('FAN_OUT_QUEUE_URL'), transitions.map(messageOf));
    report.count('fan-outs', transitions.length);
  } catch (error) {
    report.fail(
      transitions.map(({ change }) => change),
      error,
    );
  }
}

function messageOf({ change, post, to }: PostTransition) {
  const { postId, authorId } = post;
  const body: FanOutMessage = { kind: to === 'live' ? 'post-created' : 'post-deleted', postId, authorId };
  return { body, trace: traceOf(change) };
}
