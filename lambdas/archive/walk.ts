import { createHash } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { ArchiveMessage } from '../shared/archiveMessages.ts';
import type { Month } from '../shared/bundles.ts';
import { dynamodb } from '../shared/dynamodb.ts';
import { required } from '../shared/environment.ts';
import { firstHotMonth } from './months.ts';

type Walk = Extract<ArchiveMessage, { kind: 'walk' }>;

/** How many walks go on beside each other. */
const SEGMENTS = 8;
/** Members read by one message; a hundred authors of twenty posts a month make files of the warehouse of 65 rows. */
const PAGE = 100;

/** The walks that look for what became old. */
export function start(hotDays: number): ArchiveMessage[] {
  const before = firstHotMonth(Date.now(), hotDays);
  return Array.from({ length: SEGMENTS }, (_, segment) => ({ kind: 'walk', before, segment, segments: SEGMENTS }));
}

/** The same for the same page, and says nothing about whose posts are in it. */
function partOf(before: Month, first: string): string {
  return `${before}-${createHash('sha256').update(first).digest('hex').slice(0, 16)}`;
}

/**
 * One page of the members: those who have posts are looked at, and the next page is asked for. Whoever has posts has a
 * profile, and reading all of them costs less than an index of old posts, which each post would have to be written to.
 */
export async function walk({ before, segment, segments, from }: Walk): Promise<ArchiveMessage[]> {
  const { Items = [], LastEvaluatedKey } = await dynamodb.send(
    new ScanCommand({
      TableName: required('USERS_TABLE'),
      Segment: segment,
      TotalSegments: segments,
      Limit: PAGE,
      ProjectionExpression: 'userId',
      FilterExpression: 'postCount > :none',
      ExpressionAttributeValues: { ':none': 0 },
      ...(from === undefined ? {} : { ExclusiveStartKey: { userId: from } }),
    }),
  );
  const authorIds = Items.map(({ userId }) => String(userId));
  const [first] = authorIds;
  const next = LastEvaluatedKey?.['userId'] as string | undefined;
  return [
    ...(first === undefined ? [] : [{ kind: 'authors', before, part: partOf(before, first), authorIds } as const]),
    ...(next === undefined ? [] : [{ kind: 'walk', before, segment, segments, from: next } as const]),
  ];
}
