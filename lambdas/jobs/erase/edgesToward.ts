import { batchGet } from '../../shared/batchGet.ts';
import { required } from '../../shared/environment.ts';
import { subjectPartitions } from '../../shared/followers.ts';
import { queryPage } from '../../shared/queryPage.ts';
import type { Eraser, Erased } from './eraser.ts';
import { deleteItems, keyOf, PAGE } from './keys.ts';

interface Place {
  /** Which of the subject's partitions. */
  readonly partition: number;
  /** Where in it. */
  readonly within?: string;
}

/** Whoever follows the member does so no longer. */
export const eraseFollowers: Eraser = ({ userId }, position) => eraseEdgesToward('FOLLOW', userId, position);

/** Others' likes of a post, or follows of a member: a page of them. */
export async function eraseEdgesToward(
  kind: 'LIKE' | 'FOLLOW',
  id: string,
  position: string | undefined,
): Promise<Erased> {
  const { partition, within }: Place = position === undefined ? { partition: 0 } : (JSON.parse(position) as Place);
  const partitions = subjectPartitions(kind, id);
  const { items, next } = await queryPage({
    table: required('EDGES_TABLE'),
    index: 'bySubject',
    partition: ['subject', partitions[partition] ?? ''],
    limit: PAGE,
    position: within,
  });
  const there = await batchGet(
    required('EDGES_TABLE'),
    items.map((item) => keyOf(item, 'userId', 'edge')),
  );
  await deleteItems(
    required('EDGES_TABLE'),
    there.map((item) => keyOf(item, 'userId', 'edge')),
  );
  return { found: there.length, next: placeAfter({ partition, next, last: partitions.length - 1 }) };
}

function placeAfter({ partition, next, last }: { partition: number; next: string | null; last: number }) {
  if (next !== null) return JSON.stringify({ partition, within: next } satisfies Place);
  return partition < last ? JSON.stringify({ partition: partition + 1 } satisfies Place) : null;
}
