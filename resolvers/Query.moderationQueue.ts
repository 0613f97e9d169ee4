import type { QueryModerationQueueArgs } from './generated/schema.ts';
import { entriesOf, pageInfoOf } from './shared/connection.ts';
import type { FieldContext } from './shared/context.ts';
import { toCase, type CaseSource } from './shared/moderation.ts';
import { encodeCursor, readPage } from './shared/page.ts';

export function request(ctx: FieldContext<QueryModerationQueueArgs>) {
  ctx.stash.page = readPage(ctx.args);
  ctx.stash.caseStatus = ctx.args.status ?? 'OPEN';
  return {};
}

export function response(ctx: FieldContext<QueryModerationQueueArgs>) {
  const cases = ctx.stash.cases ?? [];
  const edges: { cursor: string; node: CaseSource }[] = [];
  for (const entry of entriesOf(ctx.stash)) {
    const item = cases.find((candidate) => candidate.operationId === entry.id);
    if (item) {
      edges.push({ cursor: encodeCursor(entry.sortKey), node: toCase(item) });
    }
  }
  return { edges, pageInfo: pageInfoOf(ctx.stash) };
}
