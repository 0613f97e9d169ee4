import { required } from '../../shared/environment.ts';
import type { Eraser } from './eraser.ts';
import { deleteItems, itemsBehind, keyOf } from './keys.ts';
import { leaveNotifications } from './leaveNotifications.ts';
import { isTombstone, makeTombstones } from './tombstone.ts';

/** Takes the comments away from readers, and from the counters. */
export const hideComments: Eraser = async ({ userId, trace }, position) => {
  const { items, next } = await commentsOf(userId, position);
  const live = items.filter((comment) => !isTombstone(comment));
  await makeTombstones(
    required('COMMENTS_TABLE'),
    live.map((comment) => keyOf(comment, 'bucket', 'commentId')),
    trace,
  );
  return { found: live.length, next };
};

/** Removes them, and the member from what their posts' authors were told. */
export const eraseComments: Eraser = async ({ userId, trace }, position) => {
  const { items, next } = await commentsOf(userId, position);
  await leaveNotifications(
    userId,
    items.map(({ postAuthorId, postId, createdAt }) => ({
      kind: 'COMMENT',
      recipientId: String(postAuthorId),
      subjectId: String(postId),
      createdAt: String(createdAt),
    })),
  );
  const keys = items.map((comment) => keyOf(comment, 'bucket', 'commentId'));
  await makeTombstones(required('COMMENTS_TABLE'), keys, trace);
  await deleteItems(required('COMMENTS_TABLE'), keys);
  return { found: items.length, next };
};

function commentsOf(userId: string, position: string | undefined) {
  return itemsBehind(
    { table: required('COMMENTS_TABLE'), index: 'byAuthor', partition: ['authorId', userId], position },
    'bucket',
    'commentId',
  );
}
