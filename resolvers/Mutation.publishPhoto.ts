import type { MutationPublishPhotoArgs } from './generated/schema.ts';
import type { FieldContext } from './shared/context.ts';
import { soleKeyOf } from './shared/globalId.ts';
import { variantsOf, type PhotoSource } from './shared/photo.ts';

export function request(ctx: FieldContext<MutationPublishPhotoArgs>) {
  const { id, ownerId, status, failure, width, height, blurhash, altText, origin } = ctx.args.input;
  const photoId = soleKeyOf('Photo', id, 'id');
  const payload: PhotoSource = {
    __typename: 'Photo',
    id,
    status,
    failure: failure ?? null,
    width: width ?? null,
    height: height ?? null,
    blurhash: blurhash ?? null,
    altText: altText ?? null,
    variants: variantsOf({
      photoId,
      width: width ?? undefined,
      height: height ?? undefined,
      origin: origin ?? undefined,
      open: undefined,
    }),
    ownerId: soleKeyOf('User', ownerId, 'ownerId'),
    postId: null,
  };
  return { payload };
}

export function response(ctx: FieldContext<MutationPublishPhotoArgs>) {
  return ctx.result;
}
