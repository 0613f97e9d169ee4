import type { Job } from '../shared/queueHandler.ts';
import { deleteUpload } from './upload.ts';
import { deleteVariants } from './variants.ts';

/** Deletes all that there is of a photo whose item is gone or marked as removed, which keeps anything from coming back. */
export async function removePhoto(photoId: string, job: Job): Promise<void> {
  await deleteVariants(photoId);
  await deleteUpload(photoId);
  job.count('removed');
}
