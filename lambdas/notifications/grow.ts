import type { Notification, Recipient } from '../shared/items.ts';
import { notificationIdOf, type Happening } from './happenings.ts';

/** Faces shown beside "and 12 others". */
export const MAX_ACTORS = 10;

const KEPT_SECONDS = 60 * 24 * 60 * 60;

export interface Growth {
  readonly next: Notification;
  /** Whether it was read, or was not there, and so adds to the number of unread ones. */
  readonly becomesUnread: boolean;
}

export interface Growing {
  readonly stored: Notification | undefined;
  readonly recipient: Recipient;
  /** Of one notification, in stream order, none of which is part of it yet. */
  readonly happenings: readonly Happening[];
  /** Who of the actors is counted in `stored`, listed there or not. */
  readonly known: ReadonlySet<string>;
}

/**
 * A notification with what happened since. It is later than whatever the recipient has read: an event whose record comes
 * late must not be born read, and a notification that grows is unread again.
 */
export function grow({ stored, recipient, happenings, known }: Growing): Growth {
  const [first] = happenings as readonly [Happening];
  const times = happenings.map(({ at }) => at).sort();
  const actors = happenings.map(({ actorId }) => actorId);
  const newActors = new Set(actors.filter((actorId) => !known.has(actorId)));
  const updatedAt = latest([times.at(-1), after(stored?.updatedAt), after(recipient.readUpTo)]);
  return {
    next: {
      userId: first.recipientId,
      notificationId: notificationIdOf(first),
      kind: first.kind,
      subjectId: first.subjectId,
      commentId: latest([stored?.commentId, ...happenings.map(({ commentId }) => commentId)]) || undefined,
      actorIds: [...new Set([...actors.toReversed(), ...(stored?.actorIds ?? [])])].slice(0, MAX_ACTORS),
      actorCount: (stored?.actorCount ?? 0) + newActors.size,
      createdAt: [...times, ...(stored ? [stored.createdAt] : [])].sort()[0] as string,
      updatedAt,
      expiresAt: Math.floor(Date.parse(updatedAt) / 1_000) + KEPT_SECONDS,
    },
    becomesUnread: !stored || isRead(stored.updatedAt, recipient.readUpTo),
  };
}

/**
 * Whether a happening adds something: a new actor does, and so does a newer comment of a known one. A like or follow that
 * is taken back and given again on the same day does not.
 */
export function adds({ actorId, commentId }: Happening, stored: Notification | undefined, known: ReadonlySet<string>) {
  return !known.has(actorId) || (commentId !== undefined && commentId > (stored?.commentId ?? ''));
}

function isRead(updatedAt: string, readUpTo: string | undefined): boolean {
  return readUpTo !== undefined && Date.parse(updatedAt) <= Date.parse(readUpTo);
}

/** One millisecond later. */
function after(time: string | undefined): string | undefined {
  return time === undefined ? undefined : new Date(Date.parse(time) + 1).toISOString();
}

/** ISO times of one form, and ULIDs, compare as texts. */
function latest(texts: readonly (string | undefined)[]): string {
  return texts.reduce<string>((last, text) => (text !== undefined && text > last ? text : last), '');
}
