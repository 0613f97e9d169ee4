import { NoSuchKey } from '@aws-sdk/client-s3';
import { zipSync, type Zippable } from 'fflate';
import { required } from '../../shared/environment.ts';
import { readObject, writeObject } from '../../shared/objects.ts';
import type { Task } from '../plan.ts';
import { archiveKey } from './keys.ts';
import { livePage } from './read.ts';
import { photosOf } from './sections.ts';

/** In one archive: some 25 MB. */
const PICTURES_PER_ARCHIVE = 50;

interface Place {
  /** Archives so far. */
  readonly archives: number;
  readonly after?: string;
}

/** The pictures themselves, as large as they are shown, an archive a step. The files that were sent are not kept. */
export const pictures: Task = async ({ jobId, userId, position, count }) => {
  const { archives, after }: Place = position === undefined ? { archives: 0 } : (JSON.parse(position) as Place);
  const { items, next } = await livePage({ ...photosOf(userId, after), limit: PICTURES_PER_ARCHIVE }, 'photoId');
  const files: Zippable = {};
  for (const { photoId, status } of items) {
    const picture = status === 'READY' ? await readPicture(String(photoId)) : null;
    if (picture) files[`${String(photoId)}.jpg`] = picture;
  }
  const found = Object.keys(files).length;
  count('pictures', found);
  const index = archives + (found > 0 ? 1 : 0);
  if (found > 0) {
    await writeObject(required('EXPORTS_BUCKET'), archiveKey({ userId, jobId, name: 'photos', index }), {
      // Pictures are as small as they get.
      content: zipSync(files, { level: 0 }),
      type: 'application/zip',
    });
  }
  return next === null ? null : JSON.stringify({ archives: index, after: next } satisfies Place);
};

/** Null for one that was deleted meanwhile. */
async function readPicture(photoId: string): Promise<Uint8Array | null> {
  try {
    return await readObject(required('PHOTOS_BUCKET'), `media/members/${photoId}/feed.jpg`);
  } catch (error) {
    if (error instanceof NoSuchKey) return null;
    throw error;
  }
}
