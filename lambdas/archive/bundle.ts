import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import {
  bundleName,
  MAX_BUNDLE_POSTS,
  monthsKey,
  parseBundle,
  type Bundle,
  type KeptPost,
  type Month,
} from '../shared/bundles.ts';
import { dynamodb } from '../shared/dynamodb.ts';
import { required } from '../shared/environment.ts';
import { rewriteObject } from '../shared/rewriteObject.ts';
import { lowestId, monthAfter } from './months.ts';

/**
 * Adds posts to their author's month and notes the month with the author. What does not fit any more is left out, and
 * stays in the table, where it is read as before.
 * @returns the bundle as it is stored.
 */
export async function addToBundle(
  { authorId, month, part }: Pick<Bundle, 'authorId' | 'month' | 'part'>,
  posts: readonly KeptPost[],
): Promise<Bundle> {
  const empty = { authorId, month, part, start: lowestId(month), end: lowestId(monthAfter(month)), posts: [] };
  let bundle: Bundle = empty;
  await rewriteBundle({ authorId, month }, (stored) => {
    const known = stored ?? empty;
    const ids = new Set(known.posts.map(({ postId }) => postId));
    const added = posts.filter(({ postId }) => !ids.has(postId)).slice(0, MAX_BUNDLE_POSTS - known.posts.length);
    bundle = { ...known, posts: [...known.posts, ...added].sort((a, b) => (a.postId < b.postId ? -1 : 1)) };
    return added.length > 0 ? bundle : null;
  });
  await noteMonth(authorId, month);
  return bundle;
}

export async function takeFromBundle(author: Pick<Bundle, 'authorId' | 'month'>, postId: string): Promise<void> {
  await rewriteBundle(author, (stored) => {
    const posts = (stored?.posts ?? []).filter((post) => post.postId !== postId);
    return stored && posts.length < stored.posts.length ? { ...stored, posts } : null;
  });
}

type Change = (stored: Bundle | null) => Bundle | null;

async function rewriteBundle(author: Pick<Bundle, 'authorId' | 'month'>, change: Change): Promise<void> {
  await rewriteObject(bundleName(author), {
    contentType: 'application/json',
    async change(bytes) {
      const next = change(bytes && parseBundle(bytes));
      return next && new TextEncoder().encode(JSON.stringify(next));
    },
  });
}

/** A set takes each once. */
async function noteMonth(authorId: string, month: Month): Promise<void> {
  await dynamodb.send(
    new UpdateCommand({
      TableName: required('POSTS_TABLE'),
      Key: monthsKey(authorId),
      UpdateExpression: 'ADD #months :month',
      ExpressionAttributeNames: { '#months': 'months' },
      ExpressionAttributeValues: { ':month': new Set([month]) },
    }),
  );
}
