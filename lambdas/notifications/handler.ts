import { forEach } from '../shared/concurrency.ts';
import { globalId } from '../shared/globalId.ts';
import { itemKind, readComment, readStats, type Comment, type Notification, type Stats } from '../shared/items.ts';
import { publish } from '../shared/publish.ts';
import { MalformedRecord, type Change } from '../shared/records.ts';
import { readEach, streamHandler, type Report } from '../shared/streamHandler.ts';
import { happeningOf, notificationIdOf, type Happening } from './happenings.ts';
import { notify } from './notify.ts';

/** What a change is to those who hear of it. */
interface News {
  readonly change: Change;
  readonly happening: Happening | null;
  readonly comment: (Comment & { readonly body: string }) | null;
  readonly stats: Stats | null;
}

/** Tells people of likes, comments and follows, and whoever is connected of new comments and of changed counters. */
export const handler = streamHandler('notifications', async (changes, report) => {
  const news = readEach(changes, report, (change) => [newsOf(change)]);
  // What is stored comes first: a delivery that ends early has then told the recipients, who may not be connected.
  await tellRecipients(news, report);
  await tellReadersOfComments(news, report);
  await tellReadersOfEngagement(news, report);
});

function newsOf(change: Change): News {
  return { change, happening: happeningOf(change), comment: newComment(change), stats: newStats(change) };
}

function newComment({ before, after }: Change): News['comment'] {
  if (before || !after || itemKind(after) !== 'comment') return null;
  const comment = readComment(after);
  if (!comment.live) return null;
  if (comment.body === undefined) throw new MalformedRecord('body is no text');
  return { ...comment, body: comment.body };
}

function newStats({ after }: Change): Stats | null {
  return after && itemKind(after) === 'stats' ? readStats(after) : null;
}

/** A recipient's notifications one after the other: each may raise the same counter. */
async function tellRecipients(news: readonly News[], report: Report): Promise<void> {
  const happenings = news.flatMap(({ happening }) => happening ?? []);
  const recipients = Map.groupBy(happenings, ({ recipientId }) => recipientId);
  await forEach(recipients.values(), async (group) => {
    for (const about of Map.groupBy(group, notificationIdOf).values()) await tellRecipient(about, report);
  });
}

async function tellRecipient(happenings: readonly Happening[], report: Report): Promise<void> {
  try {
    const grown = await notify(happenings);
    report.count(grown ? 'notified' : 'nobody to tell');
    if (grown) await tellConnected(grown, report);
  } catch (error) {
    report.fail(
      happenings.map(({ change }) => change),
      error,
    );
  }
}

/**
 * Once at most: the notification is stored, so another delivery would find nothing new. Whoever misses the event meets the
 * notification in the list.
 */
async function tellConnected(notification: Notification, report: Report): Promise<void> {
  const { userId, notificationId, kind, subjectId, commentId, actorIds, actorCount } = notification;
  try {
    await publish('publishNotification', {
      id: globalId('Notification', userId, notificationId),
      kind,
      recipientId: globalId('User', userId),
      postId: kind === 'FOLLOW' ? undefined : globalId('Post', subjectId),
      commentId: commentId === undefined ? undefined : globalId('Comment', subjectId, commentId),
      actorIds: actorIds.map((actorId) => globalId('User', actorId)),
      actorCount,
      createdAt: notification.createdAt,
      updatedAt: notification.updatedAt,
    });
  } catch (error) {
    report.warn(error);
  }
}

/** At least once: a comment that could not be published is delivered again, and clients know it by its id. */
async function tellReadersOfComments(news: readonly News[], report: Report): Promise<void> {
  await forEach(news, async ({ change, comment }) => {
    if (!comment) return;
    const { postId, commentId, authorId, body, createdAt } = comment;
    try {
      await publish('publishComment', {
        id: globalId('Comment', postId, commentId),
        body,
        createdAt,
        authorId: globalId('User', authorId),
        postId: globalId('Post', postId),
      });
      report.count('comments published');
    } catch (error) {
      report.fail([change], error);
    }
  });
}

/**
 * One event for each post and batch, with its last totals. A batch takes a second to fill and a post's items are in one
 * shard, whose batches come one after the other, so that a post has about one event a second.
 */
async function tellReadersOfEngagement(news: readonly News[], report: Report): Promise<void> {
  const latest = new Map(news.flatMap(({ change, stats }) => (stats ? [[stats.postId, { change, stats }]] : [])));
  await forEach(latest.values(), async ({ change, stats }) => {
    try {
      await publish('publishPostEngagement', {
        postId: globalId('Post', stats.postId),
        likes: stats.likeCount,
        comments: stats.commentCount,
      });
      report.count('engagement published');
    } catch (error) {
      report.fail([change], error);
    }
  });
}
