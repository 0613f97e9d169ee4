import { runtime } from '@aws-appsync/utils';
import type { StepContext } from '../shared/context.ts';
import { newEdge, settleEdge } from '../shared/edges.ts';
import { refused } from '../shared/refusals.ts';
import { putNewItem } from '../shared/requests.ts';

/** Mutes `stash.user`. */
export function request(ctx: StepContext) {
  if (refused(ctx.stash)) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  const { userId, edge, ...attributes } = newEdge(ctx, 'MUTE', ctx.stash.userId as string);
  return putNewItem({ userId, edge }, attributes, 'userId');
}

export function response(ctx: StepContext) {
  settleEdge(ctx.error);
  return null;
}
