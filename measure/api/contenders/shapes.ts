import type { PostItem, StatsItem, UserItem } from '../data.ts';

const PAGE_SIZE = 20;

const globalId = (type: string, key: string): string => Buffer.from(`${type}:${key}`).toString('base64url');

/** The key in a global id. Throws for the id of something else. */
export function keyOf(type: string, id: string): string {
  const [found, key, ...rest] = Buffer.from(id, 'base64url').toString().split(':');
  if (found !== type || key === undefined || rest.length > 0) throw new Error(`'${id}' is not the id of a ${type}`);
  return key;
}

/** With what the resolvers of its fields need. */
export interface PostSource {
  readonly postId: string;
  readonly authorId: string;
}

export function toPost(item: PostItem) {
  const { postId, authorId, body, createdAt, visibility, hashtags, photoIds } = item;
  const tags = hashtags.map((name) => ({ __typename: 'Hashtag', id: globalId('Hashtag', name), name }));
  // The seed has no photos, so nobody needs to read any.
  if (photoIds.length > 0) throw new Error('photos are not part of what is measured');
  return {
    __typename: 'Post',
    id: globalId('Post', postId),
    body,
    createdAt,
    visibility,
    hashtags: tags,
    photos: [],
    postId,
    authorId,
  };
}

export function toUser({ userId, handle, displayName }: UserItem) {
  return { __typename: 'User', id: globalId('User', userId), handle, displayName };
}

export function toStats(item: StatsItem | null | undefined) {
  return { likes: item?.likeCount ?? 0, comments: item?.commentCount ?? 0 };
}

export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
}

export function pageOf({ first, after }: PageArguments): { readonly size: number; readonly after: string | null } {
  return { size: first ?? PAGE_SIZE, after: after ? Buffer.from(after, 'base64url').toString() : null };
}

/** `ids`: newest first, one more than the page holds if there is more. */
export function connection(
  ids: readonly string[],
  page: ReturnType<typeof pageOf>,
  postOf: (id: string) => PostItem | undefined,
) {
  const shown = ids.slice(0, page.size);
  const cursorOf = (id: string | undefined): string | null =>
    id === undefined ? null : Buffer.from(id).toString('base64url');
  return {
    edges: shown.flatMap((id) => {
      const post = postOf(id);
      return post ? [{ cursor: cursorOf(id), node: toPost(post) }] : [];
    }),
    pageInfo: {
      hasNextPage: ids.length > page.size,
      hasPreviousPage: page.after !== null,
      startCursor: cursorOf(shown[0]),
      endCursor: cursorOf(shown.at(-1)),
    },
  };
}

export interface CreatePostInput {
  readonly idempotencyKey: string;
  readonly body: string;
  readonly visibility: PostItem['visibility'];
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export function newPost({ idempotencyKey, body, visibility }: CreatePostInput, authorId: string): PostItem {
  let time = 0;
  for (const digit of idempotencyKey.slice(0, 10)) time = time * ALPHABET.length + ALPHABET.indexOf(digit);
  return {
    postId: idempotencyKey,
    item: 'POST',
    authorId,
    body,
    hashtags: [...new Set(body.match(/(?<=[#＃])[\p{L}\p{N}_]+/gu))],
    visibility,
    photoIds: [],
    createdAt: new Date(time).toISOString(),
  };
}
