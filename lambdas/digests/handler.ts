import { forEach } from '../shared/concurrency.ts';
import { postTransitions } from '../shared/postLife.ts';
import { readEach, streamHandler } from '../shared/streamHandler.ts';
import { addToDigest, removeFromDigest } from './digest.ts';

/** Keeps each author's digest: the ids of the newest posts of any visibility, which readers merge into their feeds. */
export const handler = streamHandler('digests', async (changes, report) => {
  const transitions = readEach(changes, report, postTransitions);
  const byAuthor = Map.groupBy(transitions, ({ post }) => post.authorId);
  await forEach(byAuthor, async ([authorId, group]) => {
    const idsOf = (to: 'live' | 'gone'): string[] =>
      group.filter((transition) => transition.to === to).map(({ post }) => post.postId);
    const gone = idsOf('gone');
    // A deleted post does not come back, so a deletion outdoes a creation in the same batch.
    const created = idsOf('live').filter((id) => !gone.includes(id));
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
});
