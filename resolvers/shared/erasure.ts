import { util, type DynamoDBUpdateItemRequest } from '@aws-appsync/utils';
import type { Stash } from './context.ts';
import { fail } from './errors.ts';
import { TOMBSTONE_SECONDS } from './limits.ts';
import { isAlive } from './post.ts';
import { refuse } from './refusals.ts';
import { updateItem } from './requests.ts';
import { tracedUpdate, type Traced } from './trace.ts';

/** `owner`: the condition that only the owner meets, in terms of `:viewer`. */
export type Owner = { owner: string; ownerNames: Record<string, string>; viewer: string };

/**
 * Takes the text away at once and leaves the keys for a while, so that a create that was sent twice cannot bring a
 * deleted item back. Handlers see it in the stream as a change that adds `deletedAt`, with the trace of the deletion.
 */
export function eraseItem(ctx: Traced, key: Record<string, unknown>, owner: Owner): DynamoDBUpdateItemRequest {
  const alive = 'attribute_not_exists(#deletedAt) AND attribute_not_exists(#removedAt)';
  return updateItem(
    key,
    tracedUpdate(ctx, {
      expression: 'SET #deletedAt = :now, #expiresAt = :expiresAt REMOVE #body, #hashtags, #photoIds',
      names: {
        '#deletedAt': 'deletedAt',
        '#expiresAt': 'expiresAt',
        '#body': 'body',
        '#hashtags': 'hashtags',
        '#photoIds': 'photoIds',
      },
      values: { ':now': util.time.nowISO8601(), ':expiresAt': util.time.nowEpochSeconds() + TOMBSTONE_SECONDS },
    }),
    {
      expression: `${owner.owner} AND ${alive}`,
      names: { ...owner.ownerNames, '#deletedAt': 'deletedAt', '#removedAt': 'removedAt' },
      values: { ':viewer': owner.viewer },
    },
  );
}

type Erasing = { stash: Stash; error?: { message: string; type: string } };
type Stored = { deletedAt?: string; removedAt?: string; expiresAt?: number };

/** After a failed condition AppSync leaves the item as it is in `ctx.result`. */
export function settleErasure(ctx: Erasing, erased: { stored: Stored | null; isOwner: boolean; what: string }): void {
  if (!ctx.error) {
    return;
  }
  if (ctx.error.type !== 'DynamoDB:ConditionalCheckFailedException') {
    fail(ctx.error);
  }
  if (!erased.stored || !isAlive(erased.stored)) {
    refuse(ctx.stash, 'NOT_FOUND', `There is no such ${erased.what}.`, ['id']);
  } else if (!erased.isOwner) {
    refuse(ctx.stash, 'NOT_OWNER', `Somebody else wrote this ${erased.what}.`, ['id']);
  } else {
    refuse(ctx.stash, 'CONFLICT', `The ${erased.what} was changed at the same time. Try again.`, ['id']);
  }
}
