import { runtime } from '@aws-appsync/utils';
import type { NestedContext } from './shared/context.ts';
import { fail } from './shared/errors.ts';
import { viewerIdOrNull } from './shared/identity.ts';
import type { EdgeItem } from './shared/items.ts';
import type { UserSource } from './shared/user.ts';
import { getItem } from './shared/requests.ts';

type Ctx = NestedContext<UserSource, Record<string, never>, EdgeItem | null>;

export function request(ctx: Ctx) {
  const viewer = viewerIdOrNull(ctx.identity);
  if (viewer === null) {
    runtime.earlyReturn(null);
  }
  return getItem({ userId: viewer, edge: `MUTE#${ctx.source?.userId}` }, true);
}

export function response(ctx: Ctx) {
  if (ctx.error) {
    fail(ctx.error);
  }
  return ctx.result !== null;
}
