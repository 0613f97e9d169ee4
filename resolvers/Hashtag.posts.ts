import type { HashtagPostsArgs } from './generated/schema.ts';
import { postConnection } from './shared/connection.ts';
import type { NestedContext } from './shared/context.ts';
import { readPage } from './shared/page.ts';

type Ctx = NestedContext<{ name: string }, HashtagPostsArgs>;

export function request(ctx: Ctx) {
  ctx.stash.page = readPage(ctx.args);
  ctx.stash.tag = ctx.source?.name;
  return {};
}

export function response(ctx: Ctx) {
  return postConnection(ctx);
}
