import { required } from '../../shared/environment.ts';
import { queryPage } from '../../shared/queryPage.ts';
import type { Image } from '../../shared/records.ts';
import type { Eraser } from './eraser.ts';
import { deleteItems, keyOf, PAGE } from './keys.ts';
import { leaveNotifications, type Told } from './leaveNotifications.ts';

/** The member's likes, follows, blocks and mutes, and the member in what others were told of them. */
export const eraseEdges: Eraser = async ({ userId }, position) => {
  const { items, next } = await queryPage({
    table: required('EDGES_TABLE'),
    partition: ['userId', userId],
    limit: PAGE,
    position,
  });
  await leaveNotifications(userId, items.flatMap(toldOf));
  await deleteItems(
    required('EDGES_TABLE'),
    items.map((item) => keyOf(item, 'userId', 'edge')),
  );
  return { found: items.length, next };
};

function toldOf({ kind, targetId, targetOwnerId, createdAt }: Image): readonly Told[] {
  const subjectId = String(targetId);
  if (kind === 'FOLLOW') return [{ kind, recipientId: subjectId, subjectId, createdAt: String(createdAt) }];
  if (kind !== 'LIKE' || typeof targetOwnerId !== 'string') return [];
  return [{ kind, recipientId: targetOwnerId, subjectId, createdAt: String(createdAt) }];
}
