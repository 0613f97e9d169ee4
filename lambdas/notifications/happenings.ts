import { itemKind, readComment, readEdge, type Comment, type Edge } from '../shared/items.ts';
import { MalformedRecord, type Change, type Image } from '../shared/records.ts';

/** Something that a person is told of: who did what to whose. */
export interface Happening {
  readonly change: Change;
  readonly kind: 'LIKE' | 'COMMENT' | 'FOLLOW';
  readonly actorId: string;
  readonly recipientId: string;
  /** LIKE and COMMENT: the post. FOLLOW: the recipient. */
  readonly subjectId: string;
  readonly commentId?: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** Of new likes, follows and comments; null for one's own actions. @throws MalformedRecord */
export function happeningOf(change: Change): Happening | null {
  const { before, after } = change;
  if (before || !after) return null;
  const kind = itemKind(after);
  const happening = kind === 'edge' ? ofEdge(change, after) : kind === 'comment' ? ofComment(change, after) : null;
  return happening && happening.actorId !== happening.recipientId ? happening : null;
}

/** One UTC day's happenings of one kind and subject are one notification. */
export function notificationIdOf({ at, kind, subjectId }: Happening): string {
  return `${at.slice(0, 10)}#${kind}#${subjectId}`;
}

function ofEdge(change: Change, image: Image): Happening | null {
  const edge = readEdge(image);
  if (!edge) return null;
  const recipientId = edge.kind === 'FOLLOW' ? edge.targetId : edge.targetOwnerId;
  if (recipientId === undefined) throw new MalformedRecord('targetOwnerId is no text');
  return {
    change,
    kind: edge.kind,
    actorId: edge.userId,
    recipientId,
    subjectId: edge.targetId,
    at: timeOf(change, edge),
  };
}

function ofComment(change: Change, image: Image): Happening | null {
  const comment = readComment(image);
  if (!comment.live) return null;
  return {
    change,
    kind: 'COMMENT',
    actorId: comment.authorId,
    recipientId: comment.postAuthorId,
    subjectId: comment.postId,
    commentId: comment.commentId,
    at: timeOf(change, comment),
  };
}

/**
 * The later of what the item says and when it was written. A comment carries its client's time, up to five minutes off,
 * and would else come before what the recipient has read meanwhile; a record's time has lost its milliseconds.
 */
function timeOf({ at }: Change, { createdAt }: Edge | Comment): string {
  return new Date(Math.max(Date.parse(createdAt), at * 1_000)).toISOString();
}
