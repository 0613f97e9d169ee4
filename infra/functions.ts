import type { Grant } from './dataSourceTable.ts';
import type { TableKey } from './tables.ts';

/** A table's stream as the source of a function's events. */
export interface StreamSource {
  readonly table: TableKey;
  /**
   * Event patterns, of which a record must match one; a record that matches none costs no invocation.
   * https://docs.aws.amazon.com/lambda/latest/dg/with-ddb-filtering.html
   */
  readonly filters: readonly EventPattern[];
  /** Records in a batch, at most 10,000. */
  readonly batchSize: number;
  /** Seconds to wait for a batch to fill, 0-300. A longer window merges more changes into one write. */
  readonly windowSeconds: number;
}

export interface EventPattern {
  readonly eventName?: readonly ('INSERT' | 'MODIFY' | 'REMOVE')[];
  readonly dynamodb?: {
    readonly Keys: Readonly<Record<string, { readonly S: readonly (string | { readonly prefix: string })[] }>>;
  };
}

/**
 * A Lambda function: `lambdas/<key>/handler.ts`, which exports `handler`. Its role has exactly the grants below, and its
 * environment what they imply: `USERS_TABLE` and the like for each table granted, `GRAPHQL_ENDPOINT` when it publishes.
 */
export interface FunctionSpec {
  readonly streams: readonly StreamSource[];
  readonly grants: readonly Grant[];
  /** IAM-only mutations it may call, which feed the subscriptions. */
  readonly publishes?: readonly `publish${string}`[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeoutSeconds?: number;
  readonly memoryMegabytes?: number;
}

const likesAndFollows: EventPattern = {
  eventName: ['INSERT', 'REMOVE'],
  dynamodb: { Keys: { edge: { S: [{ prefix: 'LIKE#' }, { prefix: 'FOLLOW#' }] } } },
};
const newLikesAndFollows: EventPattern = { ...likesAndFollows, eventName: ['INSERT'] };
const created: EventPattern = { eventName: ['INSERT'] };
// Posts and comments are deleted by a change that leaves a tombstone, which DynamoDB removes days later.
const createdOrDeleted: EventPattern = { eventName: ['INSERT', 'MODIFY', 'REMOVE'] };
const postCreatedOrDeleted: EventPattern = { ...createdOrDeleted, dynamodb: { Keys: { item: { S: ['POST'] } } } };
const postDeleted: EventPattern = { ...postCreatedOrDeleted, eventName: ['MODIFY', 'REMOVE'] };
const postStatsChanged: EventPattern = {
  eventName: ['INSERT', 'MODIFY'],
  dynamodb: { Keys: { item: { S: ['STATS'] } } },
};

/**
 * Every function. To add one, add a row and `lambdas/<key>/handler.ts`.
 * A stream's shards serve two readers well; with more, each is throttled now and then and reads a little later.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
 */
export const lambdaFunctions = {
  /**
   * Likes, comments, followers and posts are counted here, once per batch and subject, never by the request. `ops` keeps
   * a marker of each change that was counted (decision 0010).
   */
  counters: {
    streams: [
      { table: 'edges', filters: [likesAndFollows], batchSize: 100, windowSeconds: 1 },
      { table: 'posts', filters: [postCreatedOrDeleted], batchSize: 100, windowSeconds: 1 },
      { table: 'comments', filters: [createdOrDeleted], batchSize: 100, windowSeconds: 1 },
    ],
    grants: [
      { table: 'posts', actions: ['UpdateItem'] },
      { table: 'users', actions: ['UpdateItem'] },
      { table: 'ops', actions: ['PutItem'] },
    ],
  },
  /** One `TAG#x` item per hashtag of a post, which is what the index byTag sees. */
  tags: {
    streams: [{ table: 'posts', filters: [postCreatedOrDeleted], batchSize: 100, windowSeconds: 0 }],
    grants: [{ table: 'posts', actions: ['ConditionCheckItem', 'PutItem', 'DeleteItem'] }],
  },
  /** The newest post ids of an author, which readers merge into their feeds. */
  digests: {
    streams: [{ table: 'posts', filters: [postCreatedOrDeleted], batchSize: 100, windowSeconds: 0 }],
    grants: [
      { table: 'posts', actions: ['ConditionCheckItem'] },
      { table: 'timelines', actions: ['GetItem', 'PutItem'] },
    ],
  },
  /**
   * Likes, comments and follows as notifications, and as events to those who are connected. Its windows are what keeps a
   * subscriber's events a second apart: a post's counters are in one shard, where DynamoDB takes fewer writes a second
   * than the batch has room for. `ops` keeps a marker of each person in a notification.
   */
  notifications: {
    streams: [
      { table: 'edges', filters: [newLikesAndFollows], batchSize: 100, windowSeconds: 1 },
      { table: 'comments', filters: [created], batchSize: 100, windowSeconds: 1 },
      { table: 'posts', filters: [postStatsChanged], batchSize: 1000, windowSeconds: 1 },
    ],
    grants: [
      { table: 'users', actions: ['GetItem', 'UpdateItem'] },
      { table: 'edges', actions: ['BatchGetItem'] },
      { table: 'notifications', actions: ['GetItem', 'PutItem'] },
      { table: 'ops', actions: ['PutItem'] },
    ],
    publishes: ['publishNotification', 'publishComment', 'publishPostEngagement'],
    timeoutSeconds: 60,
  },
  /** The posts that are liked and commented on most, kept ready in one item. */
  trending: {
    streams: [{ table: 'posts', filters: [postStatsChanged, postDeleted], batchSize: 100, windowSeconds: 5 }],
    grants: [
      { table: 'posts', actions: ['BatchGetItem'] },
      { table: 'ops', actions: ['GetItem', 'PutItem'] },
    ],
  },
} as const satisfies Record<string, FunctionSpec>;

/** A function that the CDN asks by HTTP, at `lambdas/<key>/handler.ts`. It reads no table: it has an API key. */
export interface UrlFunctionSpec {
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
}

export const publicReads = {
  /** `GET /q/{hash}`: the public operations of `schema/operations`, when the CDN has no answer kept. */
  persistedQuery: { timeoutSeconds: 10, memoryMegabytes: 256 },
} as const satisfies Record<'persistedQuery', UrlFunctionSpec>;
