import type { QuerySearchUsersArgs } from './generated/schema.ts';
import { userConnection } from './shared/connection.ts';
import type { FieldContext } from './shared/context.ts';
import { invalidArgument } from './shared/errors.ts';
import { readPage } from './shared/page.ts';
import { isHandle, normalizeHandle } from './shared/text.ts';

/** Cursors are whole handles; the list, which begins with the prefix, knows the rest of them. */
export function request(ctx: FieldContext<QuerySearchUsersArgs>) {
  const prefix = normalizeHandle(ctx.args.prefix);
  const page = readPage(ctx.args);
  if (!isHandle(prefix)) {
    invalidArgument('prefix: 2-30 letters, digits or underscores of any script');
  }
  if (page.cursor !== null && !page.cursor.startsWith(prefix)) {
    invalidArgument('the cursor is one of another search');
  }
  ctx.stash.handle = prefix;
  ctx.stash.page = { ...page, cursor: page.cursor === null ? null : page.cursor.slice(prefix.length) };
  return {};
}

export function response(ctx: FieldContext<QuerySearchUsersArgs>) {
  return userConnection(ctx);
}
