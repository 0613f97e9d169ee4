import { runtime } from '@aws-appsync/utils';
import type { NestedContext } from './shared/context.ts';
import type { PhotoItem } from './shared/items.ts';
import { toPhoto, type PhotoSource } from './shared/photo.ts';
import { isAlive, type PostSource } from './shared/post.ts';
import { batchGet, batchItems } from './shared/requests.ts';

type Ctx = NestedContext<PostSource>;

export function request(ctx: Ctx) {
  const photoIds = ctx.source?.photoIds ?? [];
  if (photoIds.length === 0) {
    runtime.earlyReturn([]);
  }
  return batchGet({ [TABLE.media]: photoIds.map((photoId) => ({ photoId })) }, false);
}

export function response(ctx: Ctx) {
  const items = batchItems<PhotoItem>(ctx, TABLE.media);
  const photos: PhotoSource[] = [];
  for (const photoId of ctx.source?.photoIds ?? []) {
    const photo = items.find((item) => item.photoId === photoId);
    if (photo && isAlive(photo)) {
      photos.push(toPhoto(photo));
    }
  }
  return photos;
}
