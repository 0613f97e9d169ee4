import { runtime } from '@aws-appsync/utils';
import type { UploadTicket } from '../generated/schema.ts';
import type { StepContext } from '../shared/context.ts';
import type { CaseItem } from '../shared/items.ts';
import { refused } from '../shared/refusals.ts';
import { answeredBy, askTickets } from '../shared/ticket.ts';

/** A ticket for the file that was counted last. Reads `stash.reportId` and `stash.caseItem`, writes `stash.ticket`. */
export function request(ctx: StepContext) {
  if (refused(ctx.stash)) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  const { evidenceCount } = ctx.stash.caseItem as CaseItem;
  return askTickets({ kind: 'EVIDENCE', reportId: ctx.stash.reportId as string, number: evidenceCount });
}

export function response(ctx: StepContext) {
  ctx.stash.ticket = answeredBy<UploadTicket>(ctx);
  return null;
}
