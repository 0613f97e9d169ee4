import type { QueryUserArgs } from './generated/schema.ts';
import type { FieldContext } from './shared/context.ts';
import { invalidArgument } from './shared/errors.ts';
import { isHandle, normalizeHandle } from './shared/text.ts';
import { toUser } from './shared/user.ts';
import { maySeeUser } from './shared/visibility.ts';

export function request(ctx: FieldContext<QueryUserArgs>) {
  ctx.stash.handle = normalizeHandle(ctx.args.handle);
  if (!isHandle(ctx.stash.handle)) {
    invalidArgument('handle: 2-30 letters, digits or underscores of any script');
  }
  return {};
}

export function response(ctx: FieldContext<QueryUserArgs>) {
  const { user } = ctx.stash;
  return user && user.status !== 'DELETED' && maySeeUser(ctx, user) ? toUser(user) : null;
}
