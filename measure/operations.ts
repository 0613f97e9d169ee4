import { others, star } from './people.ts';
import { filled, HASHTAG } from './plan.ts';
import type { Caller, World } from './world.ts';

/** How one persisted operation is run. */
export interface RunOfOperation {
  readonly caller: Caller;
  /** For a page of that many; what has no pages takes no notice. */
  readonly variables: (world: World, first: number) => Readonly<Record<string, unknown>>;
}

const [handleOfMember = ''] = others.slice(1).map(({ handle }) => handle);

/**
 * Every operation of `schema/operations`, run in this order: what reads comes first, so that all read the same world. Pages
 * are first pages, which are most of those that are asked for.
 */
export const runs: Readonly<Record<string, RunOfOperation>> = {
  Viewer: { caller: 'viewer', variables: () => ({}) },
  Feed: { caller: 'viewer', variables: (_, first) => ({ first }) },
  Post: { caller: 'viewer', variables: ({ postId }, comments) => ({ id: postId, comments }) },
  Profile: { caller: 'viewer', variables: (_, first) => ({ handle: star.handle, first }) },
  PostLikers: { caller: 'public', variables: ({ postId }, first) => ({ id: postId, first }) },
  Follows: { caller: 'public', variables: (_, first) => ({ handle: star.handle, first }) },
  Hashtag: { caller: 'public', variables: (_, first) => ({ name: HASHTAG, first }) },
  Trending: { caller: 'public', variables: (_, first) => ({ first }) },
  PublicPost: { caller: 'public', variables: ({ postId }, comments) => ({ id: postId, comments }) },
  PublicProfile: { caller: 'public', variables: (_, first) => ({ handle: star.handle, first }) },
  Page: { caller: 'public', variables: () => ({ slug: 'terms' }) },
  SearchUsers: { caller: 'viewer', variables: (_, first) => ({ prefix: 'reader', first }) },
  Notifications: { caller: 'viewer', variables: (_, first) => ({ first }) },
  ModerationQueue: { caller: 'moderator', variables: (_, first) => ({ first }) },

  CommentAdded: { caller: 'viewer', variables: ({ postId }) => ({ postId }) },
  PostEngagementChanged: { caller: 'viewer', variables: ({ postId }) => ({ postId }) },
  NotificationReceived: { caller: 'viewer', variables: () => ({}) },

  CreatePost: {
    caller: 'viewer',
    variables: ({ key }) => ({
      input: { idempotencyKey: key('post'), body: filled(`A post #${HASHTAG} `, 1_000), visibility: 'PUBLIC' },
    }),
  },
  CreateComment: {
    caller: 'viewer',
    variables: ({ key, postId }) => ({
      input: { idempotencyKey: key('comment'), postId, body: filled('A remark ', 500) },
    }),
  },
  LikePost: { caller: 'viewer', variables: ({ postId }) => ({ postId }) },
  UnlikePost: { caller: 'viewer', variables: ({ postId }) => ({ postId }) },
  FollowUser: { caller: 'viewer', variables: ({ strangerId }) => ({ userId: strangerId }) },
  UnfollowUser: { caller: 'viewer', variables: ({ strangerId }) => ({ userId: strangerId }) },
  UpdateProfile: { caller: 'viewer', variables: () => ({ input: { bio: filled(`I know ${handleOfMember}. `, 150) } }) },
  MarkNotificationsRead: { caller: 'viewer', variables: ({ now }) => ({ upTo: now }) },
  CreateReport: {
    caller: 'viewer',
    variables: ({ key, postId }) => ({ input: { idempotencyKey: key('report'), subjectId: postId, reason: 'SPAM' } }),
  },
  BlockUser: { caller: 'viewer', variables: ({ strangerId }) => ({ userId: strangerId }) },
  DeletePost: { caller: 'viewer', variables: ({ ownPostId }) => ({ id: ownPostId }) },
  ClaimHandle: { caller: 'newcomer', variables: () => ({ handle: 'newcomer' }) },
};
