import type { FollowersPosition } from './followers.ts';
import { membersOf } from './messages.ts';

/** What an author becomes at the end of a walk that has told every follower. */
export interface Turn {
  readonly to: 'celebrity' | 'pushed';
  /** The author's `celebritySince` as the walk began: it ends nothing that has changed since. */
  readonly since: string;
}

/** One page of followers is to get a post. Without `position` it is the first, which decides the rest. */
export interface PostCreated {
  readonly kind: 'post-created';
  readonly postId: string;
  readonly authorId: string;
  readonly position?: FollowersPosition | undefined;
  /** Set by the first page for those after it. */
  readonly turn?: Turn | undefined;
}

/** One page of followers is to lose a post. */
export interface PostDeleted {
  readonly kind: 'post-deleted';
  readonly postId: string;
  readonly authorId: string;
  readonly position?: FollowersPosition | undefined;
}

/** A follow began or ended: which of them is read from the edge, since messages overtake each other. */
export interface FollowChanged {
  readonly kind: 'follow-changed';
  readonly followerId: string;
  readonly authorId: string;
  /** The entry of the follower's timeline up to which an ended follow has been cleared away. */
  readonly after?: string | undefined;
}

/** What the queue of the function `fanOut` carries. */
export type FanOutMessage = PostCreated | PostDeleted | FollowChanged;

/** @throws MalformedMessage */
export function readFanOutMessage(body: unknown): FanOutMessage {
  const read = membersOf(body);
  const kind = read.oneOf('kind', ['post-created', 'post-deleted', 'follow-changed']);
  const authorId = read.text('authorId');
  switch (kind) {
    case 'post-created':
      return {
        kind,
        authorId,
        postId: read.text('postId'),
        position: readPosition(body),
        turn: readTurn(body),
      };
    case 'post-deleted':
      return { kind, authorId, postId: read.text('postId'), position: readPosition(body) };
    case 'follow-changed':
      return { kind, authorId, followerId: read.text('followerId'), after: read.optionalText('after') };
  }
}

function readPosition(body: unknown): FollowersPosition | undefined {
  const { position } = body as { readonly position?: unknown };
  if (position === undefined) return undefined;
  const read = membersOf(position);
  return { partition: read.text('partition'), after: read.optionalText('after') };
}

function readTurn(body: unknown): Turn | undefined {
  const { turn } = body as { readonly turn?: unknown };
  if (turn === undefined) return undefined;
  const read = membersOf(turn);
  return { to: read.oneOf('to', ['celebrity', 'pushed']), since: read.text('since') };
}
