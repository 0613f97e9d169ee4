import type { UserPostsArgs } from './generated/schema.ts';
import { postConnection } from './shared/connection.ts';
import type { NestedContext } from './shared/context.ts';
import { readPage } from './shared/page.ts';
import type { UserSource } from './shared/user.ts';

type Ctx = NestedContext<UserSource, UserPostsArgs>;

export function request(ctx: Ctx) {
  ctx.stash.page = readPage(ctx.args);
  ctx.stash.userId = ctx.source?.userId;
  return {};
}

export function response(ctx: Ctx) {
  return postConnection(ctx);
}
