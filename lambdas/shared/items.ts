import { MalformedRecord, type Image } from './records.ts';

/**
 * What handlers read and write of the stored items. Restated here: handlers are deployed apart from the resolvers, and
 * must get along with items that another version wrote.
 */

/** `users`, the part that notifications need. */
export type Recipient = {
  readonly userId: string;
  readonly status?: string;
  /** Everything whose `updatedAt` is not later has been read. ISO 8601. */
  readonly readUpTo?: string;
  readonly unreadCount?: number;
  /** Absent: true. */
  readonly notifyLikes?: boolean;
  readonly notifyComments?: boolean;
  readonly notifyFollows?: boolean;
};

/** `posts`, `item` = `POST`. */
export type Post = {
  readonly postId: string;
  readonly authorId: string;
  readonly visibility: 'PUBLIC' | 'FOLLOWERS';
  readonly hashtags: readonly string[];
  readonly photoIds: readonly string[];
  readonly createdAt: string;
  /** Epoch seconds. */
  readonly expiresAt?: number;
  /** It is in the archive, too, and expires here. */
  readonly archived: boolean;
  readonly live: boolean;
};

/** `posts`, `item` = `ARCHIVE`: what stays of a post that is in the archive alone. */
export type ArchivedPost = { readonly postId: string; readonly authorId: string; readonly live: boolean };

/** `posts`, `item` = `STATS`. */
export type Stats = { readonly postId: string; readonly likeCount: number; readonly commentCount: number };

/** `comments`. */
export type Comment = {
  readonly commentId: string;
  readonly postId: string;
  readonly postAuthorId: string;
  readonly authorId: string;
  /** Absent once deleted. */
  readonly body?: string;
  readonly createdAt: string;
  readonly live: boolean;
};

/** `edges`, likes and follows. */
export type Edge = {
  readonly userId: string;
  readonly kind: 'LIKE' | 'FOLLOW';
  /** The post or the user on the other side. */
  readonly targetId: string;
  /** LIKE: the author of the post. */
  readonly targetOwnerId?: string;
  readonly createdAt: string;
};

/** `timelines`, `userId` = `DIGEST#` + author. */
export type Digest = { readonly userId: string; readonly entry: 'DIGEST'; readonly postIds: readonly string[] };

/** `notifications`. */
export type Notification = {
  readonly userId: string;
  readonly notificationId: string;
  readonly kind: 'LIKE' | 'COMMENT' | 'FOLLOW';
  readonly subjectId: string;
  readonly commentId?: string;
  readonly actorIds: readonly string[];
  readonly actorCount: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly expiresAt: number;
};

/** `ops`, `operationId` = `TRENDING`. `scores` has one for each of `postIds`. */
export type Trending = {
  readonly operationId: 'TRENDING';
  readonly postIds: readonly string[];
  readonly scores?: readonly number[];
  readonly updatedAt: string;
  readonly version?: number;
};

/** Which item an image shows; its keys tell, whatever the table is called. */
export function itemKind(image: Image): 'post' | 'archived' | 'stats' | 'comment' | 'edge' | 'other' {
  if ('edge' in image) return 'edge';
  if ('commentId' in image && 'bucket' in image) return 'comment';
  if (image.item === 'POST') return 'post';
  if (image.item === 'ARCHIVE') return 'archived';
  return image.item === 'STATS' ? 'stats' : 'other';
}

/** @throws MalformedRecord, as all of these. */
export function readPost(image: Image): Post {
  const { visibility, expiresAt } = image;
  if (visibility !== 'PUBLIC' && visibility !== 'FOLLOWERS') throw new MalformedRecord('visibility is unknown');
  return {
    postId: text(image, 'postId'),
    authorId: text(image, 'authorId'),
    visibility,
    hashtags: texts(image, 'hashtags'),
    photoIds: texts(image, 'photoIds'),
    createdAt: time(image, 'createdAt'),
    expiresAt: typeof expiresAt === 'number' ? expiresAt : undefined,
    archived: image.archivedAt !== undefined,
    live: isLive(image),
  };
}

export function readArchivedPost(image: Image): ArchivedPost {
  return { postId: text(image, 'postId'), authorId: text(image, 'ownerId'), live: isLive(image) };
}

export function readStats(image: Image): Stats {
  return {
    postId: text(image, 'postId'),
    likeCount: count(image, 'likeCount'),
    commentCount: count(image, 'commentCount'),
  };
}

export function readComment(image: Image): Comment {
  return {
    commentId: text(image, 'commentId'),
    postId: text(image, 'postId'),
    postAuthorId: text(image, 'postAuthorId'),
    authorId: text(image, 'authorId'),
    body: typeof image.body === 'string' ? image.body : undefined,
    createdAt: time(image, 'createdAt'),
    live: isLive(image),
  };
}

/** Null for what nobody else hears of: blocks and mutes. */
export function readEdge(image: Image): Edge | null {
  const { kind } = image;
  if (kind !== 'LIKE' && kind !== 'FOLLOW') return null;
  return {
    userId: text(image, 'userId'),
    kind,
    targetId: text(image, 'targetId'),
    targetOwnerId: image.targetOwnerId === undefined ? undefined : text(image, 'targetOwnerId'),
    createdAt: time(image, 'createdAt'),
  };
}

/** Neither deleted by its author nor removed by a moderator. DynamoDB's own expiry is another event. */
export function isLive(image: Image): boolean {
  return image.deletedAt === undefined && image.removedAt === undefined;
}

function text(image: Image, name: string): string {
  const value = image[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new MalformedRecord(`${name} is no text`);
}

function texts(image: Image, name: string): readonly string[] {
  const value = image[name] ?? [];
  if (Array.isArray(value) && value.every((each): each is string => typeof each === 'string' && each !== ''))
    return value;
  throw new MalformedRecord(`${name} is no list of texts`);
}

function time(image: Image, name: string): string {
  const value = text(image, name);
  if (Number.isNaN(Date.parse(value))) throw new MalformedRecord(`${name} is no time`);
  return value;
}

function count(image: Image, name: string): number {
  const value = image[name] ?? 0;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw new MalformedRecord(`${name} is no whole number`);
}
