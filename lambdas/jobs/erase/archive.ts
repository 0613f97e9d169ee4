import { takeFromWarehouse } from '../../archive/warehouse.ts';
import { batchGet } from '../../shared/batchGet.ts';
import { archivedMonths, bundleName, monthsKey, readBundle, type Bundle, type Month } from '../../shared/bundles.ts';
import { required } from '../../shared/environment.ts';
import { deleteObjects } from '../../shared/objects.ts';
import type { Eraser } from './eraser.ts';
import { deleteItems, type Key } from './keys.ts';
import { makeTombstones } from './tombstone.ts';
import { eraseUnderPost, type UnderPost } from './underPosts.ts';

/**
 * What others left under posts that are in the archive alone. It comes before they are hidden, since their bundle is what
 * leads to it; nobody adds to it, since old posts take neither likes nor comments.
 */
export const eraseUnderArchive: Eraser = async ({ userId }, position) => {
  const place: Place = position === undefined ? { index: 0, what: 'likes' } : (JSON.parse(position) as Place);
  const { month, bundle, next } = await monthOf(userId, place.before);
  if (month === undefined) return { found: 0, next: null };
  const post = bundle?.posts[place.index];
  if (!post) return { found: 0, next: next === null ? null : nextMonth(next) };
  const { found, then } = await eraseUnderPost({ postId: post.postId, userId }, place);
  const following: Place = then
    ? { ...place, ...then }
    : { ...place, index: place.index + 1, what: 'likes', within: undefined };
  return { found, next: JSON.stringify(following) };
};

interface Place extends UnderPost {
  /** The month before the one whose turn it is. */
  readonly before?: Month;
  /** Of the post in its bundle. */
  readonly index: number;
}

function nextMonth(before: Month): string {
  return JSON.stringify({ before, index: 0, what: 'likes' } satisfies Place);
}

/**
 * Takes a month away from readers: its rows in the warehouse, then the notes that lead to posts of which the table has no
 * item any more. Such a note counts in its post's place, and its deletion has the post taken out of the bundle. It comes
 * while the table's own posts are still tombstones: without them, they would be counted twice.
 */
export const hideArchive: Eraser = async ({ userId, trace }, position) => {
  const { bundle, next } = await monthOf(userId, position);
  if (!bundle) return { found: 0, next };
  await takeFromWarehouse(bundle.part, idsOf(bundle));
  const notes = (await onlyArchived(bundle)).map(noteOf);
  await makeTombstones(required('POSTS_TABLE'), notes, trace);
  await deleteItems(required('POSTS_TABLE'), notes);
  return { found: bundle.posts.length, next };
};

/** Removes a month: what the archive's own worker has not taken out of the bundle by now, the notes, and the bundle. */
export const eraseArchive: Eraser = async ({ userId }, position) => {
  const { month, bundle, next } = await monthOf(userId, position);
  if (month === undefined) {
    const known = await batchGet(required('POSTS_TABLE'), [monthsKey(userId)]);
    if (known.length > 0) await deleteItems(required('POSTS_TABLE'), [monthsKey(userId)]);
    return { found: known.length, next: null };
  }
  if (bundle) {
    await takeFromWarehouse(bundle.part, idsOf(bundle));
    await deleteItems(required('POSTS_TABLE'), idsOf(bundle).map(noteOf));
    const { bucket, key } = bundleName({ authorId: userId, month });
    await deleteObjects(bucket, [key]);
  }
  return { found: bundle ? 1 : 0, next: next ?? month };
};

/** The first month after another one, with its bundle if there is one. `next`: itself, when there are later ones. */
async function monthOf(userId: string, after: Month | undefined) {
  const months = (await archivedMonths(userId)).filter((each) => after === undefined || each > after);
  const [month] = months;
  const bundle = month === undefined ? null : await readBundle({ authorId: userId, month });
  return { month, bundle, next: months.length > 1 && month !== undefined ? month : null };
}

/** Those of a bundle's posts of which the table has no item, dead or alive. */
async function onlyArchived(bundle: Bundle): Promise<readonly string[]> {
  const items = await batchGet(
    required('POSTS_TABLE'),
    idsOf(bundle).map((postId) => ({ postId, item: 'POST' })),
  );
  const there = new Set(items.map(({ postId }) => postId));
  return idsOf(bundle).filter((postId) => !there.has(postId));
}

function idsOf({ posts }: Bundle): readonly string[] {
  return posts.map(({ postId }) => postId);
}

function noteOf(postId: string): Key {
  return { postId, item: 'ARCHIVE' };
}
