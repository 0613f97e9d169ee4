import { runtime } from '@aws-appsync/utils';
import type { MutationDeletePostArgs } from '../generated/schema.ts';
import { mayBeArchived } from '../shared/archive.ts';
import type { FieldContext } from '../shared/context.ts';
import { eraseItem, settleErasure } from '../shared/erasure.ts';
import { viewerId } from '../shared/identity.ts';
import type { PostItem } from '../shared/items.ts';
import { refused } from '../shared/refusals.ts';

/** Erases `stash.postId`, provided that the viewer wrote it. Writes `stash.askArchive` when the archive may have it. */
export function request(ctx: FieldContext<MutationDeletePostArgs>) {
  if (refused(ctx.stash)) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  return eraseItem(
    ctx,
    { postId: ctx.stash.postId, item: 'POST' },
    { owner: '#authorId = :viewer', ownerNames: { '#authorId': 'authorId' }, viewer: viewerId(ctx.identity) },
  );
}

export function response(ctx: FieldContext<MutationDeletePostArgs, PostItem | null>) {
  ctx.stash.askArchive = !!ctx.error && !ctx.result && mayBeArchived(ctx.stash.postId as string);
  if (ctx.stash.askArchive && ctx.error?.type === 'DynamoDB:ConditionalCheckFailedException') {
    return null;
  }
  const isOwner = ctx.result?.authorId === viewerId(ctx.identity);
  settleErasure(ctx, { stored: ctx.result, isOwner, what: 'post' });
  return null;
}
