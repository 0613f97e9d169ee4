import type { MutationUnmuteUserArgs } from './generated/schema.ts';
import type { FieldContext } from './shared/context.ts';
import { soleKeyOf } from './shared/globalId.ts';
import { refused } from './shared/refusals.ts';
import { toUser } from './shared/user.ts';
import { maySeeUser } from './shared/visibility.ts';

export function request(ctx: FieldContext<MutationUnmuteUserArgs>) {
  ctx.stash.userErrors = [];
  ctx.stash.userId = soleKeyOf('User', ctx.args.userId, 'userId');
  ctx.stash.edge = `MUTE#${ctx.stash.userId}`;
  return {};
}

export function response(ctx: FieldContext<MutationUnmuteUserArgs>) {
  const { user, userErrors } = ctx.stash;
  return { user: user && !refused(ctx.stash) && maySeeUser(ctx, user) ? toUser(user) : null, userErrors };
}
