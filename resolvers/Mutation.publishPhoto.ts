import type { MutationPublishPhotoArgs } from './generated/schema.ts';
import type { FieldContext } from './shared/context.ts';
import { soleKeyOf } from './shared/globalId.ts';
import type { PhotoSource } from './shared/photo.ts';

export function request(ctx: FieldContext<MutationPublishPhotoArgs>) {
  const { id, ownerId, status, width, height, blurhash, altText } = ctx.args.input;
  const payload: PhotoSource = {
    __typename: 'Photo',
    id,
    status,
    width: width ?? null,
    height: height ?? null,
    blurhash: blurhash ?? null,
    altText: altText ?? null,
    ownerId: soleKeyOf('User', ownerId, 'ownerId'),
    postId: null,
  };
  return { payload };
}

export function response(ctx: FieldContext<MutationPublishPhotoArgs>) {
  return ctx.result;
}
