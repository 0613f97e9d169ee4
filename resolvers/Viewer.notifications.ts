import type { ViewerNotificationsArgs } from './generated/schema.ts';
import type { NestedContext } from './shared/context.ts';
import { viewerId } from './shared/identity.ts';
import type { NotificationItem } from './shared/items.ts';
import { notificationsOf } from './shared/lists.ts';
import { isRead, toNotification, type NotificationSource } from './shared/notification.ts';
import { encodeCursor, pageInfo, pageQuery, queriedItems, readPage, sliceOf } from './shared/page.ts';
import { isAlive } from './shared/post.ts';

type Ctx = NestedContext<{ readUpTo: string | null }, ViewerNotificationsArgs>;

export function request(ctx: Ctx) {
  return pageQuery(readPage(ctx.args), notificationsOf(viewerId(ctx.identity)));
}

export function response(ctx: Ctx) {
  const page = readPage(ctx.args);
  const items = queriedItems<NotificationItem>(ctx, notificationsOf(viewerId(ctx.identity)));
  const entries = items.map((item) => ({ sortKey: item.notificationId, id: item.notificationId, at: '' }));
  const slice = sliceOf(page, entries);
  const readUpTo = ctx.source?.readUpTo ?? null;
  const edges: { cursor: string; node: NotificationSource }[] = [];
  for (const entry of slice.entries) {
    const item = items.find((candidate) => candidate.notificationId === entry.id);
    if (item && isAlive(item) && !(ctx.args.unreadOnly && isRead(item, readUpTo))) {
      edges.push({ cursor: encodeCursor(entry.sortKey), node: toNotification(item, readUpTo) });
    }
  }
  return { edges, pageInfo: pageInfo(page, slice) };
}
