import type { StepContext } from '../shared/context.ts';
import { fail } from '../shared/errors.ts';
import type { TrendingItem } from '../shared/items.ts';
import { sliceOf, type Page } from '../shared/page.ts';
import { getItem } from '../shared/requests.ts';

/** The list that a handler rebuilds. Reads `stash.page`, writes `stash.slice`; cursors are post ids. */
export function request() {
  return getItem({ operationId: 'TRENDING' }, false);
}

export function response(ctx: StepContext<TrendingItem | null>) {
  if (ctx.error) {
    fail(ctx.error);
  }
  const page = ctx.stash.page as Page;
  const ids = ctx.result?.postIds ?? [];
  const place = page.cursor === null ? -1 : ids.indexOf(page.cursor);
  const ahead = page.forward ? ids.slice(place + 1) : ids.slice(0, place < 0 ? ids.length : place).reverse();
  ctx.stash.slice = sliceOf(
    page,
    ahead.slice(0, page.size + 1).map((id) => ({ sortKey: id, id, at: '' })),
  );
  return null;
}
