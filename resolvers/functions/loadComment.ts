import { runtime } from '@aws-appsync/utils';
import type { StepContext } from '../shared/context.ts';
import { fail } from '../shared/errors.ts';
import type { CommentItem } from '../shared/items.ts';
import { getItem } from '../shared/requests.ts';

/** Reads `stash.commentKey`, writes `stash.comment` and, as `stash.people`, its author. */
export function request(ctx: StepContext) {
  if (!ctx.stash.commentKey) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  return getItem(ctx.stash.commentKey ?? {}, false);
}

export function response(ctx: StepContext<CommentItem | null>) {
  if (ctx.error) {
    fail(ctx.error);
  }
  ctx.stash.comment = ctx.result;
  ctx.stash.people = ctx.result ? [ctx.result.authorId] : [];
  return null;
}
