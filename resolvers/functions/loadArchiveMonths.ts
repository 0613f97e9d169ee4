import { runtime } from '@aws-appsync/utils';
import { monthsFrom, reachesArchive, sliceOfAuthor } from '../shared/archivedPosts.ts';
import type { StepContext } from '../shared/context.ts';
import { fail } from '../shared/errors.ts';
import type { ArchiveMonthsItem } from '../shared/items.ts';
import type { Page } from '../shared/page.ts';
import { getItem } from '../shared/requests.ts';

/**
 * Where a page of an author's posts may go on in the archive, reads which months there are. Reads `stash.page`,
 * `stash.userId` and `stash.hot`, writes `stash.known` and `stash.slice`.
 */
export function request(ctx: StepContext) {
  if (!reachesArchive(ctx.stash.page as Page, ctx.stash.hot ?? [])) {
    runtime.earlyReturn(null);
  }
  return getItem({ postId: `MONTHS#${ctx.stash.userId}`, item: 'MONTHS' }, false);
}

export function response(ctx: StepContext<ArchiveMonthsItem | null>) {
  if (ctx.error) {
    fail(ctx.error);
  }
  const page = ctx.stash.page as Page;
  const months = monthsFrom(page, ctx.result?.months ?? []);
  const known = { hot: ctx.stash.hot ?? [], months, archived: [], resume: null };
  ctx.stash.known = known;
  ctx.stash.slice = sliceOfAuthor(page, known);
  return null;
}
