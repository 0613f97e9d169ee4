import { runtime, util } from '@aws-appsync/utils';
import type { StepContext } from '../shared/context.ts';
import { fail } from '../shared/errors.ts';
import { viewerId } from '../shared/identity.ts';
import type { PhotoItem } from '../shared/items.ts';
import { isAlive } from '../shared/post.ts';
import { refuse, refused } from '../shared/refusals.ts';
import { updateItem } from '../shared/requests.ts';
import { tracedUpdate } from '../shared/trace.ts';

/** Turns the only one of `stash.photoIds` from UPLOADING to PROCESSING, which the worker hears of. Writes `stash.photo`. */
export function request(ctx: StepContext) {
  if (refused(ctx.stash)) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  return updateItem(
    { photoId: (ctx.stash.photoIds ?? [])[0] },
    tracedUpdate(ctx, {
      expression: 'SET #status = :processing',
      names: { '#status': 'status' },
      values: { ':processing': 'PROCESSING' },
    }),
    {
      expression: '#ownerId = :viewer AND #status = :uploading AND #expiresAt > :now',
      names: { '#ownerId': 'ownerId', '#status': 'status', '#expiresAt': 'expiresAt' },
      values: { ':viewer': viewerId(ctx.identity), ':uploading': 'UPLOADING', ':now': util.time.nowEpochSeconds() },
    },
  );
}

/** After a failed condition AppSync leaves the item as it is in `ctx.result`: a later status is no refusal. */
export function response(ctx: StepContext<PhotoItem | null>) {
  if (ctx.error && ctx.error.type !== 'DynamoDB:ConditionalCheckFailedException') {
    fail(ctx.error);
  }
  const stored = ctx.result;
  if (stored && stored.ownerId === viewerId(ctx.identity) && isAlive(stored)) {
    ctx.stash.photo = stored;
  } else {
    refuse(ctx.stash, 'NOT_FOUND', 'There is no such photo: start its upload again.', ['photoId']);
  }
  return null;
}
