import type { RecordedContext } from '../../infra/verify/contexts.ts';

type Candidate = Pick<RecordedContext, 'handler' | 'context'>;

const viewer = '32c1b230-0611-4cbe-bc9d-df50c41deab6';
const post = {
  postId: '01M36ZEDQQWPAQFFHBDZZGNYKR',
  item: 'POST',
  authorId: viewer,
  body: 'Hi',
  hashtags: [],
  photoIds: [],
  visibility: 'PUBLIC',
  createdAt: '2026-09-23T11:12:05.879Z',
};
const photo = { photoId: '01M36ZEDQQWPAQFFHBDZZGNYKS', ownerId: viewer, status: 'READY', createdAt: post.createdAt };
const person = { userId: viewer, handle: 'taro', displayName: 'Taro', status: 'ACTIVE', createdAt: post.createdAt };
const announcementArguments = { input: { idempotencyKey: post.postId, bodyEnglish: 'Hi', bodyJapanese: 'やあ' } };
const announcement = {
  operationId: `ANNOUNCEMENT#${post.postId}`,
  senderId: viewer,
  bodyEnglish: 'Hi',
  bodyJapanese: 'やあ',
  createdAt: post.createdAt,
  expiresAt: 1_805_800_000,
};
const identity = { sub: viewer, username: viewer, groups: null, claims: { sub: viewer, token_use: 'access' } };
const page = { size: 2, forward: true, cursor: null };
const slice = { entries: [{ sortKey: post.postId, id: post.postId, at: '' }], hasMore: true };

const globalId = (type: string, key: string): string => Buffer.from(`${type}:${key}`).toString('base64url');
const request = (context: Candidate['context']): Candidate => ({ handler: 'request', context });
const response = (context: Candidate['context']): Candidate => ({ handler: 'response', context });

/**
 * Contexts that no request of the root tests makes: of subscriptions, of what follows a worker, and of what would be sent to
 * everyone.
 */
export const written: Readonly<Record<string, readonly Candidate[]>> = {
  'Query.trending': [
    request({ arguments: { first: 2 } }),
    request({ arguments: { first: 2, last: 2 } }),
    response({ arguments: { first: 2 }, stash: { page, slice, posts: [post] } }),
  ],
  loadTrending: [
    request({ arguments: { first: 2 }, stash: { page } }),
    response({ arguments: { first: 2 }, stash: { page }, result: { postIds: [post.postId, photo.photoId] } }),
    response({ arguments: { first: 2 }, stash: { page }, result: null }),
    response({ arguments: {}, stash: { page }, error: { type: 'DynamoDB:ThrottlingException', message: 'slow down' } }),
  ],
  'Mutation.sendAnnouncement': [
    response({ arguments: announcementArguments, identity, stash: { announcement, userErrors: [] } }),
  ],
  putAnnouncement: [
    request({ arguments: announcementArguments, identity, stash: { userErrors: [] } }),
    response({ arguments: announcementArguments, identity, stash: { userErrors: [] }, result: announcement }),
    response({
      arguments: announcementArguments,
      identity,
      stash: { userErrors: [] },
      result: { ...announcement, senderId: 'another' },
      error: { type: 'DynamoDB:ConditionalCheckFailedException', message: 'The conditional request failed' },
    }),
  ],
  'Subscription.commentAdded': forPost(),
  'Subscription.postEngagementChanged': forPost(),
  'Subscription.notificationReceived': [
    request({ arguments: {}, identity }),
    response({ arguments: {}, identity, result: null }),
  ],
  'Subscription.photoProcessed': [
    request({ arguments: { id: globalId('Photo', photo.photoId) }, identity }),
    response({ arguments: { id: globalId('Photo', photo.photoId) }, identity, result: photo }),
    response({ arguments: { id: globalId('Photo', photo.photoId) }, identity, result: { ...photo, ownerId: 'other' } }),
  ],
  'Viewer.mediaAccess': [
    request({ arguments: {}, identity }),
    response({
      arguments: {},
      identity,
      result: { cookies: [{ name: 'CloudFront-Policy', value: 'x' }], expiresAt: '2026-09-23T12:12:05.000Z' },
    }),
    response({ arguments: {}, identity, error: { type: 'Lambda:Unhandled', message: 'there is no parameter' } }),
  ],
  'User.followers': forList(),
  'User.following': forList(),
  'User.likedPosts': forList(),
  queryFollowers: forQuery({ userId: 'another', targetId: viewer, edge: `FOLLOW#${viewer}`, edgeId: post.postId }),
  queryFollowing: forQuery({
    userId: viewer,
    targetId: 'another',
    edge: 'FOLLOW#another',
    createdAt: post.createdAt,
  }),
  queryLikedPosts: forQuery({
    userId: viewer,
    targetId: post.postId,
    edge: `LIKE#${post.postId}`,
    createdAt: post.createdAt,
  }),
};

function forPost(): Candidate[] {
  const given = { postId: globalId('Post', post.postId) };
  return [
    request({ arguments: given, identity }),
    request({ arguments: { postId: globalId('User', viewer) }, identity }),
    response({ arguments: given, identity, stash: { post }, result: null }),
    response({ arguments: given, identity, stash: { post: null }, result: null }),
  ];
}

/** A list of a person, around the steps that find its entries. */
function forList(): Candidate[] {
  const given = { arguments: { first: 2 }, source: person, identity };
  return [
    request(given),
    request({ ...given, arguments: { first: 101 } }),
    request({ ...given, arguments: { last: 1, before: 'cGFnZQ' } }),
    response({ ...given, stash: { page, slice, users: [{ ...person, userId: post.postId }], posts: [post] } }),
    response({ ...given, stash: { page, slice: { entries: [], hasMore: false } } }),
  ];
}

function forQuery(edge: Readonly<Record<string, string>>): Candidate[] {
  const stash = { page, userId: viewer };
  const from = { stash: { page: { ...page, forward: false, cursor: post.postId }, userId: viewer } };
  return [
    request({ arguments: {}, stash }),
    request({ arguments: {}, ...from }),
    response({ arguments: {}, stash, result: { items: [edge], nextToken: null } }),
    response({ arguments: {}, ...from, result: { items: [edge, edge, edge], nextToken: null } }),
    response({ arguments: {}, stash, error: { type: 'DynamoDB:ThrottlingException', message: 'slow down' } }),
  ];
}
