import type { StepContext } from '../shared/context.ts';
import { followsBy } from '../shared/lists.ts';
import { pageQuery, queriedItems, sliceOf, type KeyRange, type Page } from '../shared/page.ts';
import type { EdgeItem } from '../shared/items.ts';

/** Whom one user follows. Reads `stash.page` and `stash.userId`, writes `stash.slice` and `stash.people`. */
export function request(ctx: StepContext) {
  return pageQuery(ctx.stash.page as Page, list(ctx));
}

export function response(ctx: StepContext) {
  const items = queriedItems<EdgeItem>(ctx, list(ctx));
  ctx.stash.slice = sliceOf(
    ctx.stash.page as Page,
    items.map((item) => ({ sortKey: item.targetId, id: item.targetId, at: item.createdAt })),
  );
  ctx.stash.people = ctx.stash.slice.entries.map((entry) => entry.id);
  return null;
}

function list(ctx: StepContext): KeyRange {
  return followsBy(ctx.stash.userId as string);
}
