import type { Settings, UserStats } from '../generated/schema.ts';
import { globalId } from './globalId.ts';
import type { UserItem } from './items.ts';

/** What a User's fields and nested resolvers read. */
export type UserSource = {
  __typename: 'User';
  id: string;
  handle: string | null;
  displayName: string;
  bio: string;
  createdAt: string | null;
  stats: UserStats;
  userId: string;
  avatarPhotoId: string | null;
};

export function toUser(item: UserItem): UserSource {
  if (item.status === 'DELETED') {
    return userTombstone(item.userId);
  }
  return {
    __typename: 'User',
    id: globalId('User', [item.userId]),
    handle: item.handle,
    displayName: item.displayName,
    bio: item.bio,
    createdAt: item.createdAt,
    stats: { posts: item.postCount ?? 0, followers: item.followerCount ?? 0, following: item.followingCount ?? 0 },
    userId: item.userId,
    avatarPhotoId: item.avatarPhotoId ?? null,
  };
}

/** Stands for an account that is gone, so that what it wrote can still say who wrote it. */
export function userTombstone(userId: string): UserSource {
  return {
    __typename: 'User',
    id: globalId('User', [userId]),
    handle: null,
    displayName: '',
    bio: '',
    createdAt: null,
    stats: { posts: 0, followers: 0, following: 0 },
    userId,
    avatarPhotoId: null,
  };
}

export function toSettings(item: UserItem | null): Settings {
  return {
    language: item?.language ?? 'EN',
    digest: item?.digest ?? 'NEVER',
    notifyLikes: item?.notifyLikes ?? true,
    notifyComments: item?.notifyComments ?? true,
    notifyFollows: item?.notifyFollows ?? true,
  };
}
