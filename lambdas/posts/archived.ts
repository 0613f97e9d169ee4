import type { ArchiveMessage } from '../shared/archiveMessages.ts';
import { required } from '../shared/environment.ts';
import { itemKind, readArchivedPost } from '../shared/items.ts';
import { postTransitions } from '../shared/postLife.ts';
import { traceOf, type Change } from '../shared/records.ts';
import { sendMessages } from '../shared/sendMessages.ts';
import { readEach, type Report } from '../shared/streamHandler.ts';

/** Asks for the erasure of what was deleted after it had been archived, whether the table still had it or only the note of it. */
export async function eraseFromArchive(changes: readonly Change[], report: Report): Promise<void> {
  const erasures = readEach(changes, report, (change) => erasuresOf(change).map((body) => ({ change, body })));
  if (erasures.length === 0) return;
  try {
    await sendMessages(
      required('ARCHIVE_QUEUE_URL'),
      erasures.map(({ change, body }) => ({ body, trace: traceOf(change) })),
    );
    report.count('erasures', erasures.length);
  } catch (error) {
    report.fail(
      erasures.map(({ change }) => change),
      error,
    );
  }
}

/** @throws MalformedRecord */
function erasuresOf(change: Change): ArchiveMessage[] {
  const { before, after } = change;
  if (before && after && itemKind(before) === 'archived') {
    const [was, is] = [readArchivedPost(before), readArchivedPost(after)];
    return was.live && !is.live ? [{ kind: 'erase', authorId: is.authorId, postId: is.postId }] : [];
  }
  return postTransitions(change)
    .filter(({ to, post }) => to === 'gone' && post.archived)
    .map(({ post: { authorId, postId } }) => ({ kind: 'erase', authorId, postId }));
}
