import { runtime } from '@aws-appsync/utils';
import type { MutationDeletePostArgs } from '../generated/schema.ts';
import { noteKey } from '../shared/archive.ts';
import type { FieldContext } from '../shared/context.ts';
import { eraseItem, settleErasure } from '../shared/erasure.ts';
import { viewerId } from '../shared/identity.ts';
import type { ArchiveNoteItem } from '../shared/items.ts';

/** Deletes the note of a post that erasePost left to the archive: nobody reads it from then on, and a handler erases the rest. */
export function request(ctx: FieldContext<MutationDeletePostArgs>) {
  if (!ctx.stash.askArchive) {
    runtime.earlyReturn(null);
  }
  return eraseItem(ctx, noteKey(ctx.stash.postId as string), {
    owner: '#ownerId = :viewer',
    ownerNames: { '#ownerId': 'ownerId' },
    viewer: viewerId(ctx.identity),
  });
}

export function response(ctx: FieldContext<MutationDeletePostArgs, ArchiveNoteItem | null>) {
  const isOwner = ctx.result?.ownerId === viewerId(ctx.identity);
  settleErasure(ctx, { stored: ctx.result, isOwner, what: 'post' });
  return null;
}
