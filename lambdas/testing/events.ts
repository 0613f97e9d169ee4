import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';

/** 2025-01-31T10:00:00Z */
export const AT = 1_738_317_600;

type Item = Readonly<Record<string, unknown>>;

export interface Happened {
  /** Makes the event id `event-n` and the sequence number `n00`. */
  readonly n: number;
  readonly before?: Item;
  readonly after?: Item;
  /** Epoch seconds. */
  readonly at?: number;
  /** DynamoDB removed it, since its time to live was over. */
  readonly expired?: boolean;
}

export function record({ n, before, after, at = AT, expired = false }: Happened): DynamoDBRecord {
  return {
    eventID: `event-${n}`,
    eventName: before ? (after ? 'MODIFY' : 'REMOVE') : 'INSERT',
    eventSourceARN: 'arn:aws:dynamodb:us-east-1:123456789012:table/hiroba-dev-edges/stream/2025-01-31T00:00:00.000',
    ...(expired ? { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } } : {}),
    dynamodb: {
      ApproximateCreationDateTime: at,
      SequenceNumber: `${n}00`,
      ...(before ? { OldImage: imageOf(before) } : {}),
      ...(after ? { NewImage: imageOf(after) } : {}),
    },
  };
}

export function streamEvent(...happened: readonly Happened[]): DynamoDBStreamEvent {
  return { Records: happened.map(record) };
}

/** The SDK and the Lambda types describe the same JSON with types that TypeScript tells apart. */
function imageOf(item: Item): NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']> {
  const image: Record<string, AttributeValue> = marshall(item, { removeUndefinedValues: true });
  return image as NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>;
}

export const like = (userId: string, postId: string, author = 'author'): Item => ({
  userId,
  edge: `LIKE#${postId}`,
  kind: 'LIKE',
  targetId: postId,
  targetOwnerId: author,
  subject: `LIKE#${postId}#0`,
  edgeId: '01JJXF4C000000000000000000',
  createdAt: '2025-01-31T10:00:00.250Z',
});

export const follow = (userId: string, targetId: string): Item => ({
  userId,
  edge: `FOLLOW#${targetId}`,
  kind: 'FOLLOW',
  targetId,
  subject: `FOLLOW#${targetId}#0`,
  edgeId: '01JJXF4C000000000000000000',
  createdAt: '2025-01-31T10:00:00.250Z',
});

export const block = (userId: string, targetId: string): Item => ({
  userId,
  edge: `BLOCK#${targetId}`,
  kind: 'BLOCK',
  targetId,
  edgeId: '01JJXF4C000000000000000000',
  createdAt: '2025-01-31T10:00:00.250Z',
});

export const post = (postId: string, attributes: Item = {}): Item => ({
  postId,
  item: 'POST',
  authorId: 'author',
  body: 'hello',
  visibility: 'PUBLIC',
  createdAt: '2025-01-31T10:00:00.000Z',
  ...attributes,
});

/** What is left of a post or comment when its author deletes it. */
export const deleted = (item: Item): Item => ({
  ...item,
  body: undefined,
  hashtags: undefined,
  deletedAt: '2025-01-31T11:00:00.000Z',
  expiresAt: AT + 604_800,
});

export const stats = (postId: string, likeCount: number, commentCount: number): Item => ({
  postId,
  item: 'STATS',
  likeCount,
  commentCount,
});

export const comment = (commentId: string, attributes: Item = {}): Item => ({
  bucket: 'p1#0',
  commentId,
  postId: 'p1',
  postAuthorId: 'author',
  authorId: 'ann',
  body: 'nice',
  createdAt: '2025-01-31T10:00:00.250Z',
  ...attributes,
});
