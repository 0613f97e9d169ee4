import { runtime, util } from '@aws-appsync/utils';
import type { MutationCreateReportArgs } from '../generated/schema.ts';
import type { FieldContext, FoundNode } from '../shared/context.ts';
import { fail } from '../shared/errors.ts';
import { viewerId } from '../shared/identity.ts';
import type { CaseItem } from '../shared/items.ts';
import { visibleNode } from '../shared/nodes.ts';
import { refuse, refused } from '../shared/refusals.ts';
import { putNewItem } from '../shared/requests.ts';
import { carriedTrace } from '../shared/trace.ts';
import { ulidTimeISO } from '../shared/ulid.ts';

/** Opens a case about the only entry of `stash.found`, if the viewer can see it. Writes `stash.caseItem`. */
export function request(ctx: FieldContext<MutationCreateReportArgs>) {
  const node = (ctx.stash.found ?? [])[0] ?? null;
  if (visibleNode(ctx, node) === null) {
    refuse(ctx.stash, 'NOT_FOUND', 'There is no such thing to report.', ['input', 'subjectId']);
  }
  if (refused(ctx.stash) || node === null) {
    runtime.earlyReturn(null, { skipTo: 'END' });
    return null;
  }
  const { idempotencyKey, reason, details } = ctx.args.input;
  const createdAt = ulidTimeISO(idempotencyKey);
  return putNewItem(
    { operationId: `CASE#${idempotencyKey}` },
    {
      status: 'OPEN#0',
      createdAt: `${createdAt}#${idempotencyKey}`,
      reporterId: viewerId(ctx.identity),
      subjectType: node.reference.type,
      subjectKey: node.reference.key.join(':'),
      subjectOwnerId: ownerOf(node),
      reason,
      // DynamoDB would store a null.
      ...(details ? { details } : {}),
      evidenceCount: 0,
      history: [{ at: util.time.nowISO8601(), actorId: viewerId(ctx.identity), action: 'REPORTED' }],
      ...carriedTrace(ctx),
    },
    'operationId',
  );
}

type Owned = { authorId?: string; ownerId?: string; userId?: string };

function ownerOf(node: FoundNode): string {
  const item = (node?.item ?? {}) as Owned;
  return (item.authorId ?? item.ownerId ?? item.userId) as string;
}

/** After a failed condition AppSync itself reads the item with strong consistency and leaves it in `ctx.result`. */
export function response(ctx: FieldContext<MutationCreateReportArgs, CaseItem | null>) {
  if (ctx.error && ctx.error.type !== 'DynamoDB:ConditionalCheckFailedException') {
    fail(ctx.error);
  }
  if (ctx.result && ctx.result.reporterId === viewerId(ctx.identity)) {
    ctx.stash.caseItem = ctx.result;
    return null;
  }
  const message = 'This key has been used before. Make a new one.';
  refuse(ctx.stash, 'IDEMPOTENCY_KEY_REUSED', message, ['input', 'idempotencyKey']);
  return null;
}
