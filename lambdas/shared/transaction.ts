import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from './dynamodb.ts';

export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** Actions in one transaction. */
export const MAX_TRANSACTION_ACTIONS = 100;

/** What became of a transaction whose request was in order. */
export type TransactionResult =
  | { readonly outcome: 'done' }
  /** Conditions did not hold: `failed` are the indexes of their actions. */
  | { readonly outcome: 'refused'; readonly failed: ReadonlySet<number>; readonly found: (index: number) => boolean }
  /** Others wrote the same items, or there was no capacity: worth another attempt. */
  | { readonly outcome: 'busy'; readonly error: Error };

/** Reasons that pass. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
const PASSING = new Set(['TransactionConflict', 'ProvisionedThroughputExceeded', 'ThrottlingError']);

/**
 * All of the actions or none. An SDK retry after a lost answer is no second execution: the SDK sends the same request
 * token. `found` tells whether the item of an action was there, provided that the action asks for
 * `ReturnValuesOnConditionCheckFailure: 'ALL_OLD'`.
 * @throws what is neither a condition nor contention.
 */
export async function transact(actions: readonly TransactItem[]): Promise<TransactionResult> {
  try {
    await dynamodb.send(new TransactWriteCommand({ TransactItems: [...actions] }));
    return { outcome: 'done' };
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const reasons = error.CancellationReasons ?? [];
    const failed = new Set(reasons.flatMap(({ Code }, index) => (Code === 'ConditionalCheckFailed' ? [index] : [])));
    if (failed.size > 0) {
      return { outcome: 'refused', failed, found: (index) => reasons[index]?.Item !== undefined };
    }
    if (reasons.some(({ Code }) => PASSING.has(Code ?? ''))) return { outcome: 'busy', error };
    throw error;
  }
}
