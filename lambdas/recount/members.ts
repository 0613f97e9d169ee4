import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../shared/dynamodb.ts';
import { required } from '../shared/environment.ts';
import type { Job } from '../shared/queueHandler.ts';
import type { Count, CounterName, Member, MemberPosts, Members, Night } from '../shared/recountMessages.ts';
import type { OutgoingMessage } from '../shared/sendMessages.ts';
import { compare } from './compare.ts';
import { postsBy } from './countStep.ts';

const DAY = 24 * 60 * 60 * 1_000;
const MEMBERS_PER_MESSAGE = 100;
const POSTS_PER_MESSAGE = 25;

/**
 * Chooses the night's share: the table is cut into as many segments as it has hundred thousands of items, and the night's number
 * says which. Half of the items are handles, so the share is smaller than that.
 */
export async function beginNight({ due }: Night): Promise<OutgoingMessage[]> {
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: required('USERS_TABLE') }));
  const segments = Math.max(1, Math.ceil((Table?.ItemCount ?? 0) / Number(required('MEMBERS_PER_NIGHT'))));
  const segment = Math.floor(Date.parse(due) / DAY) % segments;
  return [{ body: { kind: 'members', segment, segments } satisfies Members }];
}

/** A message for each member of a page, and one for the next page. Deleted accounts have no counters to show. */
export async function eachMember(message: Members): Promise<OutgoingMessage[]> {
  const { segment, segments, after } = message;
  const { Items = [], LastEvaluatedKey } = await dynamodb.send(
    new ScanCommand({
      TableName: required('USERS_TABLE'),
      Segment: segment,
      TotalSegments: segments,
      Limit: MEMBERS_PER_MESSAGE,
      ExclusiveStartKey: after === undefined ? undefined : { userId: after },
      FilterExpression: 'attribute_not_exists(ownerId) AND #status <> :deleted',
      ProjectionExpression: 'userId',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':deleted': 'DELETED' },
    }),
  );
  const next: Members | undefined = LastEvaluatedKey && { ...message, after: String(LastEvaluatedKey.userId) };
  return [
    ...Items.map(({ userId }) => ({ body: { kind: 'member', userId: String(userId) } satisfies Member })),
    ...(next ? [{ body: next }] : []),
  ];
}

export async function oneMember({ userId }: Member, job: Job): Promise<OutgoingMessage[]> {
  const later = await compareAll(userId, ['followerCount', 'followingCount', 'postCount'], job);
  return [...later, { body: { kind: 'posts', userId } satisfies MemberPosts }];
}

/** Deleted posts as well: their likes and comments go on being counted. */
export async function postsOfMember(message: MemberPosts, job: Job): Promise<OutgoingMessage[]> {
  const { userId, after } = message;
  const { Items = [], LastEvaluatedKey } = await dynamodb.send(
    new QueryCommand({
      ...postsBy(userId),
      Limit: POSTS_PER_MESSAGE,
      ExclusiveStartKey: after === undefined ? undefined : { authorId: userId, postId: after, item: 'POST' },
    }),
  );
  const later: OutgoingMessage[] = [];
  for (const { postId } of Items) later.push(...(await compareAll(String(postId), ['likeCount', 'commentCount'], job)));
  const next: MemberPosts | undefined = LastEvaluatedKey && { ...message, after: String(LastEvaluatedKey.postId) };
  return [...later, ...(next ? [{ body: next }] : [])];
}

async function compareAll(id: string, names: readonly CounterName[], job: Job): Promise<OutgoingMessage[]> {
  const first = (counter: CounterName): Count => ({ kind: 'count', counter, id, counted: 0, differences: [] });
  const later = await Promise.all(names.map((name) => compare(first(name), job)));
  return later.filter((message) => message !== undefined);
}
