import { filled } from '../../../../measure/plan.ts';
import { load } from '../../../../infra/bill/arithmetic.ts';
import { ulid } from '../../../../seed/ulid.ts';
import type { Arrival } from './arrivals.ts';
import type { Square } from './square.ts';

/** What an operation is sent with; `null`: there is nothing yet that it could be about. */
type Variables = (context: RequestContext) => Readonly<Record<string, unknown>> | null;

export interface RequestContext {
  readonly arrival: Arrival;
  readonly square: Square;
  /** Items of a page. */
  readonly first: number;
  readonly seed: string;
  /** Epoch milliseconds by the system's clock. */
  readonly now: number;
  /** Posts that this run has made and may delete, with the number of who made them. */
  readonly own: { readonly id: string; readonly actor: number }[];
}

const key = ({ arrival, seed, now }: RequestContext): string => ulid(now, `${seed} ${arrival.number}`);
const post = ({ arrival, square }: RequestContext): string => square.posts[arrival.post] ?? '';
const person = ({ arrival, square }: RequestContext) => square.people[arrival.person] ?? { id: '', handle: '' };

/** A remark is shorter than a post; both have no photo. */
const COMMENT_BYTES = 500;
const BIO_BYTES = 150;

/** By operation of `schema/operations`: how load sends it. Public ones are sent with the API key. */
const requests: Readonly<Record<string, { readonly public?: true; readonly variables: Variables }>> = {
  Feed: { variables: ({ first }) => ({ first }) },
  Post: { variables: (context) => ({ id: post(context), comments: context.first }) },
  PublicPost: { public: true, variables: (context) => ({ id: post(context), comments: context.first }) },
  Profile: { variables: (context) => ({ handle: person(context).handle, first: context.first }) },
  PublicProfile: { public: true, variables: (context) => ({ handle: person(context).handle, first: context.first }) },
  Trending: { public: true, variables: ({ first }) => ({ first }) },
  Hashtag: { public: true, variables: ({ square, first }) => ({ name: square.hashtag, first }) },
  Notifications: { variables: ({ first }) => ({ first }) },
  Viewer: { variables: () => ({}) },
  PostLikers: { public: true, variables: (context) => ({ id: post(context), first: context.first }) },
  SearchUsers: { variables: (context) => ({ prefix: person(context).handle.slice(0, 3), first: context.first }) },
  Follows: { public: true, variables: (context) => ({ handle: person(context).handle, first: context.first }) },
  CreatePost: {
    variables: (context) => {
      const text = `Load ${context.arrival.number} #${context.square.hashtag} `;
      return { input: { idempotencyKey: key(context), body: filled(text, load.bytesPerWrite), visibility: 'PUBLIC' } };
    },
  },
  CreateComment: {
    variables: (context) => ({
      input: { idempotencyKey: key(context), postId: post(context), body: filled('A remark of load ', COMMENT_BYTES) },
    }),
  },
  LikePost: { variables: (context) => ({ postId: post(context) }) },
  UnlikePost: { variables: (context) => ({ postId: post(context) }) },
  FollowUser: { variables: toAnother },
  UnfollowUser: { variables: toAnother },
  MarkNotificationsRead: { variables: ({ now }) => ({ upTo: new Date(now).toISOString() }) },
  UpdateProfile: { variables: ({ arrival }) => ({ input: { bio: filled(`Load ${arrival.number} `, BIO_BYTES) } }) },
  // Nothing of anybody else's is deleted.
  DeletePost: {
    variables: ({ own }) => {
      const made = own.shift();
      return made ? { id: made.id } : null;
    },
  },
};

function toAnother(context: RequestContext): Readonly<Record<string, unknown>> | null {
  return context.arrival.person === context.arrival.actor ? null : { userId: person(context).id };
}

/**
 * Whether load sends an operation. Not sent are reports, blocks and claims of handles, a thousandth of the writes: they would leave
 * cases, blocks and accounts behind.
 */
export const isSent = (operation: string): boolean => Object.hasOwn(requests, operation);

export const isPublic = (operation: string): boolean => requests[operation]?.public === true;

/** `null`: this one cannot be sent, for there is nothing that it could be about. */
export function variablesOf(context: RequestContext): Readonly<Record<string, unknown>> | null {
  const found = requests[context.arrival.operation];
  if (!found) throw new Error(`load does not know how to send ${context.arrival.operation}`);
  return found.variables(context);
}

/** Deletions are sent by whoever made the post. */
export const actorOf = ({ arrival, own }: RequestContext): number =>
  arrival.operation === 'DeletePost' ? (own[0]?.actor ?? arrival.actor) : arrival.actor;
