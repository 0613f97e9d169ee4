import { required } from '../shared/environment.ts';
import { itemKind, readArchivedPost, readComment, readEdge, readPost } from '../shared/items.ts';
import type { Change, Image } from '../shared/records.ts';

export type Counter = 'likeCount' | 'commentCount' | 'postCount' | 'followerCount' | 'followingCount';

/** The item that carries a counter. */
export interface Subject {
  readonly table: string;
  readonly key: Readonly<Record<string, string>>;
  /** `users`: never made by counting, since only a sign-up may make a profile. `STATS` items are. */
  readonly mustExist: boolean;
}

/** One change, as one counter sees it. */
export interface Delta {
  readonly change: Change;
  readonly subject: Subject;
  readonly counter: Counter;
  readonly by: 1 | -1;
}

/** @throws MalformedRecord */
export function deltasOf(change: Change): readonly Delta[] {
  const { before, after, expired } = change;
  // What DynamoDB removes when its time is over was counted out before, or is in the archive and still counts.
  if (expired) return [];
  const by = (isCounted(after) ? 1 : 0) - (isCounted(before) ? 1 : 0);
  const image = after ?? before;
  if (by === 0 || !image) return [];
  if (itemKind(image) === 'archived' && !(before && after)) return [];
  return countersOf(image).map(([counter, subject]) => ({ change, counter, subject, by: by > 0 ? 1 : -1 }));
}

/**
 * A post or comment counts while it is live: deleting it is a change that adds `deletedAt` or `removedAt`. What stays of an
 * archived post counts in its place, from when it is deleted: its coming and going change no number.
 */
function isCounted(image: Image | null): boolean {
  if (!image) return false;
  switch (itemKind(image)) {
    case 'edge':
      return readEdge(image) !== null;
    case 'post':
      return readPost(image).live;
    case 'archived':
      return readArchivedPost(image).live;
    case 'comment':
      return readComment(image).live;
    default:
      return false;
  }
}

function countersOf(image: Image): readonly (readonly [Counter, Subject])[] {
  switch (itemKind(image)) {
    case 'edge':
      return edgeCounters(image);
    case 'post':
      return [['postCount', user(readPost(image).authorId)]];
    case 'archived':
      return [['postCount', user(readArchivedPost(image).authorId)]];
    default:
      return [['commentCount', stats(readComment(image).postId)]];
  }
}

function edgeCounters(image: Image): readonly (readonly [Counter, Subject])[] {
  const edge = readEdge(image);
  if (!edge) return [];
  if (edge.kind === 'LIKE') return [['likeCount', stats(edge.targetId)]];
  return [
    ['followerCount', user(edge.targetId)],
    ['followingCount', user(edge.userId)],
  ];
}

function stats(postId: string): Subject {
  return { table: required('POSTS_TABLE'), key: { postId, item: 'STATS' }, mustExist: false };
}

function user(userId: string): Subject {
  return { table: required('USERS_TABLE'), key: { userId }, mustExist: true };
}
