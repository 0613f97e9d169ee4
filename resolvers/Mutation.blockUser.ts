import type { MutationBlockUserArgs } from './generated/schema.ts';
import type { FieldContext } from './shared/context.ts';
import { soleKeyOf } from './shared/globalId.ts';
import { refused } from './shared/refusals.ts';
import { toUser } from './shared/user.ts';

export function request(ctx: FieldContext<MutationBlockUserArgs>) {
  ctx.stash.userErrors = [];
  ctx.stash.userId = soleKeyOf('User', ctx.args.userId, 'userId');
  return {};
}

export function response(ctx: FieldContext<MutationBlockUserArgs>) {
  const { user, userErrors } = ctx.stash;
  return { user: user && !refused(ctx.stash) ? toUser(user) : null, userErrors };
}
