import type { BucketGrant, BucketKey } from './buckets.ts';
import type { DynamoAction, Grant } from './dataSourceTable.ts';
import type { ParameterKey } from './parameters.ts';
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
    readonly Keys?: TextPatterns;
    readonly NewImage?: TextPatterns;
  };
}

/** By the attribute, which is a text: what it is, or what it begins with. */
type TextPatterns = Readonly<Record<string, { readonly S: readonly (string | { readonly prefix: string })[] }>>;

/** A queue of the function's own, with another one for what it gave up (`npm run redrive`). */
export interface QueueSource {
  /** Messages in a batch, at most 10 without a window. */
  readonly batchSize: number;
  /** Seconds to wait for a batch to fill, 0-300. */
  readonly windowSeconds?: number;
  /** Deliveries of a message before it is given up. */
  readonly maxReceives: number;
  /** Batches that are worked on at a time, 2-1,000: what is behind the function sets it, or the rung. Absent: as Lambda scales. */
  readonly concurrency?: number | 'timelineWriters';
  /** Somebody is told when the oldest message is older. */
  readonly alarmAgeSeconds: number;
}

/** Sends a message to the function's queue by the clock. */
export interface ScheduleSource {
  /** `cron(...)` or `rate(...)`: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
  readonly expression: string;
  /** IANA name; default UTC. */
  readonly timeZone?: string;
  /** JSON. `<aws.scheduler.scheduled-time>` in a text becomes the time it was due. */
  readonly message: Readonly<Record<string, string | number>>;
}

/** Objects that arrive in a bucket, as messages of the function's queue. */
export interface ArrivalSource {
  readonly bucket: BucketKey;
  readonly prefix?: string;
}

/** A page of the site that is made by the function. Anybody may ask for it, and post to it. */
export interface SitePage {
  readonly path: `/${string}`;
  /** Parameters of the address that reach the function; no other, no cookie and no header does. */
  readonly parameters: readonly string[];
}

/** Functions go through tables and write many items at once, which no request does. */
export type FunctionAction = DynamoAction | 'BatchWriteItem' | 'Scan' | 'DescribeTable';

/** Layers that are not built here: see docs/deploy.md. Each is named after the package that is in it. */
export type LayerName = 'sharp';

/**
 * A Lambda function: `lambdas/<key>/handler.ts`, which exports `handler`. Its role has exactly the rights below, and its
 * environment what they imply: `USERS_TABLE` and the like for each table granted, `PHOTOS_BUCKET` for each bucket,
 * `FAN_OUT_QUEUE_URL` for each queue it sends to, `SITE_URL_PARAMETER` for each parameter, `GRAPHQL_ENDPOINT` when it
 * publishes.
 */
export interface FunctionSpec {
  readonly streams?: readonly StreamSource[];
  readonly queue?: QueueSource;
  /** By a name that is unique among all schedules. They need `queue`, as arrivals do. */
  readonly schedules?: Readonly<Record<string, ScheduleSource>>;
  readonly arrivals?: readonly ArrivalSource[];
  readonly page?: SitePage;
  readonly grants: readonly Grant<FunctionAction>[];
  readonly buckets?: readonly BucketGrant[];
  /** Keys of functions to whose queues it sends, its own among them if it goes on later. */
  readonly sends?: readonly string[];
  /** IAM-only mutations it may call, which feed the subscriptions. */
  readonly publishes?: readonly `publish${string}`[];
  /** Actions on the user pool; `USER_POOL_ID` is in its environment. */
  readonly members?: readonly (`Admin${string}` | 'ListUsers')[];
  /** Whether it sends mail: the sender, the configuration set and the templates are in its environment. */
  readonly mails?: true;
  /** Parameters of Systems Manager that it reads. */
  readonly parameters?: readonly ParameterKey[];
  readonly layers?: readonly LayerName[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeoutSeconds?: number;
  readonly memoryMegabytes?: number;
}

const likesAndFollows: EventPattern = {
  eventName: ['INSERT', 'REMOVE'],
  dynamodb: { Keys: { edge: { S: [{ prefix: 'LIKE#' }, { prefix: 'FOLLOW#' }] } } },
};
const followsBegunOrEnded: EventPattern = {
  eventName: ['INSERT', 'REMOVE'],
  dynamodb: { Keys: { edge: { S: [{ prefix: 'FOLLOW#' }] } } },
};
const newLikesAndFollows: EventPattern = { ...likesAndFollows, eventName: ['INSERT'] };
const changedOrGone: EventPattern = { eventName: ['MODIFY', 'REMOVE'] };
const created: EventPattern = { eventName: ['INSERT'] };
// Posts and comments are deleted by a change that leaves a tombstone, which DynamoDB removes days later.
const createdOrDeleted: EventPattern = { eventName: ['INSERT', 'MODIFY', 'REMOVE'] };
const postCreatedOrDeleted: EventPattern = { ...createdOrDeleted, dynamodb: { Keys: { item: { S: ['POST'] } } } };
/** What stays of a post that left the table for the archive, when that post is deleted. */
const archivedPostDeleted: EventPattern = { eventName: ['MODIFY'], dynamodb: { Keys: { item: { S: ['ARCHIVE'] } } } };
const postDeleted: EventPattern = { ...postCreatedOrDeleted, eventName: ['MODIFY', 'REMOVE'] };
const jobRequested: EventPattern = { ...created, dynamodb: { Keys: { operationId: { S: [{ prefix: 'JOB#' }] } } } };
const postStatsChanged: EventPattern = {
  eventName: ['INSERT', 'MODIFY'],
  dynamodb: { Keys: { item: { S: ['STATS'] } } },
};

// Handles are items of the same table, and are seen and left.
const profileMade: EventPattern = { eventName: ['INSERT'] };
// Counters change profiles all the time; of those with a digest only, which few have.
const settingsChanged: EventPattern = {
  eventName: ['MODIFY'],
  dynamodb: { NewImage: { digest: { S: ['NEVER', 'DAILY', 'WEEKLY'] } } },
};

const announcementMade: EventPattern = {
  ...created,
  dynamodb: { Keys: { operationId: { S: [{ prefix: 'ANNOUNCEMENT#' }] } } },
};

/** Whose mornings digests come in. */
const TIME_ZONE = 'Asia/Tokyo';

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
      { table: 'posts', filters: [postCreatedOrDeleted, archivedPostDeleted], batchSize: 100, windowSeconds: 1 },
      { table: 'comments', filters: [createdOrDeleted], batchSize: 100, windowSeconds: 1 },
    ],
    grants: [
      { table: 'posts', actions: ['UpdateItem'] },
      { table: 'users', actions: ['UpdateItem'] },
      { table: 'ops', actions: ['PutItem'] },
    ],
  },
  /**
   * What follows from a post that appears or goes: one `TAG#x` item per hashtag, which is what the index byTag sees, the
   * author's digest, the newest post ids, which readers may merge into their feeds, the fan-out to followers, and the end of
   * its photos. The archive is told of deletions.
   */
  posts: {
    streams: [
      { table: 'posts', filters: [postCreatedOrDeleted, archivedPostDeleted], batchSize: 100, windowSeconds: 0 },
    ],
    grants: [
      { table: 'posts', actions: ['ConditionCheckItem', 'PutItem', 'DeleteItem'] },
      { table: 'timelines', actions: ['GetItem', 'PutItem'] },
      { table: 'media', actions: ['UpdateItem'] },
    ],
    sends: ['archive', 'fanOut'],
  },
  /** What follows from a follow that begins or ends: a change of the follower's timeline. */
  follows: {
    streams: [{ table: 'edges', filters: [followsBegunOrEnded], batchSize: 100, windowSeconds: 0 }],
    grants: [],
    sends: ['fanOut'],
  },
  /**
   * Brings posts to the timelines of followers, page by page (decision 0017). `concurrency` times `WRITES_PER_SECOND` is what the
   * timelines are written at most: the queue takes what is more. An author with `CELEBRITY_FOLLOWERS` or more
   * is merged at read instead.
   */
  fanOut: {
    queue: { batchSize: 5, maxReceives: 5, concurrency: 'timelineWriters', alarmAgeSeconds: 300 },
    grants: [
      { table: 'edges', actions: ['GetItem'] },
      { table: 'edges', actions: ['Query'], indexes: ['bySubject'], base: false },
      { table: 'posts', actions: ['GetItem'] },
      { table: 'users', actions: ['GetItem', 'UpdateItem'] },
      { table: 'timelines', actions: ['GetItem', 'Query', 'BatchWriteItem'] },
    ],
    sends: ['fanOut'],
    environment: { CELEBRITY_FOLLOWERS: '10000', WRITES_PER_SECOND: '1500' },
    timeoutSeconds: 60,
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
  /**
   * Proves at night that counters are what was counted, and repairs those that are not (decision 0024): 100,000 members and their
   * posts in a night, and the others in the nights after.
   */
  recount: {
    queue: { batchSize: 10, maxReceives: 5, concurrency: 2, alarmAgeSeconds: 2 * 3600 },
    schedules: {
      nightlyRecount: {
        expression: 'cron(15 3 * * ? *)',
        message: { kind: 'night', due: '<aws.scheduler.scheduled-time>' },
      },
    },
    grants: [
      { table: 'users', actions: ['DescribeTable', 'Scan', 'GetItem', 'UpdateItem'] },
      { table: 'posts', actions: ['GetItem', 'BatchGetItem', 'UpdateItem'] },
      { table: 'posts', actions: ['Query'], indexes: ['byAuthor'], base: false },
      { table: 'edges', actions: ['Query'], indexes: ['bySubject'] },
      { table: 'comments', actions: ['Query'] },
    ],
    buckets: [{ bucket: 'archive', actions: ['GetObject', 'ListBucket'] }],
    sends: ['recount'],
    environment: { MEMBERS_PER_NIGHT: '100000' },
    timeoutSeconds: 60,
  },
  /**
   * Once a month, what became older than HOT_DAYS: a JSON bundle for each author and month, rows of Parquet for the
   * warehouse, and then an end for the posts in the table (decision 0019). By the third of a month the one before last but
   * one is old, however short the months between are.
   */
  archive: {
    queue: { batchSize: 1, maxReceives: 5, concurrency: 10, alarmAgeSeconds: 3600 },
    schedules: { archiveMonthly: { expression: 'cron(0 3 3 * ? *)', message: { kind: 'start' } } },
    grants: [
      { table: 'users', actions: ['Scan'] },
      { table: 'posts', actions: ['BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem'] },
      { table: 'posts', actions: ['Query'], indexes: ['byAuthor'], base: false },
      { table: 'media', actions: ['UpdateItem'] },
    ],
    buckets: [
      { bucket: 'archive', actions: ['GetObject', 'PutObject', 'ListBucket'] },
      { bucket: 'warehouse', actions: ['GetObject', 'PutObject', 'ListBucket'], prefix: 'posts/' },
    ],
    sends: ['archive'],
    environment: { HOT_DAYS: '90' },
    timeoutSeconds: 120,
    memoryMegabytes: 512,
  },
  /** The posts that are liked and commented on most, kept ready in one item. */
  trending: {
    streams: [{ table: 'posts', filters: [postStatsChanged, postDeleted], batchSize: 100, windowSeconds: 5 }],
    grants: [
      { table: 'posts', actions: ['BatchGetItem'] },
      { table: 'ops', actions: ['GetItem', 'PutItem'] },
    ],
  },
  /**
   * What follows from a profile: a welcome by mail to whoever has just made one, and the list of those who want digests,
   * which is items of `ops` in the index byStatus.
   */
  profiles: {
    streams: [{ table: 'users', filters: [profileMade, settingsChanged], batchSize: 100, windowSeconds: 1 }],
    grants: [{ table: 'ops', actions: ['PutItem', 'DeleteItem'] }],
    sends: ['mail'],
  },
  /** What follows from an announcement that an operator has made: the work of telling everyone. */
  announcementStarts: {
    streams: [{ table: 'ops', filters: [announcementMade], batchSize: 10, windowSeconds: 0 }],
    grants: [],
    sends: ['announcements'],
  },
  /**
   * Tells everyone of an announcement, 100 items of `users` a message: by a notification, by an event, and by mail to those who
   * want digests (decision 0018).
   */
  announcements: {
    queue: { batchSize: 1, maxReceives: 5, concurrency: 4, alarmAgeSeconds: 3600 },
    grants: [
      { table: 'ops', actions: ['GetItem'] },
      { table: 'users', actions: ['Scan', 'GetItem', 'UpdateItem'] },
      { table: 'notifications', actions: ['PutItem'] },
    ],
    sends: ['announcements', 'mail'],
    publishes: ['publishNotification'],
    timeoutSeconds: 60,
  },
  /** Each morning, what members have not read, to those who want it: 50 members a message (decision 0018). */
  digests: {
    queue: { batchSize: 1, maxReceives: 5, concurrency: 4, alarmAgeSeconds: 3600 },
    schedules: {
      morning: {
        expression: 'cron(0 7 * * ? *)',
        timeZone: TIME_ZONE,
        message: { kind: 'morning', at: '<aws.scheduler.scheduled-time>' },
      },
    },
    grants: [
      { table: 'ops', actions: ['DeleteItem'] },
      { table: 'ops', actions: ['Query'], indexes: ['byStatus'], base: false },
      { table: 'users', actions: ['BatchGetItem'] },
      { table: 'posts', actions: ['BatchGetItem'] },
      { table: 'edges', actions: ['BatchGetItem'] },
      { table: 'notifications', actions: ['Query'] },
    ],
    sends: ['digests', 'mail'],
    environment: { DIGEST_TIME_ZONE: TIME_ZONE },
    timeoutSeconds: 60,
  },
  /** Ends the digests of whoever follows the link in one, signed in or not. */
  unsubscribe: {
    page: { path: '/unsubscribe', parameters: ['t'] },
    grants: [{ table: 'users', actions: ['GetItem', 'UpdateItem'] }],
    timeoutSeconds: 10,
  },
  /**
   * Every mail of our own goes through here, at the rate that SES allows. A message has up to 50 mails of one template. `ops`
   * keeps a marker of each mail, so that it is sent once at most (decision 0018).
   */
  mail: {
    queue: { batchSize: 1, maxReceives: 8, concurrency: 2, alarmAgeSeconds: 3600 },
    grants: [
      { table: 'users', actions: ['BatchGetItem', 'UpdateItem'] },
      { table: 'ops', actions: ['PutItem', 'DeleteItem'] },
    ],
    members: ['AdminGetUser', 'ListUsers'],
    mails: true,
    parameters: ['siteUrl'],
    timeoutSeconds: 90,
  },
  /** Each new `JOB#` item becomes the first message of its work, so that a job that was answered cannot be lost. */
  jobStarts: {
    streams: [{ table: 'ops', filters: [jobRequested], batchSize: 10, windowSeconds: 0 }],
    grants: [],
    sends: ['jobs'],
  },
  /**
   * Works on exports and erasures step by step: a message does a bounded piece and sends the next one (decision 0020). Nobody
   * else may delete what is another's.
   */
  jobs: {
    queue: { batchSize: 1, maxReceives: 5, concurrency: 5, alarmAgeSeconds: 3600 },
    grants: [
      { table: 'ops', actions: ['GetItem', 'BatchGetItem', 'UpdateItem', 'BatchWriteItem'] },
      { table: 'ops', actions: ['Query'], indexes: ['byStatus', 'byReporter', 'bySubjectOwner'], base: false },
      { table: 'users', actions: ['GetItem', 'BatchGetItem', 'UpdateItem', 'DeleteItem'] },
      { table: 'posts', actions: ['GetItem', 'BatchGetItem', 'UpdateItem', 'BatchWriteItem'] },
      { table: 'posts', actions: ['Query'], indexes: ['byAuthor'], base: false },
      { table: 'comments', actions: ['Query', 'BatchGetItem', 'UpdateItem', 'BatchWriteItem'], indexes: ['byAuthor'] },
      { table: 'edges', actions: ['Query', 'BatchGetItem', 'BatchWriteItem'], indexes: ['bySubject'] },
      { table: 'timelines', actions: ['Query', 'BatchWriteItem'] },
      {
        table: 'notifications',
        actions: ['GetItem', 'Query', 'BatchGetItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'],
      },
      { table: 'media', actions: ['BatchGetItem', 'BatchWriteItem'] },
      { table: 'media', actions: ['Query'], indexes: ['byOwner'], base: false },
    ],
    buckets: [
      { bucket: 'exports', actions: ['GetObject', 'PutObject', 'DeleteObject', 'ListBucket'] },
      { bucket: 'photos', actions: ['GetObject', 'DeleteObject', 'ListBucket'], prefix: 'media/' },
      { bucket: 'uploads', actions: ['DeleteObject'], prefix: 'photos/' },
      { bucket: 'evidence', actions: ['DeleteObject', 'ListBucket'], prefix: 'reports/' },
      { bucket: 'archive', actions: ['GetObject', 'DeleteObject', 'ListBucket'] },
      { bucket: 'warehouse', actions: ['GetObject', 'PutObject', 'ListBucket'], prefix: 'posts/' },
    ],
    members: ['AdminUserGlobalSignOut', 'AdminDisableUser', 'AdminDeleteUser', 'ListUsers'],
    sends: ['jobs', 'mail'],
    timeoutSeconds: 60,
    // A zip of 64 MB of text is made in memory.
    memoryMegabytes: 1024,
  },
  /** Signs links to the archives of an export, when their owner asks for them. */
  exportLinks: {
    grants: [],
    buckets: [{ bucket: 'exports', actions: ['GetObject'] }],
    timeoutSeconds: 10,
  },
  /**
   * Forms that let a browser put one file under one name, signed with this function's rights, which end there; and cookies
   * that open the photos for members.
   */
  tickets: {
    grants: [],
    buckets: [
      { bucket: 'uploads', actions: ['PutObject'], prefix: 'photos/' },
      { bucket: 'evidence', actions: ['PutObject'], prefix: 'reports/' },
    ],
    parameters: ['siteUrl', 'cdnKeyPairId', 'cdnPrivateKey'],
    timeoutSeconds: 10,
  },
  /** What the table Media tells of and a worker has to do: messages to `photos`. */
  photoSteps: {
    streams: [{ table: 'media', filters: [changedOrGone], batchSize: 100, windowSeconds: 0 }],
    grants: [],
    sends: ['photos'],
  },
  /**
   * Makes the pictures that are shown of the files that were sent. One at a time: the largest take 460 MB while they are
   * decoded. AWS's share of a processor grows with the memory. What fails comes again after three minutes.
   */
  photos: {
    queue: { batchSize: 1, maxReceives: 5, concurrency: 20, alarmAgeSeconds: 600 },
    arrivals: [{ bucket: 'uploads', prefix: 'photos/' }],
    grants: [{ table: 'media', actions: ['GetItem', 'UpdateItem'] }],
    buckets: [
      { bucket: 'uploads', actions: ['GetObject', 'DeleteObject', 'ListBucket'], prefix: 'photos/' },
      { bucket: 'photos', actions: ['GetObject', 'PutObject', 'DeleteObject'], prefix: 'media/' },
    ],
    publishes: ['publishPhoto'],
    parameters: ['siteUrl'],
    layers: ['sharp'],
    timeoutSeconds: 30,
    memoryMegabytes: 1536,
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
