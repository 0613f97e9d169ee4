import type { MutationDecideModerationArgs } from './generated/schema.ts';
import type { FieldContext } from './shared/context.ts';
import { MAX_NOTE_BYTES } from './shared/limits.ts';
import { toCase } from './shared/moderation.ts';
import { refused } from './shared/refusals.ts';
import { checkText } from './shared/text.ts';

export function request(ctx: FieldContext<MutationDecideModerationArgs>) {
  const field = ['note'];
  ctx.stash.userErrors = [];
  checkText(ctx.stash, ctx.args.note ?? '', { label: 'The note', field, maxBytes: MAX_NOTE_BYTES, blank: true });
  return {};
}

export function response(ctx: FieldContext<MutationDecideModerationArgs>) {
  const { caseItem, userErrors } = ctx.stash;
  return { case: caseItem && !refused(ctx.stash) ? toCase(caseItem) : null, userErrors };
}
