import { util } from '@aws-appsync/utils';
import type { StepContext } from '../shared/context.ts';
import { viewerId } from '../shared/identity.ts';
import type { CelebrityItem } from '../shared/items.ts';
import { MAX_MERGED_CELEBRITIES } from '../shared/limits.ts';
import { celebritiesOf } from '../shared/lists.ts';
import { pageQuery, queriedItems } from '../shared/page.ts';

/** The people whose posts are not pushed to the viewer and so are merged at read. Writes `stash.celebrities`. */
export function request(ctx: StepContext) {
  return pageQuery(
    { size: MAX_MERGED_CELEBRITIES - 1, forward: true, cursor: null },
    celebritiesOf(viewerId(ctx.identity)),
  );
}

export function response(ctx: StepContext) {
  const now = util.time.nowEpochSeconds();
  const items = queriedItems<CelebrityItem>(ctx, celebritiesOf(viewerId(ctx.identity)));
  ctx.stash.celebrities = items
    .filter((item) => item.expiresAt === undefined || item.expiresAt > now)
    .map((item) => item.entry);
  return null;
}
