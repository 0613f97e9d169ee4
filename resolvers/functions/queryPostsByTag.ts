import type { StepContext } from '../shared/context.ts';
import { postsByTag } from '../shared/lists.ts';
import { pageQuery, queriedItems, sliceOf, type KeyRange, type Page } from '../shared/page.ts';
import type { TagItem } from '../shared/items.ts';

/** Posts under a hashtag. Reads `stash.page` and `stash.tag`, writes `stash.slice`. */
export function request(ctx: StepContext) {
  return pageQuery(ctx.stash.page as Page, list(ctx));
}

export function response(ctx: StepContext) {
  const items = queriedItems<TagItem>(ctx, list(ctx));
  ctx.stash.slice = sliceOf(
    ctx.stash.page as Page,
    items.map((item) => ({ sortKey: item.postId, id: item.postId, at: '' })),
  );
  return null;
}

function list(ctx: StepContext): KeyRange {
  return postsByTag(ctx.stash.tag as string);
}
