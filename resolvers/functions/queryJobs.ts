import type { StepContext } from '../shared/context.ts';
import { jobsOf } from '../shared/lists.ts';
import { pageQuery, queriedItems, sliceOf, type KeyRange, type Page } from '../shared/page.ts';
import { viewerId } from '../shared/identity.ts';
import type { JobItem } from '../shared/items.ts';

/** The viewer's jobs, as keys. Reads `stash.page`, writes `stash.slice`. */
export function request(ctx: StepContext) {
  return pageQuery(ctx.stash.page as Page, list(ctx));
}

export function response(ctx: StepContext) {
  const items = queriedItems<JobItem>(ctx, list(ctx));
  ctx.stash.slice = sliceOf(
    ctx.stash.page as Page,
    items.map((item) => ({ sortKey: item.createdAt, id: item.operationId, at: '' })),
  );
  return null;
}

function list(ctx: StepContext): KeyRange {
  return jobsOf(viewerId(ctx.identity));
}
