import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from './dynamodb.ts';
import { required } from './environment.ts';

/** Where to go on reading: behind an edge id within a partition of the index bySubject, or at the partition's start. */
export interface FollowersPosition {
  readonly partition: string;
  readonly after?: string | undefined;
}

export interface FollowersPage {
  /** User ids, those who have followed for longest first. */
  readonly followerIds: readonly string[];
  /** Undefined: that was the last page. */
  readonly next: FollowersPosition | undefined;
}

/** The partitions of the index bySubject that list who likes a post or follows a user; `putFollow` and `putLike` write to them. */
export function subjectPartitions(kind: 'LIKE' | 'FOLLOW', id: string): readonly [string, ...string[]] {
  return [`${kind}#${id}#0`];
}

/**
 * Followers of a user by the index bySubject, which is eventually consistent. Edge ids are ULIDs, made when the edge is
 * written, so who follows in the meantime comes behind the position.
 * @param size followers at most; a page may be shorter, and even empty, before the last.
 */
export async function followersPage(
  userId: string,
  position: FollowersPosition | undefined,
  size: number,
): Promise<FollowersPage> {
  const partitions = subjectPartitions('FOLLOW', userId);
  const { partition, after } = position ?? { partition: partitions[0] };
  const { Items = [], LastEvaluatedKey } = await dynamodb.send(
    new QueryCommand({
      TableName: required('EDGES_TABLE'),
      IndexName: 'bySubject',
      KeyConditionExpression: after === undefined ? 'subject = :subject' : 'subject = :subject AND edgeId > :after',
      ExpressionAttributeValues: { ':subject': partition, ...(after === undefined ? {} : { ':after': after }) },
      Limit: size,
    }),
  );
  return {
    followerIds: [...new Set(Items.map(({ userId: followerId }) => String(followerId)))],
    next: LastEvaluatedKey
      ? { partition, after: String(LastEvaluatedKey.edgeId) }
      : nextPartition(partitions, partition),
  };
}

function nextPartition(partitions: readonly string[], partition: string): FollowersPosition | undefined {
  const next = partitions[partitions.indexOf(partition) + 1];
  return next === undefined ? undefined : { partition: next };
}
