import type { PhotoFailure } from '../generated/schema.ts';

/**
 * The items of the eight tables, as they are stored. Resolvers, stream handlers and the seed share these shapes.
 *
 * Times are ISO 8601 in UTC with milliseconds, except DynamoDB's own TTL, `expiresAt`, which is in epoch seconds.
 *
 * Posts and comments are not deleted but turned into tombstones, so that a create that is sent again cannot bring them
 * back: a stream shows a MODIFY that adds `deletedAt` (by the author) or `removedAt` (by a moderator) and `expiresAt`, and
 * takes `body`, `hashtags` and `photoIds` away. The later REMOVE is only TTL at work. Edges are deleted for real.
 *
 * `trace` is the trace id of the request that last changed the item, where something follows from it: see trace.ts.
 */

/** `users`, `userId` = Cognito sub. Created by claimHandle. */
export type UserItem = {
  userId: string;
  /** NFKC, lower case, 2-30 characters. */
  handle: string;
  /** The first two characters of `handle`: partition key of byHandlePrefix. Removed from deleted accounts. */
  handlePrefix: string;
  displayName: string;
  bio: string;
  avatarPhotoId?: string;
  status: UserStatus;
  createdAt: string;
  /** Counters, kept by the stream handlers. Absent: 0. */
  postCount?: number;
  followerCount?: number;
  followingCount?: number;
  /** Absent: the fan-out pushes posts to followers. `RISING`: still, and it marks new followers. `YES`: feeds merge the digest. */
  celebrity?: 'RISING' | 'YES';
  /** When `celebrity` became what it is. */
  celebritySince?: string;
  /** Notifications with `updatedAt` after `readUpTo`, 100 standing for more. Raised by the handler, recounted on reading. */
  unreadCount?: number;
  /** Everything whose `updatedAt` is not later has been read. */
  readUpTo?: string;
  /** Settings. Absent: the defaults of shared/user.ts. */
  language?: 'EN' | 'JA';
  digest?: 'NEVER' | 'DAILY' | 'WEEKLY';
  notifyLikes?: boolean;
  notifyComments?: boolean;
  notifyFollows?: boolean;
  /** ULID of the newest export's job. */
  exportJobId?: string;
  /** Ends digests for whoever knows it; made with the first mail that has such a link. Told to nobody else. */
  mailToken?: string;
  trace?: string;
};

export type UserStatus = 'ACTIVE' | 'SUSPENDED' | 'DELETED';

/** `users`, `userId` = `HANDLE#` + handle: whose it is. Must not carry `handlePrefix`, which would list it in searches. */
export type HandleItem = { userId: string; ownerId: string; createdAt: string };

/** `posts`, `item` = `POST`. The only item of a post that carries `authorId`, the key of byAuthor. */
export type PostItem = {
  /** ULID: the idempotency key of createPost. */
  postId: string;
  item: 'POST';
  authorId: string;
  /** 1-1,000 bytes of UTF-8. Absent once deleted. */
  body?: string;
  /** Normalized names without the mark, at most 10, each once. The stream handler writes a TagItem for each. */
  hashtags?: string[];
  visibility: 'PUBLIC' | 'FOLLOWERS';
  /** At most 4. */
  photoIds?: string[];
  /** The time in `postId`. */
  createdAt: string;
  deletedAt?: string;
  removedAt?: string;
  /** It is in the archive, too, and the table forgets it at `expiresAt`. */
  archivedAt?: string;
  expiresAt?: number;
  trace?: string;
};

/**
 * `posts`, `item` = `ARCHIVE`, written when a post goes to the archive: what finds it there once the table has forgotten it,
 * and what is deleted in its place. No `authorId`, which would list it among the author's posts.
 */
export type ArchiveNoteItem = {
  postId: string;
  item: 'ARCHIVE';
  ownerId: string;
  deletedAt?: string;
  removedAt?: string;
  expiresAt?: number;
  trace?: string;
};

/** `posts`, `postId` = `MONTHS#` + author, `item` = `MONTHS`: the months of which that author has a bundle, as `202608`. */
export type ArchiveMonthsItem = { postId: string; item: 'MONTHS'; months: string[] };

/** `posts`, `item` = `STATS`, kept by the stream handlers. */
export type PostStatsItem = { postId: string; item: 'STATS'; likeCount?: number; commentCount?: number };

/** `posts`, `item` = `TAG#` + name, written by the stream handler for PUBLIC posts, deleted with the post. No `authorId`. */
export type TagItem = { postId: string; item: string; tag: string; expiresAt?: number };

/** `comments`. */
export type CommentItem = {
  /** postId + `#0` */
  bucket: string;
  /** ULID: the idempotency key of createComment. */
  commentId: string;
  postId: string;
  postAuthorId: string;
  authorId: string;
  /** 1-500 bytes of UTF-8. Absent once deleted. */
  body?: string;
  createdAt: string;
  deletedAt?: string;
  removedAt?: string;
  expiresAt?: number;
  trace?: string;
};

/** `edges`. */
export type EdgeItem = {
  userId: string;
  /** `LIKE#postId`, `FOLLOW#userId`, `BLOCK#userId`, `MUTE#userId`. */
  edge: string;
  kind: 'LIKE' | 'FOLLOW' | 'BLOCK' | 'MUTE';
  /** The post or user on the other side. */
  targetId: string;
  /** LIKE: the author of the post. */
  targetOwnerId?: string;
  /** LIKE and FOLLOW: `LIKE#postId#0`, `FOLLOW#userId#0`. Blocks and mutes are nobody else's business: no index entry. */
  subject?: string;
  /** ULID, made when the edge is written; its time is `createdAt`. */
  edgeId: string;
  createdAt: string;
  trace?: string;
};

/** `timelines`, `userId` = the reader, `entry` = a post id. Written by the fan-out, for 30 days from the post's time. */
export type TimelineItem = { userId: string; entry: string; authorId: string; expiresAt: number };

/**
 * `timelines`, `userId` = `CELEBRITIES#` + the reader, `entry` = a followed author whose digest the feed merges. It expires
 * 30 days after the author is pushed again.
 */
export type CelebrityItem = { userId: string; entry: string; expiresAt?: number };

/** `timelines`, `userId` = `DIGEST#` + author, `entry` = `DIGEST`: the author's newest post ids, newest first, at most 100. */
export type DigestItem = { userId: string; entry: 'DIGEST'; postIds: string[] };

/** `notifications`, one per recipient, day, kind and subject: "A and 12 others liked your post". */
export type NotificationItem = {
  /** The recipient. */
  userId: string;
  /** `2025-01-31#LIKE#postId`, `2025-01-31#COMMENT#postId`, `2025-01-31#FOLLOW#recipient`, `2025-01-31#SYSTEM#ulid`; the UTC day. */
  notificationId: string;
  kind: 'LIKE' | 'COMMENT' | 'FOLLOW' | 'SYSTEM';
  /** LIKE and COMMENT: the post. FOLLOW: the recipient. SYSTEM: the announcement. */
  subjectId: string;
  /** COMMENT: the newest comment. */
  commentId?: string;
  /** Newest first, each once, at most 10. */
  actorIds: string[];
  actorCount: number;
  /** SYSTEM: the text. */
  body?: string;
  createdAt: string;
  updatedAt: string;
  expiresAt?: number;
};

/**
 * `media`. A worker makes variants of the file and sets READY or FAILED. What the stream shows sets off the rest:
 * PROCESSING, set by completePhotoUpload, the making of the variants; a PUBLIC `visibility` or `onProfile` their copying to
 * where everybody may read them; `removedAt`, or the end of a READY item, their deletion.
 */
export type PhotoItem = {
  /** ULID: the idempotency key of startPhotoUpload. */
  photoId: string;
  ownerId: string;
  status: 'UPLOADING' | 'PROCESSING' | 'READY' | 'FAILED';
  /** Of the file, as startPhotoUpload was told. */
  contentType?: 'image/jpeg' | 'image/png' | 'image/webp';
  /** FAILED: why. */
  failure?: PhotoFailure;
  /** Set once, by the post that shows the photo. */
  postId?: string;
  /** Of that post. */
  visibility?: 'PUBLIC' | 'FOLLOWERS';
  /** It is or was the picture of a profile, which everybody may see. */
  onProfile?: true;
  /** Everybody may read the variants: they are copied. */
  open?: true;
  /** READY: scheme and host of the CDN, as they were then. */
  origin?: string;
  /** READY: in pixels, upright. */
  width?: number;
  height?: number;
  blurhash?: string;
  altText?: string;
  /** The time in `photoId`. */
  createdAt: string;
  removedAt?: string;
  /** Absent once READY: what is not, a day after its start, is dropped. */
  expiresAt?: number;
  trace?: string;
};

/** `ops`, `operationId` = `CASE#` + ULID (the idempotency key of createReport). */
export type CaseItem = {
  operationId: string;
  /** `OPEN#0` or `DECIDED#0`: the queue (byStatus). */
  status: string;
  /** ISO time and `#` and the ULID, so that it is unique within its queue. */
  createdAt: string;
  reporterId: string;
  subjectType: 'Post' | 'Comment' | 'User' | 'Photo';
  /** The key parts of the subject's global id, joined by a colon. */
  subjectKey: string;
  /** Whom a suspension would hit. */
  subjectOwnerId: string;
  reason: string;
  details?: string;
  /** Tickets issued for files. */
  evidenceCount: number;
  decision?: string;
  /** Oldest first. */
  history: CaseEvent[];
  trace?: string;
};

export type CaseEvent = { at: string; actorId: string; action: string; note?: string };

/** `ops`, `operationId` = `JOB#` + ULID. */
export type JobItem = {
  operationId: string;
  /** `JOB#` + the user: that user's jobs (byStatus). */
  status: string;
  /** ISO time and `#` and the ULID. */
  createdAt: string;
  userId: string;
  kind: 'DATA_EXPORT' | 'ACCOUNT_DELETION';
  state: 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED';
  /** Steps of the work that are done. */
  step?: number;
  finishedAt?: string;
  /** DATA_EXPORT, once DONE. */
  archives?: ArchiveItem[];
  expiresAt?: number;
  trace?: string;
};

/** `key`: in the bucket `exports`. */
export type ArchiveItem = { name: string; key: string; bytes: number };

/** `ops`, `operationId` = `DIGEST_MAIL#` + user: a member who wants digests, as the stream handler found the settings. */
export type DigestReaderItem = {
  operationId: string;
  /** `DAILY_MAIL#n` or `WEEKLY_MAIL#n`, n = 0-3: the list (byStatus). */
  status: string;
  /** The user, by which the list is sorted. */
  createdAt: string;
};

/** `ops`, `operationId` = `ANNOUNCEMENT#` + ULID (the idempotency key of sendAnnouncement). */
export type AnnouncementItem = {
  operationId: string;
  senderId: string;
  bodyEnglish: string;
  bodyJapanese: string;
  createdAt: string;
  expiresAt: number;
  trace?: string;
};

/** `ops`, `operationId` = `MAIL#` + occasion + `#` + user: a mail that was handed over. */
export type MailMarkerItem = { operationId: string; sentAt: string; expiresAt: number };

/** `ops`, `operationId` = `TRENDING`, rewritten by a handler: best first, at most 100 ids of PUBLIC posts. */
export type TrendingItem = { operationId: 'TRENDING'; postIds: string[]; updatedAt: string };
