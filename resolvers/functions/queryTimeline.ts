import { util } from '@aws-appsync/utils';
import type { StepContext } from '../shared/context.ts';
import { viewerId } from '../shared/identity.ts';
import type { TimelineItem } from '../shared/items.ts';
import { timelineOf } from '../shared/lists.ts';
import { pageQuery, queriedItems, type Page } from '../shared/page.ts';

/** What was fanned out to the viewer, and has not expired. Reads `stash.page`, writes `stash.timeline`. */
export function request(ctx: StepContext) {
  return pageQuery(ctx.stash.page as Page, timelineOf(viewerId(ctx.identity)));
}

export function response(ctx: StepContext) {
  const now = util.time.nowEpochSeconds();
  const items = queriedItems<TimelineItem>(ctx, timelineOf(viewerId(ctx.identity)));
  ctx.stash.timeline = items.filter((item) => item.expiresAt > now);
  return null;
}
