import { runtime } from '@aws-appsync/utils';
import type { StepContext } from '../shared/context.ts';
import { fail } from '../shared/errors.ts';
import { viewerId } from '../shared/identity.ts';
import { refused } from '../shared/refusals.ts';
import { updateItem } from '../shared/requests.ts';

/** Corrects the counter, unless the handler that raises it came in between: then its number is the newer one. */
export function request(ctx: StepContext) {
  const stored = ctx.stash.storedUnreadCount ?? null;
  if (refused(ctx.stash)) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  if ((stored ?? 0) === ctx.stash.unreadCount) {
    runtime.earlyReturn(null);
  }
  return updateItem(
    { userId: viewerId(ctx.identity) },
    {
      expression: 'SET #unreadCount = :unreadCount',
      names: { '#unreadCount': 'unreadCount' },
      values: { ':unreadCount': ctx.stash.unreadCount },
    },
    stored === null
      ? { expression: 'attribute_not_exists(#unreadCount)', names: { '#unreadCount': 'unreadCount' }, values: {} }
      : {
          expression: '#unreadCount = :stored',
          names: { '#unreadCount': 'unreadCount' },
          values: { ':stored': stored },
        },
  );
}

export function response(ctx: StepContext) {
  if (ctx.error && ctx.error.type !== 'DynamoDB:ConditionalCheckFailedException') {
    fail(ctx.error);
  }
  return null;
}
