import type { MutationClaimHandleArgs } from './generated/schema.ts';
import type { FieldContext } from './shared/context.ts';
import { refuse } from './shared/refusals.ts';
import { isHandle, normalizeHandle } from './shared/text.ts';
import { toUser } from './shared/user.ts';

export function request(ctx: FieldContext<MutationClaimHandleArgs>) {
  const handle = normalizeHandle(ctx.args.handle);
  ctx.stash.userErrors = [];
  ctx.stash.handle = handle;
  if (!isHandle(handle)) {
    refuse(ctx.stash, 'INVALID', 'A handle is 2-30 letters, digits or underscores of any script.', ['handle']);
  }
  return {};
}

export function response(ctx: FieldContext<MutationClaimHandleArgs>) {
  const { user, userErrors } = ctx.stash;
  return { user: user ? toUser(user) : null, userErrors };
}
