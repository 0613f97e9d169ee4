import type { MutationUpdateProfileArgs } from './generated/schema.ts';
import type { FieldContext } from './shared/context.ts';
import { MAX_BIO_BYTES, MAX_DISPLAY_NAME_BYTES } from './shared/limits.ts';
import { checkText } from './shared/text.ts';
import { toUser } from './shared/user.ts';

export function request(ctx: FieldContext<MutationUpdateProfileArgs>) {
  const { displayName, bio } = ctx.args.input;
  const nameField = ['input', 'displayName'];
  const bioField = ['input', 'bio'];
  ctx.stash.userErrors = [];
  checkText(ctx.stash, displayName ?? 'unchanged', {
    label: 'The display name',
    field: nameField,
    maxBytes: MAX_DISPLAY_NAME_BYTES,
    blank: false,
  });
  checkText(ctx.stash, bio ?? '', { label: 'The bio', field: bioField, maxBytes: MAX_BIO_BYTES, blank: true });
  return {};
}

export function response(ctx: FieldContext<MutationUpdateProfileArgs>) {
  const { user, userErrors } = ctx.stash;
  return { user: user ? toUser(user) : null, userErrors };
}
