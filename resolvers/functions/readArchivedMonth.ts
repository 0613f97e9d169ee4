import { runtime } from '@aws-appsync/utils';
import { bundleKey, bundleOf } from '../shared/archive.ts';
import { isComplete, sliceOfAuthor, withBundle, type AuthorsPosts } from '../shared/archivedPosts.ts';
import type { StepContext } from '../shared/context.ts';
import { getObject } from '../shared/http.ts';
import type { Page } from '../shared/page.ts';

/** Reads the next month of `stash.known` while the page has room. Writes `stash.known` and `stash.slice`. */
export function request(ctx: StepContext) {
  const { known } = ctx.stash;
  if (!known || isComplete(ctx.stash.page as Page, known)) {
    runtime.earlyReturn(null);
    return null;
  }
  return getObject(bundleKey(ctx.stash.userId as string, known.months[0] as string));
}

export function response(ctx: StepContext) {
  const page = ctx.stash.page as Page;
  const known = withBundle(page, ctx.stash.known as AuthorsPosts, bundleOf(ctx));
  ctx.stash.known = known;
  ctx.stash.slice = sliceOfAuthor(page, known);
  return null;
}
