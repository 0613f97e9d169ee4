import { runtime } from '@aws-appsync/utils';
import type { MutationDecideModerationArgs } from '../generated/schema.ts';
import type { FieldContext } from '../shared/context.ts';
import { fail } from '../shared/errors.ts';
import { soleKeyOf } from '../shared/globalId.ts';
import type { CaseItem } from '../shared/items.ts';
import { refuse, refused } from '../shared/refusals.ts';
import { getItem } from '../shared/requests.ts';

/** Writes `stash.caseItem`; refuses one that is missing, decided, or about what the decision cannot be carried out on. */
export function request(ctx: FieldContext<MutationDecideModerationArgs>) {
  if (refused(ctx.stash)) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  return getItem({ operationId: `CASE#${soleKeyOf('ModerationCase', ctx.args.caseId, 'caseId')}` }, true);
}

export function response(ctx: FieldContext<MutationDecideModerationArgs, CaseItem | null>) {
  if (ctx.error) {
    fail(ctx.error);
  }
  const found = ctx.result;
  ctx.stash.caseItem = found;
  if (!found) {
    refuse(ctx.stash, 'NOT_FOUND', 'There is no such case.', ['caseId']);
  } else if (!found.status.startsWith('OPEN')) {
    refuse(ctx.stash, 'ALREADY_DECIDED', `The case was decided before: ${found.decision}.`, ['caseId']);
  } else if (ctx.args.decision === 'REMOVE_SUBJECT' && found.subjectType === 'User') {
    refuse(ctx.stash, 'INVALID', 'A user cannot be removed; SUSPEND_OWNER stops one from writing.', ['decision']);
  }
  return null;
}
