import { runtime } from '@aws-appsync/utils';
import { entriesOf } from '../shared/connection.ts';
import type { StepContext } from '../shared/context.ts';
import type { UserItem } from '../shared/items.ts';
import { batchGet, batchItems } from '../shared/requests.ts';

/** Reads `stash.slice`, writes `stash.users`. */
export function request(ctx: StepContext) {
  const entries = entriesOf(ctx.stash);
  ctx.stash.users = [];
  if (entries.length === 0) {
    runtime.earlyReturn(null);
  }
  return batchGet({ [TABLE.users]: entries.map((entry) => ({ userId: entry.id })) }, false);
}

export function response(ctx: StepContext) {
  ctx.stash.users = batchItems<UserItem>(ctx, TABLE.users);
  return null;
}
