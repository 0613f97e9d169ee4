import type { StepContext } from '../shared/context.ts';
import { postsByAuthor } from '../shared/lists.ts';
import { pageQuery, queriedItems, sliceOf, type KeyRange, type Page } from '../shared/page.ts';
import type { PostItem } from '../shared/items.ts';

/** One author's posts in the table. Reads `stash.page` and `stash.userId`, writes `stash.hot` and `stash.slice`. */
export function request(ctx: StepContext) {
  return pageQuery(ctx.stash.page as Page, list(ctx));
}

export function response(ctx: StepContext) {
  const items = queriedItems<PostItem>(ctx, list(ctx));
  ctx.stash.hot = items.map((item) => item.postId);
  ctx.stash.slice = sliceOf(
    ctx.stash.page as Page,
    items.map((item) => ({ sortKey: item.postId, id: item.postId, at: item.createdAt })),
  );
  return null;
}

function list(ctx: StepContext): KeyRange {
  return postsByAuthor(ctx.stash.userId as string);
}
