import { MalformedMessage, membersOf } from './messages.ts';

export const counters = ['followerCount', 'followingCount', 'postCount', 'likeCount', 'commentCount'] as const;

/** The first three are of a user, the others of a post. */
export type CounterName = (typeof counters)[number];

/** Where to go on counting: behind a key, within one of the lists that make up what is counted. */
export interface CountPosition {
  readonly list: number;
  readonly key?: Readonly<Record<string, string>> | undefined;
}

/** One night's share of the members. */
export interface Night {
  readonly kind: 'night';
  /** ISO 8601: the night's number tells which share. */
  readonly due: string;
}

/** A page of the members of one segment of the table `users`. */
export interface Members {
  readonly kind: 'members';
  readonly segment: number;
  readonly segments: number;
  readonly after?: string | undefined;
}

export interface Member {
  readonly kind: 'member';
  readonly userId: string;
}

/** A page of a member's posts. */
export interface MemberPosts {
  readonly kind: 'posts';
  readonly userId: string;
  readonly after?: string | undefined;
}

/** One counter, when it takes more than one step. */
export interface Count {
  readonly kind: 'count';
  readonly counter: CounterName;
  /** Of the user or post. */
  readonly id: string;
  /** So far. */
  readonly counted: number;
  readonly position?: CountPosition | undefined;
  /** What was counted less the counter, in earlier rounds. */
  readonly differences: readonly number[];
}

/** What the queue of the function `recount` carries. */
export type RecountMessage = Night | Members | Member | MemberPosts | Count;

/** @throws MalformedMessage */
export function readRecountMessage(body: unknown): RecountMessage {
  const read = membersOf(body);
  const kind = read.oneOf('kind', ['night', 'members', 'member', 'posts', 'count']);
  switch (kind) {
    case 'night': {
      const due = read.text('due');
      if (Number.isNaN(Date.parse(due))) throw new MalformedMessage('due is no time');
      return { kind, due };
    }
    case 'members': {
      const [segment, segments] = [read.wholeNumber('segment'), read.wholeNumber('segments')];
      return { kind, segment, segments, after: read.optionalText('after') };
    }
    case 'member':
      return { kind, userId: read.text('userId') };
    case 'posts':
      return { kind, userId: read.text('userId'), after: read.optionalText('after') };
    case 'count':
      return {
        kind,
        counter: read.oneOf('counter', counters),
        id: read.text('id'),
        counted: read.wholeNumber('counted'),
        position: readPosition(body),
        differences: read.wholeNumbers('differences'),
      };
  }
}

function readPosition(body: unknown): CountPosition | undefined {
  const { position } = body as { readonly position?: unknown };
  if (position === undefined) return undefined;
  const list = membersOf(position).wholeNumber('list');
  const { key } = position as { readonly key?: unknown };
  if (key === undefined) return { list };
  const read = membersOf(key);
  return { list, key: Object.fromEntries(Object.keys(key as object).map((name) => [name, read.text(name)])) };
}
