/**
 * The eight tables, one per lifecycle (decision 0003). Plain data: the stack builds them, resolvers and handlers are
 * given their names. Every TTL is in `expiresAt`, epoch seconds; reads filter it, since DynamoDB deletes late.
 */
export interface TableDefinition {
  readonly partitionKey: string;
  readonly sortKey?: string;
  readonly indexes: Readonly<Record<string, IndexDefinition>>;
  readonly stream: 'NEW_AND_OLD_IMAGES' | null;
  readonly ttl: boolean;
}

export interface IndexDefinition {
  readonly partitionKey: string;
  readonly sortKey: string;
  /** Attributes projected beside the keys; none: KEYS_ONLY. */
  readonly include?: readonly string[];
}

export const tables = {
  /** `userId` = Cognito sub: the profile. `HANDLE#x`: the claim of a handle. */
  users: {
    partitionKey: 'userId',
    indexes: {
      byHandlePrefix: {
        partitionKey: 'handlePrefix',
        sortKey: 'handle',
        include: ['displayName', 'bio', 'avatarPhotoId', 'createdAt'],
      },
    },
    stream: 'NEW_AND_OLD_IMAGES',
    ttl: false,
  },
  /**
   * `POST`: the post. `STATS`: its counters. `TAG#x`: one item per hashtag, which alone carries `tag`. `ARCHIVE`: whose it is,
   * once it is in the archive. `MONTHS#author` / `MONTHS`: that author's bundles there.
   */
  posts: {
    partitionKey: 'postId',
    sortKey: 'item',
    indexes: {
      byAuthor: { partitionKey: 'authorId', sortKey: 'postId' },
      byTag: { partitionKey: 'tag', sortKey: 'postId' },
    },
    stream: 'NEW_AND_OLD_IMAGES',
    ttl: true,
  },
  /** `bucket` = `postId#b`, b = 0 until a post is hot. */
  comments: {
    partitionKey: 'bucket',
    sortKey: 'commentId',
    indexes: { byAuthor: { partitionKey: 'authorId', sortKey: 'commentId' } },
    stream: 'NEW_AND_OLD_IMAGES',
    ttl: true,
  },
  /** `edge` = `LIKE#postId`, `FOLLOW#userId`, `BLOCK#userId`, `MUTE#userId`; `subject` = the same with `#n` (shard). */
  edges: {
    partitionKey: 'userId',
    sortKey: 'edge',
    indexes: { bySubject: { partitionKey: 'subject', sortKey: 'edgeId' } },
    stream: 'NEW_AND_OLD_IMAGES',
    ttl: false,
  },
  /**
   * `entry` = a post id, newest last. `DIGEST#authorId` / `DIGEST`: that author's newest post ids. `CELEBRITIES#userId` / an
   * author: whose digest that user's feed merges.
   */
  timelines: { partitionKey: 'userId', sortKey: 'entry', indexes: {}, stream: null, ttl: true },
  /** `notificationId` = `window#kind#subject`, deterministic, so that a window is upserted. */
  notifications: {
    partitionKey: 'userId',
    sortKey: 'notificationId',
    indexes: {},
    stream: 'NEW_AND_OLD_IMAGES',
    ttl: true,
  },
  media: {
    partitionKey: 'photoId',
    indexes: { byOwner: { partitionKey: 'ownerId', sortKey: 'photoId' } },
    stream: 'NEW_AND_OLD_IMAGES',
    ttl: true,
  },
  /**
   * `JOB#id`, `CASE#id`, `ANNOUNCEMENT#id`, `MAIL#occasion#userId`, `DIGEST_MAIL#userId`, `TRENDING`; `status` = `OPEN#n` and the like on what is
   * queued. Cases are found by the two people in them, too, of whom each may take out their data, and themselves.
   */
  ops: {
    partitionKey: 'operationId',
    indexes: {
      byStatus: { partitionKey: 'status', sortKey: 'createdAt' },
      byReporter: { partitionKey: 'reporterId', sortKey: 'createdAt' },
      bySubjectOwner: { partitionKey: 'subjectOwnerId', sortKey: 'createdAt' },
    },
    stream: 'NEW_AND_OLD_IMAGES',
    ttl: true,
  },
} as const satisfies Record<string, TableDefinition>;

export type TableKey = keyof typeof tables;
