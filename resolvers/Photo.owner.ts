import type { NestedContext } from './shared/context.ts';
import type { UserItem } from './shared/items.ts';
import { getUser, userOrTombstone } from './shared/userReference.ts';

type Ctx = NestedContext<{ ownerId: string }, Record<string, never>, UserItem | null>;

export function request(ctx: Ctx) {
  return getUser(ctx.source?.ownerId);
}

export function response(ctx: Ctx) {
  return userOrTombstone(ctx, ctx.source?.ownerId);
}
