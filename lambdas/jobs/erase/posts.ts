import { required } from '../../shared/environment.ts';
import type { Image } from '../../shared/records.ts';
import type { Eraser } from './eraser.ts';
import { deleteItems, itemsBehind, keyOf, type Key } from './keys.ts';
import { isTombstone, makeTombstones } from './tombstone.ts';

/** Takes the posts away from readers: what the stream's handlers do then takes them out of tags, digests and timelines. */
export const hidePosts: Eraser = async ({ userId, trace }, position) => {
  const { posts, next } = await postsOf(userId, position);
  const live = posts.filter((post) => !isTombstone(post));
  await makeTombstones(
    required('POSTS_TABLE'),
    live.map((post) => keyOf(post, 'postId', 'item')),
    trace,
  );
  return { found: live.length, next };
};

/** Removes them, and what notes that they are in the archive, too. Their `STATS` items stay, numbers of which nobody knows whose they were: counters may yet come to them. */
export const erasePosts: Eraser = async (step, position) => {
  const { posts, next } = await postsOf(step.userId, position);
  const keys = posts.map((post) => keyOf(post, 'postId', 'item'));
  await makeTombstones(required('POSTS_TABLE'), keys, step.trace);
  await deleteItems(required('POSTS_TABLE'), [...keys, ...posts.map(noteOf)]);
  return { found: posts.length, next };
};

async function postsOf(userId: string, position: string | undefined) {
  const { items, next } = await itemsBehind(
    { table: required('POSTS_TABLE'), index: 'byAuthor', partition: ['authorId', userId], position },
    'postId',
    'item',
  );
  return { posts: items, next };
}

function noteOf(post: Image): Key {
  return { ...keyOf(post, 'postId'), item: 'ARCHIVE' };
}
