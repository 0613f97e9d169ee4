import type { PostCommentsArgs } from './generated/schema.ts';
import { toComment, type CommentSource } from './shared/comment.ts';
import { entriesOf, pageInfoOf } from './shared/connection.ts';
import type { NestedContext } from './shared/context.ts';
import { encodeCursor, readPage } from './shared/page.ts';
import type { PostSource } from './shared/post.ts';
import { mayReadComment } from './shared/visibility.ts';

type Ctx = NestedContext<PostSource, PostCommentsArgs>;

export function request(ctx: Ctx) {
  ctx.stash.page = readPage(ctx.args);
  return {};
}

export function response(ctx: Ctx) {
  const comments = ctx.stash.comments ?? [];
  const edges: { cursor: string; node: CommentSource }[] = [];
  for (const entry of entriesOf(ctx.stash)) {
    const comment = comments.find((item) => item.commentId === entry.id);
    if (comment && mayReadComment(ctx, comment)) {
      edges.push({ cursor: encodeCursor(entry.sortKey), node: toComment(comment) });
    }
  }
  return { edges, pageInfo: pageInfoOf(ctx.stash) };
}
