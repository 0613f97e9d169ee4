import { runtime, util, type DynamoDBTransactWriteItemsRequest } from '@aws-appsync/utils';
import type { StepContext } from '../shared/context.ts';
import { conditionFailed, fail, type CancellationReason } from '../shared/errors.ts';
import { viewerId } from '../shared/identity.ts';
import type { UserItem } from '../shared/items.ts';
import { refuse, refused } from '../shared/refusals.ts';
import { expressionOf } from '../shared/requests.ts';
import { tracedUpdate } from '../shared/trace.ts';

/**
 * Claims `stash.handle`, writes it into the profile (made here the first time) and frees the former one, all or nothing.
 * Reads `stash.viewer`, writes `stash.user`.
 */
export function request(ctx: StepContext): DynamoDBTransactWriteItemsRequest {
  const { viewer, handle } = ctx.stash;
  if (refused(ctx.stash)) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  if (viewer && viewer.handle === handle) {
    ctx.stash.user = viewer;
    runtime.earlyReturn(viewer);
  }
  const profile = profileWith(ctx.stash.handle as string, viewer, viewerId(ctx.identity));
  ctx.stash.user = profile;
  const exchange = [claim(profile), write(ctx, profile, viewer)];
  const transactItems = viewer ? [...exchange, release(viewer)] : exchange;
  return { operation: 'TransactWriteItems', transactItems };
}

type TransactItem = DynamoDBTransactWriteItemsRequest['transactItems'][number];

function profileWith(handle: string, former: UserItem | undefined, userId: string): UserItem {
  const made: UserItem = {
    userId,
    handle,
    handlePrefix: handle.slice(0, 2),
    displayName: handle,
    bio: '',
    status: 'ACTIVE',
    createdAt: util.time.nowISO8601(),
  };
  return former ? { ...former, handle, handlePrefix: made.handlePrefix } : made;
}

function claim(profile: UserItem): TransactItem {
  return {
    table: TABLE.users,
    operation: 'PutItem',
    key: util.dynamodb.toMapValues({ userId: `HANDLE#${profile.handle}` }),
    attributeValues: util.dynamodb.toMapValues({ ownerId: profile.userId, createdAt: util.time.nowISO8601() }),
    condition: {
      expression: 'attribute_not_exists(#userId)',
      expressionNames: { '#userId': 'userId' },
      returnValuesOnConditionCheckFailure: false,
    },
  };
}

/** The condition holds off a second claim of the same user that was started at the same time. */
function write(ctx: StepContext, profile: UserItem, former: UserItem | undefined): TransactItem {
  const values = {
    ':handle': profile.handle,
    ':handlePrefix': profile.handlePrefix,
    ':displayName': profile.displayName,
    ':bio': profile.bio,
    ':status': 'ACTIVE',
    ':createdAt': profile.createdAt,
  };
  const update = expressionOf(
    tracedUpdate(ctx, {
      expression:
        'SET #handle = :handle, #handlePrefix = :handlePrefix, #displayName = if_not_exists(#displayName, :displayName), ' +
        '#bio = if_not_exists(#bio, :bio), #status = :status, #createdAt = if_not_exists(#createdAt, :createdAt)',
      names: {
        '#handle': 'handle',
        '#handlePrefix': 'handlePrefix',
        '#displayName': 'displayName',
        '#bio': 'bio',
        '#status': 'status',
        '#createdAt': 'createdAt',
      },
      values,
    }),
  );
  const condition = former
    ? expressionOf({
        expression: '#handle = :former AND #status = :active',
        names: { '#handle': 'handle', '#status': 'status' },
        values: { ':former': former.handle, ':active': 'ACTIVE' },
      })
    : { expression: 'attribute_not_exists(#userId)', expressionNames: { '#userId': 'userId' } };
  return {
    table: TABLE.users,
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues({ userId: profile.userId }),
    update,
    condition: { ...condition, returnValuesOnConditionCheckFailure: false },
  };
}

function release(former: UserItem): TransactItem {
  return {
    table: TABLE.users,
    operation: 'DeleteItem',
    key: util.dynamodb.toMapValues({ userId: `HANDLE#${former.handle}` }),
    condition: {
      ...expressionOf({
        expression: '#ownerId = :ownerId',
        names: { '#ownerId': 'ownerId' },
        values: { ':ownerId': former.userId },
      }),
      returnValuesOnConditionCheckFailure: false,
    },
  };
}

type TransactionResult = { cancellationReasons: CancellationReason[] | null };

export function response(ctx: StepContext<TransactionResult | null>) {
  if (!ctx.error) {
    return ctx.stash.user;
  }
  const reasons = ctx.result?.cancellationReasons ?? null;
  if (conditionFailed(reasons, 0)) {
    refuse(ctx.stash, 'TAKEN', `The handle '${ctx.stash.handle}' is taken.`, ['handle']);
  } else if (conditionFailed(reasons, 1) || conditionFailed(reasons, 2)) {
    refuse(ctx.stash, 'CONFLICT', 'The profile was changed at the same time. Try again.', ['handle']);
  } else {
    fail(ctx.error);
  }
  ctx.stash.user = null;
  return null;
}
