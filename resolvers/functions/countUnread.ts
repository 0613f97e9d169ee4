import { runtime } from '@aws-appsync/utils';
import type { StepContext } from '../shared/context.ts';
import { viewerId } from '../shared/identity.ts';
import type { NotificationItem } from '../shared/items.ts';
import { MAX_UNREAD_COUNT } from '../shared/limits.ts';
import { notificationsOf } from '../shared/lists.ts';
import { isRead } from '../shared/notification.ts';
import { pageQuery, queriedItems } from '../shared/page.ts';
import { isAlive } from '../shared/post.ts';
import { refused } from '../shared/refusals.ts';

/** Counts, among the newest 100, what lies after `stash.readUpTo`. Writes `stash.unreadCount`. */
export function request(ctx: StepContext) {
  if (refused(ctx.stash)) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  return pageQuery(
    { size: MAX_UNREAD_COUNT - 1, forward: true, cursor: null },
    { ...notificationsOf(viewerId(ctx.identity)), consistentRead: true },
  );
}

export function response(ctx: StepContext) {
  const items = queriedItems<NotificationItem>(ctx, notificationsOf(viewerId(ctx.identity)));
  const unread = items.filter((item) => isAlive(item) && !isRead(item, ctx.stash.readUpTo ?? null));
  ctx.stash.unreadCount = unread.length;
  return null;
}
