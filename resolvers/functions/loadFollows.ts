import { runtime } from '@aws-appsync/utils';
import type { StepContext } from '../shared/context.ts';
import { isWorker, viewerIdOrNull } from '../shared/identity.ts';
import type { EdgeItem } from '../shared/items.ts';
import { batchGet, batchItems } from '../shared/requests.ts';

/** Of `stash.follows`, or else `stash.people`, at most 100 users, adds those whom the viewer follows to `stash.followed`. */
export function request(ctx: StepContext) {
  const viewer = viewerIdOrNull(ctx.identity);
  const asked = (ctx.stash.follows ?? ctx.stash.people ?? []).filter((person) => person !== viewer);
  if (viewer === null || isWorker(ctx.identity) || asked.length === 0) {
    runtime.earlyReturn(null);
  }
  return batchGet({ [TABLE.edges]: asked.map((person) => ({ userId: viewer, edge: `FOLLOW#${person}` })) }, true);
}

export function response(ctx: StepContext) {
  const followed = batchItems<EdgeItem>(ctx, TABLE.edges).map((edge) => edge.targetId);
  ctx.stash.followed = [...(ctx.stash.followed ?? []), ...followed];
  return null;
}
