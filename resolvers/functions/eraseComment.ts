import { runtime } from '@aws-appsync/utils';
import type { MutationDeleteCommentArgs } from '../generated/schema.ts';
import type { FieldContext } from '../shared/context.ts';
import { eraseItem, settleErasure } from '../shared/erasure.ts';
import { viewerId } from '../shared/identity.ts';
import type { CommentItem } from '../shared/items.ts';
import { refused } from '../shared/refusals.ts';

/** Erases `stash.commentKey`, provided that the viewer wrote it or the post above it. */
export function request(ctx: FieldContext<MutationDeleteCommentArgs>) {
  if (refused(ctx.stash)) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  return eraseItem(ctx, ctx.stash.commentKey ?? {}, {
    owner: '(#authorId = :viewer OR #postAuthorId = :viewer)',
    ownerNames: { '#authorId': 'authorId', '#postAuthorId': 'postAuthorId' },
    viewer: viewerId(ctx.identity),
  });
}

export function response(ctx: FieldContext<MutationDeleteCommentArgs, CommentItem | null>) {
  const viewer = viewerId(ctx.identity);
  const isOwner = ctx.result?.authorId === viewer || ctx.result?.postAuthorId === viewer;
  settleErasure(ctx, { stored: ctx.result, isOwner, what: 'comment' });
  return null;
}
