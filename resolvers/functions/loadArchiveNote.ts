import { runtime } from '@aws-appsync/utils';
import { isLiveNote, noteKey } from '../shared/archive.ts';
import type { StepContext } from '../shared/context.ts';
import { fail } from '../shared/errors.ts';
import type { ArchiveNoteItem } from '../shared/items.ts';
import { getItem } from '../shared/requests.ts';

/** Of a post that loadPost leaves to the archive, reads whose it is: writes `stash.note`. */
export function request(ctx: StepContext) {
  if (!ctx.stash.askArchive) {
    runtime.earlyReturn(ctx.stash.post);
  }
  return getItem(noteKey(ctx.stash.postId as string), true);
}

export function response(ctx: StepContext<ArchiveNoteItem | null>) {
  if (ctx.error) {
    fail(ctx.error);
  }
  if (ctx.result && isLiveNote(ctx.result)) {
    ctx.stash.note = ctx.result;
  }
  return null;
}
