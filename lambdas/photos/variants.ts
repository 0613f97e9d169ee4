import { CopyObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { required } from '../shared/environment.ts';
import { deleteObjects } from '../shared/objects.ts';
import { s3 } from '../shared/s3.ts';
import type { PictureFile } from './picture.ts';

/** Longer sides in pixels. Names, sizes and endings are what resolvers/shared/photo.ts makes addresses of. */
export const sizes = { thumb: 256, feed: 1_080 } as const;
export type SizeName = keyof typeof sizes;

const endings = ['webp', 'jpg'] as const;

/** The CDN asks for signed cookies below `members`. */
export type Folder = 'members' | 'public';

export interface Extent {
  readonly width: number;
  readonly height: number;
}

/** Aspect ratio kept, never enlarged. */
export function extentWithin(side: number, { width, height }: Extent): Extent {
  const scale = Math.min(1, side / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** What is under a name never changes. The CDN asks again after an hour, so that what was deleted is gone there, too. */
const CACHE_CONTROL = 'public, max-age=86400, s-maxage=3600, immutable';

export async function putVariants(photoId: string, files: readonly PictureFile[]): Promise<void> {
  await Promise.all(
    files.map(({ size, ending, contentType, content }) =>
      s3.send(
        new PutObjectCommand({
          Bucket: required('PHOTOS_BUCKET'),
          Key: keyOf('members', photoId, `${size}.${ending}`),
          Body: content,
          ContentType: contentType,
          CacheControl: CACHE_CONTROL,
        }),
      ),
    ),
  );
}

/** From members to everybody; type and caching come with them. */
export async function copyVariants(photoId: string): Promise<void> {
  const Bucket = required('PHOTOS_BUCKET');
  await Promise.all(
    names.map((name) =>
      s3.send(
        new CopyObjectCommand({
          Bucket,
          Key: keyOf('public', photoId, name),
          CopySource: `${Bucket}/${keyOf('members', photoId, name)}`,
        }),
      ),
    ),
  );
}

/** All that there may be. @throws when S3 left one. */
export async function deleteVariants(photoId: string): Promise<void> {
  const folders = ['members', 'public'] as const;
  await deleteObjects(
    required('PHOTOS_BUCKET'),
    folders.flatMap((folder) => names.map((name) => keyOf(folder, photoId, name))),
  );
}

const names = (Object.keys(sizes) as SizeName[]).flatMap((size) => endings.map((ending) => `${size}.${ending}`));

const keyOf = (folder: Folder, photoId: string, name: string): string => `media/${folder}/${photoId}/${name}`;
