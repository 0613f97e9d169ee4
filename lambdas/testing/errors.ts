import {
  ConditionalCheckFailedException,
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';

/** A code, or a condition that did not hold for the item that was there. */
export type Reason = string | { readonly found: Record<string, AttributeValue> };

/** A cancelled transaction with a reason for each of its actions. */
export function cancelled(...codes: readonly Reason[]) {
  return new TransactionCanceledException({
    message: 'Transaction cancelled, please refer cancellation reasons for specific reasons',
    $metadata: {},
    CancellationReasons: codes.map((code) =>
      typeof code === 'string' ? { Code: code } : { Code: 'ConditionalCheckFailed', Item: code.found },
    ),
  });
}

export const MET = 'ConditionalCheckFailed';

export const throttled = () =>
  new ProvisionedThroughputExceededException({
    message: 'The level of configured provisioned throughput for the table was exceeded',
    $metadata: {},
  });

export const conditionFailed = () =>
  new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} });

/** As the SDK's HTTP handler reports an answer that does not come. */
export const timedOut = () => Object.assign(new Error('socket timed out'), { name: 'TimeoutError' });
