import { forEach } from '../shared/concurrency.ts';
import type { PostTransition } from '../shared/postLife.ts';
import { traceOf } from '../shared/records.ts';
import { removePhoto } from '../shared/removePhoto.ts';
import type { Report } from '../shared/streamHandler.ts';

/**
 * Marks the photos of a post that was deleted as removed, on a profile, too. A post whose item is gone without a tombstone has moved to the archive, or its
 * author's account is being erased: neither ends the photos here.
 */
export async function removePhotos(transitions: readonly PostTransition[], report: Report): Promise<void> {
  const deleted = transitions.filter(({ change, to }) => to === 'gone' && change.after !== null);
  const photos = deleted.flatMap(({ change, post }) => post.photoIds.map((photoId) => ({ change, post, photoId })));
  await forEach(photos, async ({ change, post, photoId }) => {
    try {
      const removed = { photoId, postId: post.postId, at: change.at, trace: traceOf(change) };
      report.count(`photos ${await removePhoto(removed)}`);
    } catch (error) {
      report.fail([change], error);
    }
  });
}
