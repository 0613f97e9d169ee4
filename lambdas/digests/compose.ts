import { batchGet } from '../shared/batchGet.ts';
import { forEach } from '../shared/concurrency.ts';
import { required } from '../shared/environment.ts';
import type { Notification } from '../shared/items.ts';
import type { Mail } from '../shared/mailMessages.ts';
import type { Image } from '../shared/records.ts';
import { unheard } from '../shared/unheard.ts';
import { lineOf, type Line } from './lines.ts';
import type { Reader } from './readers.ts';
import { unreadOf, type Span } from './unread.ts';

/** A digest tells of so many notifications; the app has the rest. */
const MAX_LINES = 10;
/** Of each notification, whose names are looked for: the newest three. */
const MAX_NAMES = 3;

interface Draft {
  readonly reader: Reader;
  readonly notifications: readonly Notification[];
  readonly more: boolean;
  /** Whom the reader has blocked or muted since, or is blocked by. */
  readonly hidden: ReadonlySet<string>;
}

/** A mail for each member who has something to read, in the language of the member. @throws when a table does not answer. */
export async function composeDigests(readers: readonly Reader[], span: Span): Promise<Mail[]> {
  const drafts = await draftsOf(readers, span);
  const notifications = drafts.flatMap((draft) => draft.notifications);
  const [names, bodies] = await Promise.all([namesOf(notifications.flatMap(actorsOf)), bodiesOf(notifications)]);
  return drafts.flatMap(({ reader, more, hidden, ...draft }) => {
    const lines = draft.notifications.flatMap((notification): Line[] => {
      const name = actorsOf(notification)
        .filter((actorId) => !hidden.has(actorId))
        .map((actorId) => names.get(actorId))
        .find((each) => each !== undefined);
      const { kind, subjectId, actorCount } = notification;
      const body = kind === 'FOLLOW' ? '' : bodies.get(subjectId);
      // What everyone has left, or whose post is gone, is told of no more.
      return name === undefined || body === undefined
        ? []
        : [lineOf(reader.language, { kind, name, others: actorCount - 1, body })];
    });
    const { userId, language } = reader;
    return lines.length === 0 ? [] : [{ userId, language, data: { lines, more } }];
  });
}

async function draftsOf(readers: readonly Reader[], span: Span): Promise<Draft[]> {
  const drafts: Draft[] = [];
  const errors: unknown[] = [];
  await forEach(readers, async (reader) => {
    try {
      const unread = await unreadOf(reader, span);
      if (unread.length === 0) return;
      const notifications = unread.slice(0, MAX_LINES);
      const actors = [...new Set(notifications.flatMap(actorsOf))];
      const hidden = await unheard(reader.userId, actors);
      drafts.push({ reader, notifications, more: unread.length > MAX_LINES, hidden });
    } catch (error) {
      errors.push(error);
    }
  });
  if (errors.length > 0) throw errors[0];
  return drafts;
}

function actorsOf({ actorIds }: Notification): readonly string[] {
  return actorIds.slice(0, MAX_NAMES);
}

/** Of accounts that are in use. */
async function namesOf(userIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const keys = [...new Set(userIds)].map((userId) => ({ userId }));
  const profiles = await batchGet(required('USERS_TABLE'), keys);
  return new Map(
    profiles
      .filter(({ status }) => status !== 'DELETED')
      .map(({ userId, displayName, handle }) => [String(userId), String(displayName || handle)]),
  );
}

/** Of posts that are there. */
async function bodiesOf(notifications: readonly Notification[]): Promise<ReadonlyMap<string, string>> {
  const postIds = notifications.flatMap(({ kind, subjectId }) => (kind === 'FOLLOW' ? [] : [subjectId]));
  const keys = [...new Set(postIds)].map((postId) => ({ postId, item: 'POST' }));
  const posts = await batchGet(required('POSTS_TABLE'), keys);
  return new Map(posts.filter(isThere).map(({ postId, body }) => [String(postId), String(body)]));
}

function isThere({ body, deletedAt, removedAt }: Image): boolean {
  return typeof body === 'string' && deletedAt === undefined && removedAt === undefined;
}
