import { runtime } from '@aws-appsync/utils';
import type { StepContext } from '../shared/context.ts';
import { isWorker, viewerIdOrNull } from '../shared/identity.ts';
import type { EdgeItem } from '../shared/items.ts';
import { batchGet, batchItems } from '../shared/requests.ts';

/** How `stash.userId`, the author of a whole page, stands to the viewer. Writes `stash.blocked` and `stash.followed`. */
export function request(ctx: StepContext) {
  const viewer = viewerIdOrNull(ctx.identity);
  const author = ctx.stash.userId as string;
  if (viewer === null || viewer === author || isWorker(ctx.identity) || (ctx.stash.posts ?? []).length === 0) {
    runtime.earlyReturn(null);
  }
  const keys = [
    { userId: viewer, edge: `BLOCK#${author}` },
    { userId: author, edge: `BLOCK#${viewer}` },
    { userId: viewer, edge: `FOLLOW#${author}` },
  ];
  return batchGet({ [TABLE.edges]: keys }, true);
}

export function response(ctx: StepContext) {
  const author = ctx.stash.userId as string;
  const edges = batchItems<EdgeItem>(ctx, TABLE.edges);
  ctx.stash.blocked = edges.some((edge) => edge.kind === 'BLOCK') ? [author] : [];
  ctx.stash.followed = edges.some((edge) => edge.kind === 'FOLLOW') ? [author] : [];
  return null;
}
