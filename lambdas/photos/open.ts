import type { Job } from '../shared/queueHandler.ts';
import { markOpen, readPhoto } from './photoItem.ts';
import { copyVariants, deleteVariants } from './variants.ts';

/**
 * Copies the variants to where everybody may read them, and then says so in the item: nobody is given an address that does not
 * answer. What was removed while they were copied is deleted again.
 */
export async function openPhoto(photoId: string, job: Job): Promise<void> {
  const photo = await readPhoto(photoId);
  job.follow(photo?.trace);
  const isPublic = photo?.visibility === 'PUBLIC' || photo?.onProfile === true;
  if (!photo || photo.status !== 'READY' || photo.removedAt !== undefined || photo.open || !isPublic) {
    return job.count('nothing to open');
  }
  await copyVariants(photoId);
  if (await markOpen(photoId)) return job.count('opened');
  await deleteVariants(photoId);
  job.count('removed meanwhile');
}
