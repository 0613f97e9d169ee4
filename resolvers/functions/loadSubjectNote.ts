import { runtime } from '@aws-appsync/utils';
import type { MutationDecideModerationArgs } from '../generated/schema.ts';
import { isLeftToArchive, isLiveNote, mayBeArchived, noteKey } from '../shared/archive.ts';
import type { FieldContext } from '../shared/context.ts';
import type { ArchiveNoteItem, PostItem } from '../shared/items.ts';
import { refused } from '../shared/refusals.ts';
import { batchGet, batchItems } from '../shared/requests.ts';

type Ctx = FieldContext<MutationDecideModerationArgs>;

/** When a post is to be removed that is in the archive alone, writes `stash.note`: the note is what there is to remove. */
export function request(ctx: Ctx) {
  const { caseItem } = ctx.stash;
  const postId = caseItem?.subjectType === 'Post' ? caseItem.subjectKey : '';
  if (refused(ctx.stash) || ctx.args.decision !== 'REMOVE_SUBJECT' || !mayBeArchived(postId)) {
    runtime.earlyReturn(null);
  }
  return batchGet({ [TABLE.posts]: [{ postId, item: 'POST' }, noteKey(postId)] }, true);
}

export function response(ctx: Ctx) {
  const items = batchItems<PostItem | ArchiveNoteItem>(ctx, TABLE.posts);
  const post = items.find((item) => item.item === 'POST') as PostItem | undefined;
  const note = items.find((item) => item.item === 'ARCHIVE') as ArchiveNoteItem | undefined;
  if (note && isLiveNote(note) && isLeftToArchive(post)) {
    ctx.stash.note = note;
  }
  return null;
}
