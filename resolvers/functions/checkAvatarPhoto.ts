import { runtime } from '@aws-appsync/utils';
import type { MutationUpdateProfileArgs } from '../generated/schema.ts';
import type { FieldContext } from '../shared/context.ts';
import { fail } from '../shared/errors.ts';
import { soleKeyOf } from '../shared/globalId.ts';
import { viewerId } from '../shared/identity.ts';
import type { PhotoItem } from '../shared/items.ts';
import { refuse, refused } from '../shared/refusals.ts';
import { getItem } from '../shared/requests.ts';

/** Refuses a picture that is not a READY photo of the viewer. Reads nothing when none is given. */
export function request(ctx: FieldContext<MutationUpdateProfileArgs>) {
  const { avatarPhotoId } = ctx.args.input;
  if (refused(ctx.stash)) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  if (!avatarPhotoId) {
    runtime.earlyReturn(null);
    return null;
  }
  return getItem({ photoId: soleKeyOf('Photo', avatarPhotoId, 'avatarPhotoId') }, true);
}

export function response(ctx: FieldContext<MutationUpdateProfileArgs, PhotoItem | null>) {
  if (ctx.error) {
    fail(ctx.error);
  }
  if (!ctx.result || ctx.result.ownerId !== viewerId(ctx.identity) || ctx.result.status !== 'READY') {
    refuse(ctx.stash, 'PHOTO_NOT_USABLE', 'The photo is not ready, or not yours.', ['input', 'avatarPhotoId']);
  }
  return null;
}
