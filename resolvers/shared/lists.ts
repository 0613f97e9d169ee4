import type { KeyRange } from './page.ts';

/** Where each list of the contract is read, and in which order. */

export function postsByAuthor(userId: string): KeyRange {
  return byIndex({ index: 'byAuthor', partitionKey: 'authorId', partition: userId, sortKey: 'postId' });
}

export function postsByTag(name: string): KeyRange {
  return byIndex({ index: 'byTag', partitionKey: 'tag', partition: name, sortKey: 'postId' });
}

export function likersOf(postId: string): KeyRange {
  return byIndex({ index: 'bySubject', partitionKey: 'subject', partition: `LIKE#${postId}#0`, sortKey: 'edgeId' });
}

export function followersOf(userId: string): KeyRange {
  return byIndex({ index: 'bySubject', partitionKey: 'subject', partition: `FOLLOW#${userId}#0`, sortKey: 'edgeId' });
}

export function jobsOf(userId: string): KeyRange {
  return byIndex({ index: 'byStatus', partitionKey: 'status', partition: `JOB#${userId}`, sortKey: 'createdAt' });
}

/** Oldest first: who waits longest is served first. */
export function casesWith(status: string): KeyRange {
  const range = { index: 'byStatus', partitionKey: 'status', partition: `${status}#0`, sortKey: 'createdAt' };
  return { ...byIndex(range), descending: false };
}

/** Post ids rise with time, so the newest liked post comes first. */
export function likesBy(userId: string): KeyRange {
  return { ...edgesOf(userId, 'LIKE#'), descending: true };
}

export function followsBy(userId: string): KeyRange {
  return edgesOf(userId, 'FOLLOW#');
}

export function mutesBy(userId: string): KeyRange {
  return edgesOf(userId, 'MUTE#');
}

export function handlesWith(prefix: string): KeyRange {
  return {
    ...byIndex({
      index: 'byHandlePrefix',
      partitionKey: 'handlePrefix',
      partition: prefix.slice(0, 2),
      sortKey: 'handle',
    }),
    prefix,
    descending: false,
  };
}

export function commentsOn(postId: string, newestFirst: boolean): KeyRange {
  return {
    index: null,
    partitionKey: 'bucket',
    partition: `${postId}#0`,
    sortKey: 'commentId',
    prefix: '',
    descending: newestFirst,
    consistentRead: true,
  };
}

export function notificationsOf(userId: string): KeyRange {
  return {
    index: null,
    partitionKey: 'userId',
    partition: userId,
    sortKey: 'notificationId',
    prefix: '',
    descending: true,
    consistentRead: false,
  };
}

export function timelineOf(userId: string): KeyRange {
  return {
    index: null,
    partitionKey: 'userId',
    partition: userId,
    sortKey: 'entry',
    prefix: '',
    descending: true,
    consistentRead: false,
  };
}

/** The celebrities whom a user follows, in order of their ids. */
export function celebritiesOf(userId: string): KeyRange {
  return { ...timelineOf(`CELEBRITIES#${userId}`), descending: false };
}

type IndexRange = { index: string; partitionKey: string; partition: string; sortKey: string };

function byIndex(range: IndexRange): KeyRange {
  return { ...range, prefix: '', descending: true, consistentRead: false };
}

/** Read with strong consistency, so that a user sees what that user has just done. */
function edgesOf(userId: string, prefix: string): KeyRange {
  return {
    index: null,
    partitionKey: 'userId',
    partition: userId,
    sortKey: 'edge',
    prefix,
    descending: false,
    consistentRead: true,
  };
}
