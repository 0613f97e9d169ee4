import type { PostCommentsArgs } from '../generated/schema.ts';
import type { NestedContext } from '../shared/context.ts';
import type { CommentItem } from '../shared/items.ts';
import { commentsOn } from '../shared/lists.ts';
import { pageQuery, queriedItems, sliceOf, type KeyRange, type Page } from '../shared/page.ts';
import type { PostSource } from '../shared/post.ts';
import { distinct } from '../shared/visibility.ts';

type Ctx = NestedContext<PostSource, PostCommentsArgs>;

/** Reads `stash.page`, writes `stash.slice`, `stash.comments` and `stash.people`. */
export function request(ctx: Ctx) {
  return pageQuery(ctx.stash.page as Page, list(ctx));
}

export function response(ctx: Ctx) {
  const page = ctx.stash.page as Page;
  const comments = queriedItems<CommentItem>(ctx, list(ctx));
  ctx.stash.comments = comments;
  ctx.stash.slice = sliceOf(
    page,
    comments.map((item) => ({ sortKey: item.commentId, id: item.commentId, at: '' })),
  );
  ctx.stash.people = distinct(comments.slice(0, page.size).map((item) => item.authorId));
  return null;
}

function list(ctx: Ctx): KeyRange {
  return commentsOn((ctx.source as PostSource).postId, ctx.args.order !== 'OLDEST_FIRST');
}
