import { runtime, util } from '@aws-appsync/utils';
import type { MutationSendAnnouncementArgs } from '../generated/schema.ts';
import type { FieldContext } from '../shared/context.ts';
import { fail } from '../shared/errors.ts';
import { viewerId } from '../shared/identity.ts';
import type { AnnouncementItem } from '../shared/items.ts';
import { ANNOUNCEMENT_SECONDS } from '../shared/limits.ts';
import { refuse, refused } from '../shared/refusals.ts';
import { putNewItem } from '../shared/requests.ts';
import { carriedTrace } from '../shared/trace.ts';

/** Stores the announcement, which the table's stream has sent. Writes `stash.announcement`. */
export function request(ctx: FieldContext<MutationSendAnnouncementArgs>) {
  if (refused(ctx.stash)) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  const { idempotencyKey, bodyEnglish, bodyJapanese } = ctx.args.input;
  return putNewItem(
    { operationId: `ANNOUNCEMENT#${idempotencyKey}` },
    {
      senderId: viewerId(ctx.identity),
      bodyEnglish,
      bodyJapanese,
      createdAt: util.time.nowISO8601(),
      expiresAt: util.time.nowEpochSeconds() + ANNOUNCEMENT_SECONDS,
      ...carriedTrace(ctx),
    },
    'operationId',
  );
}

/** After a failed condition AppSync itself reads the item with strong consistency and leaves it in `ctx.result`. */
export function response(ctx: FieldContext<MutationSendAnnouncementArgs, AnnouncementItem | null>) {
  if (ctx.error && ctx.error.type !== 'DynamoDB:ConditionalCheckFailedException') {
    fail(ctx.error);
  }
  if (ctx.result && ctx.result.senderId === viewerId(ctx.identity)) {
    ctx.stash.announcement = ctx.result;
    return null;
  }
  const message = 'This key has been used before. Make a new one.';
  refuse(ctx.stash, 'IDEMPOTENCY_KEY_REUSED', message, ['input', 'idempotencyKey']);
  return null;
}
