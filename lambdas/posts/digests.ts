import { forEach } from '../shared/concurrency.ts';
import type { PostTransition } from '../shared/postLife.ts';
import type { Report } from '../shared/streamHandler.ts';
import { addToDigest, removeFromDigest } from './digest.ts';

/** Keeps each author's digest: the ids of the newest posts of any visibility, which readers merge into their feeds. */
export async function keepDigests(transitions: readonly PostTransition[], report: Report): Promise<void> {
  const byAuthor = Map.groupBy(transitions, ({ post }) => post.authorId);
  await forEach(byAuthor, async ([authorId, group]) => {
    const idsOf = (transitions: readonly PostTransition[]): string[] => transitions.map(({ post }) => post.postId);
    const gone = idsOf(group.filter(({ to }) => to !== 'live'));
    // A deleted post does not come back, so a deletion outdoes a creation in the same batch.
    const created = idsOf(group.filter(({ to }) => to === 'live')).filter((id) => !gone.includes(id));
    try {
      if (created.length > 0) await addToDigest(authorId, created);
      if (gone.length > 0) await removeFromDigest(authorId, gone);
      report.count('digests');
    } catch (error) {
      report.fail(
        group.map(({ change }) => change),
        error,
      );
    }
  });
}
