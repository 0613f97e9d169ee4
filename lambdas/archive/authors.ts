import type { ArchiveMessage } from '../shared/archiveMessages.ts';
import type { Bundle, KeptPost } from '../shared/bundles.ts';
import { forEach } from '../shared/concurrency.ts';
import type { Job } from '../shared/queueHandler.ts';
import { addToBundle } from './bundle.ts';
import { lowestId } from './months.ts';
import { expire, oldestMonth } from './posts.ts';
import { addToWarehouse } from './warehouse.ts';

type Authors = Extract<ArchiveMessage, { kind: 'authors' }>;

/** Where a step ends: it has room for a whole month of an author above it. */
const ENOUGH_POSTS = 500;
const ENOUGH_MONTHS = 50;

/**
 * One step: the oldest months of the first authors. Bundles first, then the warehouse, and only when S3 has confirmed both are
 * the posts given their end, so that a step that is cut off anywhere is done again from the posts themselves.
 * @returns what is to be done next.
 */
export async function archiveAuthors(message: Authors, job: Job): Promise<ArchiveMessage[]> {
  const { authorIds, before, part } = message;
  const moved: { readonly bundle: Bundle; readonly posts: readonly KeptPost[] }[] = [];
  let [position, after] = [0, message.after ?? lowestId('197001')];
  let [posts, months] = [0, 0];
  while (position < authorIds.length && posts < ENOUGH_POSTS && months < ENOUGH_MONTHS) {
    const authorId = authorIds[position] as string;
    const old = await oldestMonth(authorId, after, before);
    if (!old) {
      [position, after] = [position + 1, lowestId('197001')];
      months += 1;
      continue;
    }
    if (old.posts.length > 0) {
      const bundle = await addToBundle({ authorId, month: old.month, part }, old.posts);
      const kept = new Set(bundle.posts.map(({ postId }) => postId));
      moved.push({ bundle, posts: old.posts.filter(({ postId }) => kept.has(postId)) });
      job.count('too many for a month', old.posts.filter(({ postId }) => !kept.has(postId)).length);
    }
    posts += old.posts.length;
    months += 1;
    after = old.end;
  }
  for (const [name, group] of Map.groupBy(moved, ({ bundle }) => bundle.part)) {
    await addToWarehouse(
      name,
      group.flatMap((one) => one.posts),
    );
  }
  const erasures = await expireAll(
    moved.flatMap((one) => one.posts),
    job,
  );
  const rest = authorIds.slice(position);
  return rest.length > 0 ? [...erasures, { kind: 'authors', before, part, authorIds: rest, after }] : erasures;
}

/** @returns erasures of what was deleted while it was archived. @throws when one cannot be given its end: the step is done again. */
async function expireAll(posts: readonly KeptPost[], job: Job): Promise<ArchiveMessage[]> {
  const erasures: ArchiveMessage[] = [];
  const errors: unknown[] = [];
  await forEach(posts, async (post) => {
    try {
      const result = await expire(post);
      job.count(result === 'gone' ? 'deleted meanwhile' : 'archived');
      if (result === 'gone') erasures.push({ kind: 'erase', authorId: post.authorId, postId: post.postId });
    } catch (error) {
      errors.push(error);
    }
  });
  if (errors.length > 0) {
    throw new AggregateError(
      errors,
      `${errors.length} of ${posts.length} posts were not given their end: ${String(errors[0])}`,
    );
  }
  return erasures;
}
