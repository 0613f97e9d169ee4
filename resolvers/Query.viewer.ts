import type { FieldContext } from './shared/context.ts';
import { fail } from './shared/errors.ts';
import { viewerId } from './shared/identity.ts';
import type { UserItem } from './shared/items.ts';
import { getItem } from './shared/requests.ts';
import { toSettings, toUser } from './shared/user.ts';

export function request(ctx: FieldContext) {
  return getItem({ userId: viewerId(ctx.identity) }, true);
}

export function response(ctx: FieldContext<Record<string, never>, UserItem | null>) {
  if (ctx.error) {
    fail(ctx.error);
  }
  const profile = ctx.result;
  return {
    user: profile ? toUser(profile) : null,
    settings: toSettings(profile),
    unreadNotificationCount: profile?.unreadCount ?? 0,
    readUpTo: profile?.readUpTo ?? null,
  };
}
