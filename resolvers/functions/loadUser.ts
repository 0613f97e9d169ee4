import { runtime } from '@aws-appsync/utils';
import type { StepContext } from '../shared/context.ts';
import { fail } from '../shared/errors.ts';
import type { UserItem } from '../shared/items.ts';
import { refused } from '../shared/refusals.ts';
import { getItem } from '../shared/requests.ts';

/** Reads `stash.userId`, writes `stash.user`, with whom it asks about blocks (`stash.people`). */
export function request(ctx: StepContext) {
  if (refused(ctx.stash) || ctx.stash.userId === undefined) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  return getItem({ userId: ctx.stash.userId }, false);
}

export function response(ctx: StepContext<UserItem | null>) {
  if (ctx.error) {
    fail(ctx.error);
  }
  ctx.stash.user = ctx.result;
  ctx.stash.people = ctx.result ? [ctx.result.userId] : [];
  return null;
}
