import { runtime } from '@aws-appsync/utils';
import type { StepContext } from '../shared/context.ts';
import { newEdge, settleEdge } from '../shared/edges.ts';
import { refuse, refuseArchived, refused } from '../shared/refusals.ts';
import { putNewItem } from '../shared/requests.ts';

/** Likes `stash.post`: one write, in the partition of the one who likes. */
export function request(ctx: StepContext) {
  const { post } = ctx.stash;
  if (!post) {
    refuse(ctx.stash, 'NOT_FOUND', 'There is no such post.', ['postId']);
  }
  refuseArchived(ctx.stash, ['postId']);
  if (refused(ctx.stash) || !post) {
    runtime.earlyReturn(null, { skipTo: 'END' });
    return null;
  }
  const { userId, edge, ...attributes } = newEdge(ctx, 'LIKE', post.postId);
  return putNewItem({ userId, edge }, { ...attributes, targetOwnerId: post.authorId }, 'userId');
}

export function response(ctx: StepContext) {
  settleEdge(ctx.error);
  return null;
}
