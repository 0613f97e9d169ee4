import type { MutationStartEvidenceUploadArgs } from './generated/schema.ts';
import type { FieldContext } from './shared/context.ts';
import { soleKeyOf } from './shared/globalId.ts';

export function request(ctx: FieldContext<MutationStartEvidenceUploadArgs>) {
  ctx.stash.userErrors = [];
  ctx.stash.reportId = soleKeyOf('Report', ctx.args.reportId, 'reportId');
  return {};
}

export function response(ctx: FieldContext<MutationStartEvidenceUploadArgs>) {
  const { ticket, userErrors } = ctx.stash;
  return { ticket: ticket ?? null, userErrors };
}
