import { runtime } from '@aws-appsync/utils';
import type { StepContext } from '../shared/context.ts';
import { viewerId } from '../shared/identity.ts';
import type { EdgeItem, UserItem } from '../shared/items.ts';
import { refuse, refused, refuseProfile } from '../shared/refusals.ts';
import { batchGet, batchItems } from '../shared/requests.ts';

/**
 * Whether the viewer may write, and whether `stash.userId` is somebody else who is there: two profiles and both blocks in
 * one consistent BatchGetItem. Writes `stash.viewer`, `stash.user`, `stash.blocked` and `stash.blockedBy`.
 */
export function request(ctx: StepContext) {
  const viewer = viewerId(ctx.identity);
  const target = ctx.stash.userId as string;
  if (target === viewer) {
    refuse(ctx.stash, 'SELF', 'One cannot do this to oneself.', ['userId']);
  }
  if (refused(ctx.stash)) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  const users = [{ userId: viewer }, { userId: target }];
  const edges = [
    { userId: viewer, edge: `BLOCK#${target}` },
    { userId: target, edge: `BLOCK#${viewer}` },
  ];
  return batchGet({ [TABLE.users]: users, [TABLE.edges]: edges }, true);
}

export function response(ctx: StepContext) {
  const users = batchItems<UserItem>(ctx, TABLE.users);
  const edges = batchItems<EdgeItem>(ctx, TABLE.edges);
  const target = ctx.stash.userId as string;
  const user = users.find((item) => item.userId === target);
  ctx.stash.viewer = users.find((item) => item.userId !== target);
  ctx.stash.user = user && user.status !== 'DELETED' ? user : null;
  ctx.stash.blocked = edges.length > 0 ? [target] : [];
  ctx.stash.blockedBy = edges.some((edge) => edge.userId === target) ? [target] : [];
  refuseProfile(ctx.stash, ctx.stash.viewer);
  if (!ctx.stash.user) {
    refuse(ctx.stash, 'NOT_FOUND', 'There is no such user.', ['userId']);
  }
  return null;
}
