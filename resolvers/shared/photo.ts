import type { PhotoStatus } from '../generated/schema.ts';
import { globalId } from './globalId.ts';
import type { PhotoItem } from './items.ts';

/** What a Photo's fields and nested resolvers read. */
export type PhotoSource = {
  __typename: 'Photo';
  id: string;
  status: PhotoStatus;
  width: number | null;
  height: number | null;
  blurhash: string | null;
  altText: string | null;
  ownerId: string;
  postId: string | null;
};

export function toPhoto(item: PhotoItem): PhotoSource {
  return {
    __typename: 'Photo',
    id: globalId('Photo', [item.photoId]),
    status: item.status,
    width: item.width ?? null,
    height: item.height ?? null,
    blurhash: item.blurhash ?? null,
    altText: item.altText ?? null,
    ownerId: item.ownerId,
    postId: item.postId ?? null,
  };
}
