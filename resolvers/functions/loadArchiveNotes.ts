import { runtime } from '@aws-appsync/utils';
import { bundleKey, isLiveNote, monthOf, noteKey } from '../shared/archive.ts';
import type { StepContext } from '../shared/context.ts';
import type { ArchiveNoteItem } from '../shared/items.ts';
import { postsLeftToArchive } from '../shared/nodes.ts';
import { batchGet, batchItems } from '../shared/requests.ts';
import { distinct } from '../shared/visibility.ts';

/** Of the posts that loadNodes left to the archive, reads whose they are. Writes `stash.notes` and `stash.bundles`. */
export function request(ctx: StepContext) {
  const postIds = postsLeftToArchive(ctx.stash.found ?? []);
  ctx.stash.bundles = [];
  if (postIds.length === 0) {
    runtime.earlyReturn(null);
  }
  return batchGet({ [TABLE.posts]: postIds.map((postId) => noteKey(postId)) }, true);
}

export function response(ctx: StepContext) {
  const notes = batchItems<ArchiveNoteItem>(ctx, TABLE.posts).filter((note) => isLiveNote(note));
  ctx.stash.notes = notes;
  ctx.stash.bundles = distinct(notes.map((note) => bundleKey(note.ownerId, monthOf(note.postId))));
  return null;
}
