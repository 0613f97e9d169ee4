import { runtime } from '@aws-appsync/utils';
import type { MutationUpdateProfileArgs } from '../generated/schema.ts';
import type { FieldContext } from '../shared/context.ts';
import { fail } from '../shared/errors.ts';
import { soleKeyOf } from '../shared/globalId.ts';
import { viewerId } from '../shared/identity.ts';
import { refuse, refused } from '../shared/refusals.ts';
import { updateItem } from '../shared/requests.ts';
import { tracedUpdate } from '../shared/trace.ts';

/** Marks a READY photo of the viewer as one that everybody may see. Refuses any other; writes nothing when none is given. */
export function request(ctx: FieldContext<MutationUpdateProfileArgs>) {
  const { avatarPhotoId } = ctx.args.input;
  if (refused(ctx.stash)) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  if (!avatarPhotoId) {
    runtime.earlyReturn(null);
    return null;
  }
  return updateItem(
    { photoId: soleKeyOf('Photo', avatarPhotoId, 'avatarPhotoId') },
    tracedUpdate(ctx, {
      expression: 'SET #onProfile = :yes',
      names: { '#onProfile': 'onProfile' },
      values: { ':yes': true },
    }),
    {
      expression: '#ownerId = :viewer AND #status = :ready AND attribute_not_exists(#removedAt)',
      names: { '#ownerId': 'ownerId', '#status': 'status', '#removedAt': 'removedAt' },
      values: { ':viewer': viewerId(ctx.identity), ':ready': 'READY' },
    },
  );
}

export function response(ctx: FieldContext<MutationUpdateProfileArgs, unknown>) {
  if (ctx.error && ctx.error.type !== 'DynamoDB:ConditionalCheckFailedException') {
    fail(ctx.error);
  }
  if (ctx.error) {
    refuse(ctx.stash, 'PHOTO_NOT_USABLE', 'The photo is not ready, or not yours.', ['input', 'avatarPhotoId']);
  }
  return null;
}
