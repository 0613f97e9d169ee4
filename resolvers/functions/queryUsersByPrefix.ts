import type { StepContext } from '../shared/context.ts';
import type { UserItem } from '../shared/items.ts';
import { handlesWith } from '../shared/lists.ts';
import { pageQuery, queriedItems, sliceOf, type Page } from '../shared/page.ts';

/** People by handle. Reads `stash.page` and `stash.handle`, the prefix; writes `stash.slice` and `stash.people`. */
export function request(ctx: StepContext) {
  return pageQuery(ctx.stash.page as Page, handlesWith(ctx.stash.handle as string));
}

export function response(ctx: StepContext) {
  const items = queriedItems<UserItem>(ctx, handlesWith(ctx.stash.handle as string));
  ctx.stash.slice = sliceOf(
    ctx.stash.page as Page,
    items.map((item) => ({ sortKey: item.handle, id: item.userId, at: '' })),
  );
  ctx.stash.people = ctx.stash.slice.entries.map((entry) => entry.id);
  return null;
}
