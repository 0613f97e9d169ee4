import { runtime } from '@aws-appsync/utils';
import { isLeftToArchive, isLiveNote, noteKey } from '../shared/archive.ts';
import { entriesOf } from '../shared/connection.ts';
import type { StepContext } from '../shared/context.ts';
import type { ArchiveNoteItem, PostItem } from '../shared/items.ts';
import { batchGet, batchItems } from '../shared/requests.ts';
import { distinct } from '../shared/visibility.ts';

/**
 * Reads `stash.slice`, writes `stash.posts` and, as `stash.people`, their authors. Posts that bundles of `stash.known` have
 * count unless they were deleted since, which the table knows.
 */
export function request(ctx: StepContext) {
  const entries = entriesOf(ctx.stash);
  ctx.stash.posts = [];
  if (entries.length === 0) {
    runtime.earlyReturn(null);
  }
  const ids = entries.map((entry) => entry.id);
  const archived = archivedIds(ctx).filter((id) => ids.indexOf(id) >= 0);
  const keys: { postId: string; item: string }[] = ids.map((postId) => ({ postId, item: 'POST' }));
  return batchGet({ [TABLE.posts]: [...keys, ...archived.map((postId) => noteKey(postId))] }, false);
}

export function response(ctx: StepContext) {
  const items = batchItems<PostItem | ArchiveNoteItem>(ctx, TABLE.posts);
  const hot = items.filter((item) => item.item === 'POST') as PostItem[];
  const noted = items.filter((item) => item.item === 'ARCHIVE' && isLiveNote(item)).map((item) => item.postId);
  const left = (ctx.stash.known?.archived ?? []).filter(
    (post) => noted.indexOf(post.postId) >= 0 && isLeftToArchive(hot.find((item) => item.postId === post.postId)),
  );
  const posts = [...hot.filter((post) => !left.some((other) => other.postId === post.postId)), ...left];
  ctx.stash.posts = posts;
  ctx.stash.people = distinct(posts.map((post) => post.authorId));
  return null;
}

function archivedIds(ctx: StepContext): string[] {
  return (ctx.stash.known?.archived ?? []).map((post) => post.postId);
}
