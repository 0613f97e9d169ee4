import { runtime } from '@aws-appsync/utils';
import type { StepContext } from '../shared/context.ts';
import { fail } from '../shared/errors.ts';
import { viewerId } from '../shared/identity.ts';
import type { CaseItem } from '../shared/items.ts';
import { MAX_EVIDENCE_FILES } from '../shared/limits.ts';
import { refuse, refused } from '../shared/refusals.ts';
import { updateItem } from '../shared/requests.ts';

/** Takes one of the places for files that the viewer's open report `stash.reportId` has. Writes `stash.caseItem`. */
export function request(ctx: StepContext) {
  if (refused(ctx.stash)) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  return updateItem(
    { operationId: `CASE#${ctx.stash.reportId}` },
    {
      expression: 'SET #count = #count + :one',
      names: { '#count': 'evidenceCount' },
      values: { ':one': 1 },
    },
    {
      expression: '#reporterId = :viewer AND #count < :most AND begins_with(#status, :open)',
      names: { '#reporterId': 'reporterId', '#count': 'evidenceCount', '#status': 'status' },
      values: { ':viewer': viewerId(ctx.identity), ':most': MAX_EVIDENCE_FILES, ':open': 'OPEN' },
    },
  );
}

/** After a failed condition AppSync leaves the item as it is in `ctx.result`. */
export function response(ctx: StepContext<CaseItem | null>) {
  const stored = ctx.result;
  if (!ctx.error) {
    ctx.stash.caseItem = stored;
    return null;
  }
  if (ctx.error.type !== 'DynamoDB:ConditionalCheckFailedException') {
    fail(ctx.error);
  }
  const field = ['reportId'];
  if (!stored || stored.reporterId !== viewerId(ctx.identity)) {
    refuse(ctx.stash, 'NOT_FOUND', 'There is no such report of yours.', field);
  } else if (!stored.status.startsWith('OPEN')) {
    refuse(ctx.stash, 'ALREADY_DECIDED', 'The moderators have decided: the report takes no more files.', field);
  } else {
    refuse(ctx.stash, 'LIMIT_REACHED', `A report takes ${MAX_EVIDENCE_FILES} files, and has them.`, field);
  }
  return null;
}
