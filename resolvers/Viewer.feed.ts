import type { ViewerFeedArgs } from './generated/schema.ts';
import { postConnection } from './shared/connection.ts';
import type { NestedContext } from './shared/context.ts';
import { viewerId } from './shared/identity.ts';
import { readPage } from './shared/page.ts';

type Ctx = NestedContext<Record<string, unknown>, ViewerFeedArgs>;

export function request(ctx: Ctx) {
  ctx.stash.page = readPage(ctx.args);
  return {};
}

/** Only followed people's posts get here, and a block ends both follows, so blocks need no reading of their own. */
export function response(ctx: Ctx) {
  const muted = ctx.stash.muted ?? [];
  const followed = ctx.stash.followed ?? [];
  const viewer = viewerId(ctx.identity);
  ctx.stash.posts = (ctx.stash.posts ?? []).filter(
    (post) => post.authorId === viewer || (followed.indexOf(post.authorId) >= 0 && muted.indexOf(post.authorId) < 0),
  );
  return postConnection(ctx);
}
