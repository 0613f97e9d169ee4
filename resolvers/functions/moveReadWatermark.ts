import { runtime } from '@aws-appsync/utils';
import type { StepContext } from '../shared/context.ts';
import { fail } from '../shared/errors.ts';
import { viewerId } from '../shared/identity.ts';
import type { UserItem } from '../shared/items.ts';
import { refuseProfile, refused } from '../shared/refusals.ts';
import { updateItem } from '../shared/requests.ts';

/** Reads `stash.readUpTo`, writes it and `stash.storedUnreadCount` as they then are. It never moves back. */
export function request(ctx: StepContext) {
  if (refused(ctx.stash)) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  return updateItem(
    { userId: viewerId(ctx.identity) },
    {
      expression: 'SET #readUpTo = :readUpTo',
      names: { '#readUpTo': 'readUpTo' },
      values: { ':readUpTo': ctx.stash.readUpTo },
    },
    {
      expression: '#status = :active AND (attribute_not_exists(#readUpTo) OR #readUpTo < :readUpTo)',
      names: { '#status': 'status', '#readUpTo': 'readUpTo' },
      values: { ':active': 'ACTIVE', ':readUpTo': ctx.stash.readUpTo },
    },
  );
}

/** After a failed condition AppSync leaves the item as it is in `ctx.result`: a later watermark is no refusal. */
export function response(ctx: StepContext<UserItem | null>) {
  if (ctx.error && ctx.error.type !== 'DynamoDB:ConditionalCheckFailedException') {
    fail(ctx.error);
  }
  refuseProfile(ctx.stash, ctx.result);
  ctx.stash.readUpTo = ctx.result?.readUpTo;
  ctx.stash.storedUnreadCount = ctx.result?.unreadCount ?? null;
  return null;
}
