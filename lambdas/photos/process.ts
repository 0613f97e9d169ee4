import { required } from '../shared/environment.ts';
import { globalId } from '../shared/globalId.ts';
import { publish } from '../shared/publish.ts';
import type { Job } from '../shared/queueHandler.ts';
import { siteUrl } from '../shared/siteUrl.ts';
import { isWaiting, readPhoto, settle, type Failure, type Outcome, type PhotoItem } from './photoItem.ts';
import { makePicture, Refused } from './picture.ts';
import { deleteUpload, readUpload } from './upload.ts';
import { deleteVariants, putVariants } from './variants.ts';

/**
 * Makes the variants of a file and settles its photo. Both the owner and S3 tell of a file, and each message may come again:
 * variants are written under the same names, the item changes once, and only who changed it tells the subscriber, but for a
 * message that comes again, whose first delivery may have ended in between.
 * @throws what may pass. The last delivery does not try again but settles: a file that kills the worker leaves no other trace.
 */
export async function processPhoto(photoId: string, receives: number, job: Job): Promise<void> {
  const photo = await readPhoto(photoId);
  job.follow(photo?.trace);
  if (!photo || !isWaiting(photo)) {
    if (photo && receives > 1) await tell(photo, job);
    await deleteUpload(photoId);
    job.count(photo ? 'settled before' : 'unknown');
    return;
  }
  const outcome: Outcome = receives >= Number(required('MAX_RECEIVES')) ? failed('NOT_PROCESSED') : await work(photo);
  const settled = await settle(photoId, outcome);
  if (settled) {
    job.count(outcome.status === 'READY' ? 'ready' : outcome.failure);
    await tell(settled, job);
  } else await clearAway(photoId, job);
  await deleteUpload(photoId);
}

async function work({ photoId, contentType = '' }: PhotoItem): Promise<Outcome> {
  try {
    const file = await readUpload(photoId);
    if (file === null) return failed('NOT_UPLOADED');
    const { files, ...facts } = await makePicture(file, contentType);
    await putVariants(photoId, files);
    return { status: 'READY', origin: await siteUrl(), ...facts };
  } catch (error) {
    if (error instanceof Refused) return failed(error.failure);
    throw error;
  }
}

const failed = (failure: Failure): Outcome => ({ status: 'FAILED', failure });

/** Whoever was faster has the same variants; but nobody has them of a photo that is gone. */
async function clearAway(photoId: string, job: Job): Promise<void> {
  const photo = await readPhoto(photoId);
  job.count('settled meanwhile');
  if (!photo || photo.removedAt !== undefined) await deleteVariants(photoId);
}

async function tell(photo: PhotoItem, job: Job): Promise<void> {
  const { photoId, ownerId, status, failure, width, height, blurhash, altText, origin, trace } = photo;
  const facts = { status, failure, width, height, blurhash, altText, origin };
  await publish(
    'publishPhoto',
    { id: globalId('Photo', photoId), ownerId: globalId('User', ownerId), ...facts },
    trace,
  );
  job.count('published');
}
