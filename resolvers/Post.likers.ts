import type { PostLikersArgs } from './generated/schema.ts';
import { userConnection } from './shared/connection.ts';
import type { NestedContext } from './shared/context.ts';
import { readPage } from './shared/page.ts';
import type { PostSource } from './shared/post.ts';

type Ctx = NestedContext<PostSource, PostLikersArgs>;

export function request(ctx: Ctx) {
  ctx.stash.page = readPage(ctx.args);
  ctx.stash.postId = ctx.source?.postId;
  return {};
}

export function response(ctx: Ctx) {
  return userConnection(ctx);
}
