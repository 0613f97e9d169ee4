import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../../shared/dynamodb.ts';
import { required } from '../../shared/environment.ts';
import { queryPage } from '../../shared/queryPage.ts';
import { eraseEdgesToward } from './edgesToward.ts';
import type { Erased, Eraser } from './eraser.ts';
import { keyOf, PAGE, type Key } from './keys.ts';
import { NOBODY } from './nobody.ts';

/** Where among what lies under one post. */
export interface UnderPost {
  readonly what: 'likes' | 'comments';
  readonly within?: string | undefined;
}

interface Place extends UnderPost {
  /** Where the index goes on with the post whose turn it is; absent: at its beginning. */
  readonly post?: string;
}

/**
 * What others left under the member's posts, which nobody can see any more: likes go; comments belong to who wrote them
 * and stay theirs, but no longer say whose post it was.
 */
export const eraseUnderPosts: Eraser = async ({ userId }, position) => {
  const place: Place = position === undefined ? { what: 'likes' } : (JSON.parse(position) as Place);
  const { items, next } = await queryPage({
    table: required('POSTS_TABLE'),
    index: 'byAuthor',
    partition: ['authorId', userId],
    limit: 1,
    position: place.post,
  });
  const [post] = items;
  if (!post) return { found: 0, next: null };
  const { found, then } = await eraseUnderPost({ postId: String(post.postId), userId }, place);
  if (then) return { found, next: JSON.stringify({ ...place, ...then } satisfies Place) };
  return { found, next: next === null ? null : JSON.stringify({ post: next, what: 'likes' } satisfies Place) };
};

/** A page of it. @returns where the next page begins; undefined: there is none. */
export async function eraseUnderPost(
  of: { readonly postId: string; readonly userId: string },
  { what, within }: UnderPost,
): Promise<{ readonly found: number; readonly then: UnderPost | undefined }> {
  const { found, next } =
    what === 'likes' ? await eraseEdgesToward('LIKE', of.postId, within) : await forgetPostAuthor(of, within);
  if (next !== null) return { found, then: { what, within: next } };
  return { found, then: what === 'likes' ? { what: 'comments', within: undefined } : undefined };
}

async function forgetPostAuthor(
  { postId, userId }: { readonly postId: string; readonly userId: string },
  position: string | undefined,
): Promise<Erased> {
  const { items, next } = await queryPage({
    table: required('COMMENTS_TABLE'),
    partition: ['bucket', `${postId}#0`],
    limit: PAGE,
    position,
  });
  const theirs = items.filter(({ authorId, postAuthorId }) => authorId !== userId && postAuthorId === userId);
  await Promise.all(theirs.map((comment) => forget(keyOf(comment, 'bucket', 'commentId'), userId)));
  return { found: theirs.length, next };
}

async function forget(Key: Key, userId: string): Promise<void> {
  try {
    await dynamodb.send(
      new UpdateCommand({
        TableName: required('COMMENTS_TABLE'),
        Key,
        UpdateExpression: 'SET postAuthorId = :nobody',
        ConditionExpression: 'postAuthorId = :member',
        ExpressionAttributeValues: { ':nobody': NOBODY, ':member': userId },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
