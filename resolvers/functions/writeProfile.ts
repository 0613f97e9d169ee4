import { runtime } from '@aws-appsync/utils';
import type { MutationUpdateProfileArgs } from '../generated/schema.ts';
import type { FieldContext } from '../shared/context.ts';
import { soleKeyOf } from '../shared/globalId.ts';
import { viewerId } from '../shared/identity.ts';
import type { UserItem } from '../shared/items.ts';
import { settleProfile, updateProfileItem } from '../shared/profile.ts';
import { refused } from '../shared/refusals.ts';
import { carriedTrace } from '../shared/trace.ts';

/** Writes `stash.user`. */
export function request(ctx: FieldContext<MutationUpdateProfileArgs>) {
  if (refused(ctx.stash)) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  const { displayName, bio, avatarPhotoId } = ctx.args.input;
  return updateProfileItem(
    viewerId(ctx.identity),
    {
      displayName,
      bio,
      avatarPhotoId: avatarPhotoId ? soleKeyOf('Photo', avatarPhotoId, 'avatarPhotoId') : null,
      ...carriedTrace(ctx),
    },
    avatarPhotoId === null ? ['avatarPhotoId'] : [],
  );
}

export function response(ctx: FieldContext<MutationUpdateProfileArgs, UserItem | null>) {
  ctx.stash.user = settleProfile(ctx, ctx.result);
  return null;
}
