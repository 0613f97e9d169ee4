import { util } from '@aws-appsync/utils';
import type { PostVisibility } from '../generated/schema.ts';
import { globalId } from './globalId.ts';
import type { PostItem } from './items.ts';

/** What a Post's fields and nested resolvers read. */
export type PostSource = {
  __typename: 'Post';
  id: string;
  body: string;
  createdAt: string;
  visibility: PostVisibility;
  hashtags: { id: string; name: string }[];
  postId: string;
  authorId: string;
  photoIds: string[];
};

export function toPost(item: PostItem): PostSource {
  return {
    __typename: 'Post',
    id: globalId('Post', [item.postId]),
    body: item.body ?? '',
    createdAt: item.createdAt,
    visibility: item.visibility,
    hashtags: (item.hashtags ?? []).map((name) => toHashtag(name)),
    postId: item.postId,
    authorId: item.authorId,
    photoIds: item.photoIds ?? [],
  };
}

export function toHashtag(name: string): { __typename: 'Hashtag'; id: string; name: string } {
  return { __typename: 'Hashtag', id: globalId('Hashtag', [name]), name };
}

type Perishable = { deletedAt?: string; removedAt?: string; expiresAt?: number };

/** Whether there still is something to read: DynamoDB deletes hours or days after `expiresAt`. */
export function isAlive(item: Perishable): boolean {
  const expired = item.expiresAt !== undefined && item.expiresAt <= util.time.nowEpochSeconds();
  return item.deletedAt === undefined && item.removedAt === undefined && !expired;
}
