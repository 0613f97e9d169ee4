import type { MutationCreateReportArgs } from './generated/schema.ts';
import type { FieldContext } from './shared/context.ts';
import { invalidArgument } from './shared/errors.ts';
import { parseGlobalId } from './shared/globalId.ts';
import { MAX_NOTE_BYTES } from './shared/limits.ts';
import { toReport } from './shared/moderation.ts';
import { checkText } from './shared/text.ts';
import { checkIdempotencyKey } from './shared/ulid.ts';

const reportable = ['Post', 'Comment', 'User', 'Photo'];

export function request(ctx: FieldContext<MutationCreateReportArgs>) {
  const { idempotencyKey, subjectId, details } = ctx.args.input;
  const subject = parseGlobalId(subjectId, 'subjectId');
  const field = ['input', 'details'];
  if (reportable.indexOf(subject.type) < 0) {
    invalidArgument(`subjectId: a ${subject.type} cannot be reported`);
  }
  ctx.stash.userErrors = [];
  ctx.stash.nodes = [subject];
  checkIdempotencyKey(ctx.stash, idempotencyKey);
  checkText(ctx.stash, details ?? '', {
    label: 'The text of the details',
    field,
    maxBytes: MAX_NOTE_BYTES,
    blank: true,
  });
  return {};
}

export function response(ctx: FieldContext<MutationCreateReportArgs>) {
  const { caseItem, userErrors } = ctx.stash;
  return { report: caseItem ? toReport(caseItem) : null, userErrors };
}
