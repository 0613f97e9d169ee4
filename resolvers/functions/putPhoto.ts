import { runtime, util } from '@aws-appsync/utils';
import type { MutationStartPhotoUploadArgs } from '../generated/schema.ts';
import type { FieldContext } from '../shared/context.ts';
import { fail } from '../shared/errors.ts';
import { viewerId } from '../shared/identity.ts';
import type { PhotoItem } from '../shared/items.ts';
import { UPLOAD_SECONDS } from '../shared/limits.ts';
import { isAlive } from '../shared/post.ts';
import { refuse, refused } from '../shared/refusals.ts';
import { putNewItem } from '../shared/requests.ts';
import { carriedTrace } from '../shared/trace.ts';
import { ulidTimeISO } from '../shared/ulid.ts';

/** Registers a photo whose file is still to come. Writes `stash.photo`. */
export function request(ctx: FieldContext<MutationStartPhotoUploadArgs>) {
  if (refused(ctx.stash)) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  const { idempotencyKey, contentType, altText } = ctx.args.input;
  return putNewItem(
    { photoId: idempotencyKey },
    {
      ownerId: viewerId(ctx.identity),
      status: 'UPLOADING',
      contentType,
      // DynamoDB would store a null.
      ...(altText ? { altText } : {}),
      createdAt: ulidTimeISO(idempotencyKey),
      expiresAt: util.time.nowEpochSeconds() + UPLOAD_SECONDS,
      ...carriedTrace(ctx),
    },
    'photoId',
  );
}

/** After a failed condition AppSync itself reads the item with strong consistency and leaves it in `ctx.result`. */
export function response(ctx: FieldContext<MutationStartPhotoUploadArgs, PhotoItem | null>) {
  if (ctx.error && ctx.error.type !== 'DynamoDB:ConditionalCheckFailedException') {
    fail(ctx.error);
  }
  const stored = ctx.result;
  if (stored && stored.ownerId === viewerId(ctx.identity) && isAlive(stored)) {
    ctx.stash.photo = stored;
    return null;
  }
  const message = 'This key has been used before. Make a new one.';
  refuse(ctx.stash, 'IDEMPOTENCY_KEY_REUSED', message, ['input', 'idempotencyKey']);
  return null;
}
