import { runtime } from '@aws-appsync/utils';
import { isLeftToArchive, mayBeArchived } from '../shared/archive.ts';
import type { StepContext } from '../shared/context.ts';
import { fail } from '../shared/errors.ts';
import type { PostItem } from '../shared/items.ts';
import { isAlive } from '../shared/post.ts';
import { refused } from '../shared/refusals.ts';
import { getItem } from '../shared/requests.ts';

/**
 * Reads `stash.postId`, writes `stash.post`: null when there is none, and `stash.askArchive` when the archive may know. Says
 * nothing about who may see it.
 */
export function request(ctx: StepContext) {
  if (refused(ctx.stash)) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  return getItem({ postId: ctx.stash.postId, item: 'POST' }, true);
}

export function response(ctx: StepContext<PostItem | null>) {
  if (ctx.error) {
    fail(ctx.error);
  }
  ctx.stash.post = ctx.result && isAlive(ctx.result) ? ctx.result : null;
  ctx.stash.askArchive = isLeftToArchive(ctx.result) && mayBeArchived(ctx.stash.postId as string);
  return ctx.stash.post;
}
