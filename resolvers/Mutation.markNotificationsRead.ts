import { util } from '@aws-appsync/utils';
import type { MutationMarkNotificationsReadArgs } from './generated/schema.ts';
import type { FieldContext } from './shared/context.ts';
import { IDEMPOTENCY_WINDOW_MS } from './shared/limits.ts';
import { refuse, refused } from './shared/refusals.ts';

export function request(ctx: FieldContext<MutationMarkNotificationsReadArgs>) {
  const upTo = util.time.parseISO8601ToEpochMilliSeconds(ctx.args.upTo);
  ctx.stash.userErrors = [];
  // One form for all, so that times compare as text.
  ctx.stash.readUpTo = util.time.epochMilliSecondsToISO8601(upTo);
  if (upTo > util.time.nowEpochMilliSeconds() + IDEMPOTENCY_WINDOW_MS) {
    refuse(ctx.stash, 'INVALID', 'What has not happened yet cannot have been read.', ['upTo']);
  }
  return {};
}

export function response(ctx: FieldContext<MutationMarkNotificationsReadArgs>) {
  const { readUpTo, unreadCount, userErrors } = ctx.stash;
  return refused(ctx.stash)
    ? { readUpTo: null, unreadNotificationCount: null, userErrors }
    : { readUpTo, unreadNotificationCount: unreadCount, userErrors };
}
