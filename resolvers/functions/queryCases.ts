import type { StepContext } from '../shared/context.ts';
import { casesWith } from '../shared/lists.ts';
import { pageQuery, queriedItems, sliceOf, type KeyRange, type Page } from '../shared/page.ts';
import type { CaseItem } from '../shared/items.ts';

/** One queue of cases, as keys. Reads `stash.page` and `stash.caseStatus`, writes `stash.slice`. */
export function request(ctx: StepContext) {
  return pageQuery(ctx.stash.page as Page, list(ctx));
}

export function response(ctx: StepContext) {
  const items = queriedItems<CaseItem>(ctx, list(ctx));
  ctx.stash.slice = sliceOf(
    ctx.stash.page as Page,
    items.map((item) => ({ sortKey: item.createdAt, id: item.operationId, at: '' })),
  );
  return null;
}

function list(ctx: StepContext): KeyRange {
  return casesWith(ctx.stash.caseStatus as string);
}
