import type { QueryTrendingArgs } from './generated/schema.ts';
import { postConnection } from './shared/connection.ts';
import type { FieldContext } from './shared/context.ts';
import { readPage } from './shared/page.ts';

export function request(ctx: FieldContext<QueryTrendingArgs>) {
  ctx.stash.page = readPage(ctx.args);
  return {};
}

export function response(ctx: FieldContext<QueryTrendingArgs>) {
  return postConnection(ctx);
}
