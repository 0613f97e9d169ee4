import type { StepContext } from '../shared/context.ts';
import { viewerId } from '../shared/identity.ts';
import type { EdgeItem } from '../shared/items.ts';
import { MAX_MUTES } from '../shared/limits.ts';
import { mutesBy } from '../shared/lists.ts';
import { pageQuery, queriedItems } from '../shared/page.ts';

/** Writes `stash.muted`. */
export function request(ctx: StepContext) {
  return pageQuery({ size: MAX_MUTES - 1, forward: true, cursor: null }, mutesBy(viewerId(ctx.identity)));
}

export function response(ctx: StepContext) {
  ctx.stash.muted = queriedItems<EdgeItem>(ctx, mutesBy(viewerId(ctx.identity))).map((edge) => edge.targetId);
  return null;
}
