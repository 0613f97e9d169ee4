import type { StepContext } from '../shared/context.ts';
import { likersOf } from '../shared/lists.ts';
import { pageQuery, queriedItems, sliceOf, type KeyRange, type Page } from '../shared/page.ts';
import { ulidTimeISO } from '../shared/ulid.ts';
import type { EdgeItem } from '../shared/items.ts';

/** Who likes one post. Reads `stash.page` and `stash.postId`, writes `stash.slice` and `stash.people`. */
export function request(ctx: StepContext) {
  return pageQuery(ctx.stash.page as Page, list(ctx));
}

export function response(ctx: StepContext) {
  const items = queriedItems<EdgeItem>(ctx, list(ctx));
  ctx.stash.slice = sliceOf(
    ctx.stash.page as Page,
    items.map((item) => ({ sortKey: item.edgeId, id: item.userId, at: ulidTimeISO(item.edgeId) })),
  );
  ctx.stash.people = ctx.stash.slice.entries.map((entry) => entry.id);
  return null;
}

function list(ctx: StepContext): KeyRange {
  return likersOf(ctx.stash.postId as string);
}
