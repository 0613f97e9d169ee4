import { required } from '../../shared/environment.ts';
import { deleteObjects, listObjects } from '../../shared/objects.ts';
import type { Eraser } from './eraser.ts';
import { deleteItems, itemsBehind, keyOf } from './keys.ts';

/** Pictures as they are shown, files that were not worked on yet, and the items: these last, since they lead to the others. */
export const erasePhotos: Eraser = async ({ userId }, position) => {
  const { items, next } = await itemsBehind(
    { table: required('MEDIA_TABLE'), index: 'byOwner', partition: ['ownerId', userId], position },
    'photoId',
  );
  await Promise.all(items.map(({ photoId }) => eraseFiles(String(photoId))));
  await deleteItems(
    required('MEDIA_TABLE'),
    items.map((item) => keyOf(item, 'photoId')),
  );
  return { found: items.length, next };
};

async function eraseFiles(photoId: string): Promise<void> {
  const bucket = required('PHOTOS_BUCKET');
  for (const folder of ['members', 'public']) {
    const shown = await listObjects(bucket, { prefix: `media/${folder}/${photoId}/` });
    await deleteObjects(
      bucket,
      shown.map(({ key }) => key),
    );
  }
  await deleteObjects(required('UPLOADS_BUCKET'), [`photos/${photoId}`]);
}
