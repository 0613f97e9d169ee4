import { runtime } from '@aws-appsync/utils';
import type { StepContext } from '../shared/context.ts';
import { newEdge, settleEdge } from '../shared/edges.ts';
import { refuse, refused } from '../shared/refusals.ts';
import { putNewItem } from '../shared/requests.ts';

/** Follows `stash.user`. Blocks come from checkTarget. */
export function request(ctx: StepContext) {
  const target = ctx.stash.userId as string;
  if ((ctx.stash.blockedBy ?? []).length > 0) {
    refuse(ctx.stash, 'NOT_FOUND', 'There is no such user.', ['userId']);
  } else if ((ctx.stash.blocked ?? []).length > 0) {
    refuse(ctx.stash, 'BLOCKED', 'Lift your block first.', ['userId']);
  }
  if (refused(ctx.stash)) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  const { userId, edge, ...attributes } = newEdge(ctx, 'FOLLOW', target);
  return putNewItem({ userId, edge }, attributes, 'userId');
}

export function response(ctx: StepContext) {
  settleEdge(ctx.error);
  return null;
}
