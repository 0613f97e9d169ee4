import { util } from '@aws-appsync/utils';

type DataSourceError = { message: string; type: string };

/** What a client should wait before it sends the request again. */
const RETRY_AFTER_MS = 1_000;

const throttles = [
  'DynamoDB:ProvisionedThroughputExceededException',
  'DynamoDB:ThrottlingException',
  'DynamoDB:RequestLimitExceeded',
];

const conflicts = ['DynamoDB:TransactionConflictException', 'DynamoDB:TransactionInProgressException'];

/** The one place where the failure of a data source becomes a top-level error. Never returns. */
export function fail(error: DataSourceError): never {
  if (throttles.indexOf(error.type) >= 0) {
    throttled();
  }
  if (conflicts.indexOf(error.type) >= 0) {
    util.error('Another request changed the same object at the same time. Send the request again.', 'Conflict', null, {
      retryAfterMs: RETRY_AFTER_MS,
    });
  }
  util.error(error.message, error.type);
}

export function throttled(): never {
  util.error('Too many requests at once. Send the request again later.', 'Throttled', null, {
    retryAfterMs: RETRY_AFTER_MS,
  });
}

/** For values that only a faulty client sends. */
export function invalidArgument(message: string): never {
  util.error(message, 'InvalidArgument');
}

/** For subscriptions, which have no other way to say that there is nothing to listen to. */
export function notFound(what: string): never {
  util.error(`There is no such ${what}, or it is not to be seen.`, 'NotFound');
}

export type CancellationReason = { type: string; message: string };

/** Whether a transaction was cancelled because of its item number `index` (from 0), by that item's condition. */
export function conditionFailed(reasons: CancellationReason[] | null, index: number): boolean {
  const reason = (reasons ?? [])[index];
  return reason !== undefined && reason.type === 'ConditionalCheckFailed'
    ? true
    : reason !== undefined && reason.type === 'ConditionCheckFailed';
}
