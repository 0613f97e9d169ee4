import type { ArchiveMessage } from '../shared/archiveMessages.ts';
import { readBundle } from '../shared/bundles.ts';
import { removePhoto } from '../shared/removePhoto.ts';
import { takeFromBundle } from './bundle.ts';
import { monthOf } from './months.ts';
import { forgetNote } from './posts.ts';
import { takeFromWarehouse } from './warehouse.ts';

type Erasure = Extract<ArchiveMessage, { kind: 'erase' }>;

/**
 * Takes a deleted post out of everything that was written when it was archived, and its photos with it. The bundle says which
 * part of the warehouse has it, and is asked even if the post is out of it already: the step may have been cut off in between.
 */
export async function erase({ authorId, postId }: Erasure, trace: string | undefined): Promise<'erased' | 'no bundle'> {
  const author = { authorId, month: monthOf(postId) };
  const bundle = await readBundle(author);
  if (bundle) {
    const at = Math.floor(Date.now() / 1_000);
    const photoIds = bundle.posts.find((post) => post.postId === postId)?.photoIds ?? [];
    for (const photoId of photoIds) await removePhoto({ photoId, postId, at, trace });
    await takeFromBundle(author, postId);
    await takeFromWarehouse(bundle.part, [postId]);
  }
  await forgetNote(postId);
  return bundle ? 'erased' : 'no bundle';
}
