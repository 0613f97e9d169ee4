import type { StepContext } from '../shared/context.ts';
import { postsByAuthor } from '../shared/lists.ts';
import { pageQuery, queriedItems, sliceOf, type KeyRange, type Page } from '../shared/page.ts';
import type { PostItem } from '../shared/items.ts';

/** One author's posts. Reads `stash.page` and `stash.userId`, writes `stash.slice`. */
export function request(ctx: StepContext) {
  return pageQuery(ctx.stash.page as Page, list(ctx));
}

export function response(ctx: StepContext) {
  const items = queriedItems<PostItem>(ctx, list(ctx));
  ctx.stash.slice = sliceOf(
    ctx.stash.page as Page,
    items.map((item) => ({ sortKey: item.postId, id: item.postId, at: item.createdAt })),
  );
  return null;
}

function list(ctx: StepContext): KeyRange {
  return postsByAuthor(ctx.stash.userId as string);
}
