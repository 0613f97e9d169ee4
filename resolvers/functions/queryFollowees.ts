import type { StepContext } from '../shared/context.ts';
import { viewerId } from '../shared/identity.ts';
import type { EdgeItem } from '../shared/items.ts';
import { MAX_MERGED_FOLLOWEES } from '../shared/limits.ts';
import { followsBy } from '../shared/lists.ts';
import { pageQuery, queriedItems } from '../shared/page.ts';

/** The people whose posts are merged into the viewer's feed when it is read. Writes `stash.followed`. */
export function request(ctx: StepContext) {
  return pageQuery({ size: MAX_MERGED_FOLLOWEES - 1, forward: true, cursor: null }, followsBy(viewerId(ctx.identity)));
}

export function response(ctx: StepContext) {
  const edges = queriedItems<EdgeItem>(ctx, followsBy(viewerId(ctx.identity)));
  ctx.stash.followed = edges.map((edge) => edge.targetId);
  return null;
}
