import { batchGet } from '../../shared/batchGet.ts';
import { archivedMonths, readBundle, type KeptPost } from '../../shared/bundles.ts';
import { required } from '../../shared/environment.ts';
import type { ReadPage } from './collect.ts';
import { postLine } from './sections.ts';

/** The posts that are in the archive alone: a page is a month, at most 500 of them. */
export const archivedPosts: ReadPage = async (userId, position) => {
  const months = (await archivedMonths(userId)).filter((month) => position === undefined || month > position);
  const [month] = months;
  if (month === undefined) return { lines: [], next: null };
  const bundle = await readBundle({ authorId: userId, month });
  const posts = await notInTable(bundle?.posts ?? []);
  return { lines: posts.map((post) => postLine({ ...post })), next: months.length > 1 ? month : null };
};

/** Without those that the table still has, dead or alive, and those that were deleted from the archive. */
async function notInTable(posts: readonly KeptPost[]): Promise<readonly KeptPost[]> {
  const keys = posts.flatMap(({ postId }) => [
    { postId, item: 'POST' },
    { postId, item: 'ARCHIVE' },
  ]);
  const items = await batchGet(required('POSTS_TABLE'), keys);
  const inTable = new Set(items.filter(({ item }) => item === 'POST').map(({ postId }) => postId));
  const live = new Set(
    items
      .filter(
        ({ item, deletedAt, removedAt }) => item === 'ARCHIVE' && deletedAt === undefined && removedAt === undefined,
      )
      .map(({ postId }) => postId),
  );
  return posts.filter(({ postId }) => !inTable.has(postId) && live.has(postId));
}
