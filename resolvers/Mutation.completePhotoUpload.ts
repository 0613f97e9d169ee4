import type { MutationCompletePhotoUploadArgs } from './generated/schema.ts';
import type { FieldContext } from './shared/context.ts';
import { soleKeyOf } from './shared/globalId.ts';
import { toPhoto } from './shared/photo.ts';

export function request(ctx: FieldContext<MutationCompletePhotoUploadArgs>) {
  ctx.stash.userErrors = [];
  ctx.stash.photoIds = [soleKeyOf('Photo', ctx.args.photoId, 'photoId')];
  return {};
}

export function response(ctx: FieldContext<MutationCompletePhotoUploadArgs>) {
  const { photo, userErrors } = ctx.stash;
  return { photo: photo ? toPhoto(photo) : null, userErrors };
}
