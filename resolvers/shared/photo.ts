import type { PhotoFailure, PhotoFormat, PhotoSize, PhotoStatus, PhotoVariant } from '../generated/schema.ts';
import { globalId } from './globalId.ts';
import type { PhotoItem } from './items.ts';

/** What a Photo's fields and nested resolvers read. */
export type PhotoSource = {
  __typename: 'Photo';
  id: string;
  status: PhotoStatus;
  failure: PhotoFailure | null;
  width: number | null;
  height: number | null;
  blurhash: string | null;
  altText: string | null;
  variants: PhotoVariant[] | null;
  ownerId: string;
  postId: string | null;
};

export function toPhoto(item: PhotoItem): PhotoSource {
  return {
    __typename: 'Photo',
    id: globalId('Photo', [item.photoId]),
    status: item.status,
    failure: item.failure ?? null,
    width: item.width ?? null,
    height: item.height ?? null,
    blurhash: item.blurhash ?? null,
    altText: item.altText ?? null,
    variants: variantsOf(item),
    ownerId: item.ownerId,
    postId: item.postId ?? null,
  };
}

type Made = Pick<PhotoItem, 'photoId' | 'width' | 'height' | 'origin' | 'open'>;

const sizes: { size: PhotoSize; side: number; name: string }[] = [
  { size: 'THUMB', side: 256, name: 'thumb' },
  { size: 'FEED', side: 1_080, name: 'feed' },
];
const formats: { format: PhotoFormat; ending: string }[] = [
  { format: 'WEBP', ending: 'webp' },
  { format: 'JPEG', ending: 'jpg' },
];

/**
 * Names, sizes and formats are the worker's: lambdas/photos/variants.ts. A domain of the site's own is known when the code is
 * bundled, CloudFront's name for it only to the worker, which left it in the item.
 */
export function variantsOf({ photoId, width, height, origin, open }: Made): PhotoVariant[] | null {
  if (!width || !height || !origin) {
    return null;
  }
  const folder = `${DEPLOYMENT.siteUrl || origin}/media/${open ? 'public' : 'members'}/${photoId}`;
  const variants: PhotoVariant[] = [];
  for (const { size, side, name } of sizes) {
    const scale = Math.min(1, side / Math.max(width, height));
    for (const { format, ending } of formats) {
      variants.push({
        size,
        format,
        width: Math.max(1, Math.round(width * scale)),
        height: Math.max(1, Math.round(height * scale)),
        url: `${folder}/${name}.${ending}`,
      });
    }
  }
  return variants;
}
