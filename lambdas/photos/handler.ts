import { readPhotosMessage } from '../shared/photosMessages.ts';
import { queueHandler } from '../shared/queueHandler.ts';
import { openPhoto } from './open.ts';
import { processPhoto } from './process.ts';
import { removePhoto } from './remove.ts';

/** Makes pictures of the files that members send, shows them to everybody when they may be, and deletes them. */
export const handler = queueHandler('photos', readPhotosMessage, async ({ body, receives }, job) => {
  switch (body.kind) {
    case 'UPLOADED':
      return processPhoto(body.photoId, receives, job);
    case 'ARRIVED':
      for (const photoId of body.photoIds) await processPhoto(photoId, receives, job);
      return;
    case 'OPENED':
      return openPhoto(body.photoId, job);
    case 'REMOVED':
      return removePhoto(body.photoId, job);
    case 'TRIED':
      return job.count('tried');
  }
});
