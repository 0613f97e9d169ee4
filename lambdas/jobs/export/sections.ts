import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '../../shared/batchGet.ts';
import { dynamodb } from '../../shared/dynamodb.ts';
import { required } from '../../shared/environment.ts';
import { queryPage } from '../../shared/queryPage.ts';
import type { Image } from '../../shared/records.ts';
import type { ReadPage } from './collect.ts';
import { livePage, PAGE } from './read.ts';

/** Each kind of data that a member may take out, by the name of its file. */
export const sections: Readonly<Record<string, ReadPage>> = {
  profile: async (userId) => ({
    lines: (await profileOf(userId)).map(({ handle, displayName, bio, avatarPhotoId, createdAt, ...counters }) => ({
      id: userId,
      handle,
      displayName,
      bio,
      avatarPhotoId,
      createdAt,
      posts: counters.postCount ?? 0,
      followers: counters.followerCount ?? 0,
      following: counters.followingCount ?? 0,
    })),
    next: null,
  }),
  settings: async (userId) => ({
    lines: (await profileOf(userId)).map((profile) => ({
      language: profile.language ?? 'EN',
      digest: profile.digest ?? 'NEVER',
      notifyLikes: profile.notifyLikes ?? true,
      notifyComments: profile.notifyComments ?? true,
      notifyFollows: profile.notifyFollows ?? true,
    })),
    next: null,
  }),
  posts: async (userId, position) => {
    const { items, next } = await livePage(
      { table: required('POSTS_TABLE'), index: 'byAuthor', partition: ['authorId', userId], position },
      'postId',
      'item',
    );
    return { lines: items.map(postLine), next };
  },
  comments: async (userId, position) => {
    const { items, next } = await livePage(
      { table: required('COMMENTS_TABLE'), index: 'byAuthor', partition: ['authorId', userId], position },
      'bucket',
      'commentId',
    );
    const lines = items.map(({ commentId, postId, createdAt, body }) => ({ id: commentId, postId, createdAt, body }));
    return { lines, next };
  },
  likes: async (userId, position) => {
    const { items, next } = await edgesOf(userId, 'LIKE#', position);
    return { lines: items.map(({ targetId, createdAt }) => ({ postId: targetId, likedAt: createdAt })), next };
  },
  follows: people('FOLLOW#'),
  blocks: people('BLOCK#'),
  mutes: people('MUTE#'),
  notifications: async (userId, position) => {
    const { items, next } = await queryPage({
      table: required('NOTIFICATIONS_TABLE'),
      partition: ['userId', userId],
      limit: PAGE,
      position,
    });
    const lines = items.map(({ kind, createdAt, updatedAt, subjectId, actorCount, body }) => ({
      kind,
      createdAt,
      updatedAt,
      ...(kind === 'LIKE' || kind === 'COMMENT' ? { postId: subjectId } : {}),
      people: actorCount,
      body,
    }));
    return { lines, next };
  },
  photos: async (userId, position) => {
    const { items, next } = await livePage(photosOf(userId, position), 'photoId');
    const lines = items.map(({ photoId, createdAt, status, postId, width, height, altText }) => ({
      id: photoId,
      createdAt,
      status,
      postId,
      width,
      height,
      altText,
    }));
    return { lines, next };
  },
  reports: async (userId, position) => {
    const { items, next } = await livePage(
      { table: required('OPS_TABLE'), index: 'byReporter', partition: ['reporterId', userId], position },
      'operationId',
    );
    const lines = items.map(({ operationId, createdAt, reason, details, subjectType, status }) => ({
      id: String(operationId).slice('CASE#'.length),
      createdAt: String(createdAt).split('#')[0],
      reason,
      details,
      subject: subjectType,
      status: String(status).split('#')[0],
    }));
    return { lines, next };
  },
};

/** A post, as the member is to read it. */
export function postLine({ postId, createdAt, visibility, body, hashtags, photoIds }: Image): object {
  return { id: postId, createdAt, visibility, body, hashtags, photoIds };
}

/** The index that lists a member's photos. */
export function photosOf(userId: string, position: string | undefined) {
  return { table: required('MEDIA_TABLE'), index: 'byOwner', partition: ['ownerId', userId] as const, position };
}

async function profileOf(userId: string): Promise<readonly Image[]> {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: required('USERS_TABLE'), Key: { userId }, ConsistentRead: true }),
  );
  return Item ? [Item] : [];
}

/** Whom an edge leads to, with today's handle: ids alone tell a person little. */
function people(prefix: string): ReadPage {
  return async (userId, position) => {
    const { items, next } = await edgesOf(userId, prefix, position);
    const users = await batchGet(
      required('USERS_TABLE'),
      items.map(({ targetId }) => ({ userId: String(targetId) })),
    );
    const handles = new Map(users.map((user) => [user.userId, user.status === 'DELETED' ? undefined : user.handle]));
    const lines = items.map(({ targetId, createdAt }) => ({
      userId: targetId,
      handle: handles.get(targetId),
      since: createdAt,
    }));
    return { lines, next };
  };
}

function edgesOf(userId: string, prefix: string, position: string | undefined) {
  return queryPage({
    table: required('EDGES_TABLE'),
    partition: ['userId', userId],
    prefix: ['edge', prefix],
    limit: PAGE,
    position,
  });
}
