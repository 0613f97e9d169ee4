import type { StepContext } from '../shared/context.ts';
import { likesBy } from '../shared/lists.ts';
import { pageQuery, queriedItems, sliceOf, type KeyRange, type Page } from '../shared/page.ts';
import type { EdgeItem } from '../shared/items.ts';

/** What one user likes. Reads `stash.page` and `stash.userId`, writes `stash.slice`. */
export function request(ctx: StepContext) {
  return pageQuery(ctx.stash.page as Page, list(ctx));
}

export function response(ctx: StepContext) {
  const items = queriedItems<EdgeItem>(ctx, list(ctx));
  ctx.stash.slice = sliceOf(
    ctx.stash.page as Page,
    items.map((item) => ({ sortKey: item.targetId, id: item.targetId, at: item.createdAt })),
  );
  return null;
}

function list(ctx: StepContext): KeyRange {
  return likesBy(ctx.stash.userId as string);
}
