import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '../shared/batchGet.ts';
import { archivedMonths, readBundle } from '../shared/bundles.ts';
import { dynamodb } from '../shared/dynamodb.ts';
import { required } from '../shared/environment.ts';
import { subjectPartitions } from '../shared/followers.ts';
import { isLive } from '../shared/items.ts';
import type { CounterName, CountPosition } from '../shared/recountMessages.ts';

/** Requests in one step: each reads up to 1 MB of edges or comments, some thousands. */
const MAX_REQUESTS = 10;
/** Posts in one request: they are read one by one, to see which are live. */
const POSTS_PER_REQUEST = 100;
/** Bundles in one request. */
const MONTHS_PER_REQUEST = 12;

export interface CountStep {
  readonly counted: number;
  /** Undefined: that was all. */
  readonly next: CountPosition | undefined;
}

/** A Query without its page. */
type Query = Omit<QueryCommandInput, 'Limit' | 'ExclusiveStartKey' | 'Select'>;
type List = Query | 'bundles';

/** Counts what a counter stands for, from a position on, for some requests. */
export async function countStep(
  counter: CounterName,
  id: string,
  position: CountPosition | undefined,
): Promise<CountStep> {
  const lists = listsOf(counter, id);
  let counted = 0;
  let next: CountPosition | undefined = position ?? { list: 0 };
  for (let request = 0; next && request < MAX_REQUESTS; request += 1) {
    const list: List | undefined = lists[next.list];
    if (!list) break;
    const page = await countPage(counter, id, { list, position: next });
    counted += page.counted;
    if (page.key) next = { list: next.list, key: page.key };
    else next = next.list + 1 < lists.length ? { list: next.list + 1 } : undefined;
  }
  return { counted, next };
}

async function countPage(
  counter: CounterName,
  id: string,
  { list, position }: { readonly list: List; readonly position: CountPosition },
): Promise<Page> {
  if (list === 'bundles') return countArchived(id, position);
  return counter === 'postCount' ? countPosts(list, position) : count(list, position);
}

/** What each counter stands for: the rules of `lambdas/counters/deltas.ts`, asked of the tables. */
function listsOf(counter: CounterName, id: string): readonly List[] {
  switch (counter) {
    case 'followerCount':
      return subjectPartitions('FOLLOW', id).map(bySubject);
    case 'likeCount':
      return subjectPartitions('LIKE', id).map(bySubject);
    case 'followingCount':
      return [
        {
          TableName: required('EDGES_TABLE'),
          KeyConditionExpression: 'userId = :user AND begins_with(edge, :follow)',
          ExpressionAttributeValues: { ':user': id, ':follow': 'FOLLOW#' },
          ConsistentRead: true,
        },
      ];
    case 'commentCount':
      return [
        {
          TableName: required('COMMENTS_TABLE'),
          KeyConditionExpression: '#bucket = :bucket',
          FilterExpression: 'attribute_not_exists(deletedAt) AND attribute_not_exists(removedAt)',
          ExpressionAttributeNames: { '#bucket': 'bucket' },
          ExpressionAttributeValues: { ':bucket': `${id}#0` },
          ConsistentRead: true,
        },
      ];
    case 'postCount':
      return [postsBy(id), 'bundles'];
  }
}

function bySubject(subject: string): Query {
  return {
    TableName: required('EDGES_TABLE'),
    IndexName: 'bySubject',
    KeyConditionExpression: 'subject = :subject',
    ExpressionAttributeValues: { ':subject': subject },
  };
}

/** The index by which posts are found by author, deleted ones as well. */
export function postsBy(userId: string): Query {
  return {
    TableName: required('POSTS_TABLE'),
    IndexName: 'byAuthor',
    KeyConditionExpression: 'authorId = :author',
    ExpressionAttributeValues: { ':author': userId },
  };
}

interface Page {
  readonly counted: number;
  readonly key: Readonly<Record<string, string>> | undefined;
}

async function count(list: Query, { key }: CountPosition): Promise<Page> {
  const { Count = 0, LastEvaluatedKey } = await dynamodb.send(
    new QueryCommand({ ...list, Select: 'COUNT', ExclusiveStartKey: key }),
  );
  return { counted: Count, key: LastEvaluatedKey };
}

async function countPosts(list: Query, { key }: CountPosition): Promise<Page> {
  const { Items = [], LastEvaluatedKey } = await dynamodb.send(
    new QueryCommand({ ...list, Limit: POSTS_PER_REQUEST, ExclusiveStartKey: key }),
  );
  const keys = Items.map(({ postId }) => ({ postId: String(postId), item: 'POST' }));
  const posts = await batchGet(required('POSTS_TABLE'), keys);
  // What is in the archive, too, is counted there.
  const counted = posts.filter((post) => isLive(post) && post.archivedAt === undefined).length;
  return { counted, key: LastEvaluatedKey };
}

async function countArchived(authorId: string, { key }: CountPosition): Promise<Page> {
  const months = (await archivedMonths(authorId)).filter((month) => month > (key?.month ?? ''));
  const read = months.slice(0, MONTHS_PER_REQUEST);
  const bundles = await Promise.all(read.map((month) => readBundle({ authorId, month })));
  const counted = bundles.reduce((sum, bundle) => sum + (bundle?.posts.length ?? 0), 0);
  const last = read.at(-1);
  return { counted, key: last !== undefined && read.length < months.length ? { month: last } : undefined };
}
