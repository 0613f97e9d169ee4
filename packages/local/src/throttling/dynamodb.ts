import { AwsError } from '../aws/error.ts';
import type { Clock } from '../clock.ts';
import type { Throughput } from '../definitions/throughput.ts';
import type { JsonObject } from '../json.ts';
import type { DynamoDb, Partition } from '../services/dynamodb/index.ts';
import { executeMetered, METERED } from '../services/dynamodb/metered.ts';
import { executeBatch, isBatch, throughputExceeded, transactionCancelled } from '../services/dynamodb/refusals.ts';
import { createMeter } from './meter.ts';

export interface Throttling {
  /** By the name of the table, and of its index as `table/index`. */
  readonly throughput: () => ReadonlyMap<string, Throughput>;
  readonly clock: Clock;
}

/**
 * DynamoDB that refuses what is beyond the throughput of its tables, indexes and partition keys, as it does on AWS. What a request takes
 * is known when it is done: it is let in while anything is left, and the rest of it is owed.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TroubleshootingThrottling.html
 */
export function throttledDynamoDb(dynamodb: DynamoDb, { throughput, clock }: Throttling): DynamoDb {
  const meter = createMeter(throughput, clock);

  function execute(operation: string, input: JsonObject, field?: string): JsonObject {
    const direction = METERED.get(operation);
    if (!direction) return dynamodb.execute(operation, input, field);
    const partitionsOf = (alone: JsonObject): readonly Partition[] => dynamodb.partitions(operation, alone);
    const asked = partitionsOf(input);
    const isRefused = (partitions: readonly Partition[]): boolean => !meter.admits(partitions, direction);
    const refusal = (): AwsError => refusalOf(meter.mode(asked));
    const run = (admitted: JsonObject, partitions = asked): JsonObject => {
      const { answer, consumed } = executeMetered(dynamodb, { operation, input: admitted, field });
      meter.take(partitions, direction, consumed);
      return answer;
    };
    if (isBatch(operation))
      return executeBatch(
        { operation, input },
        {
          isRefused: (_table, _request, alone) => isRefused(partitionsOf(alone)),
          run: (kept) => run(kept, partitionsOf(kept)),
          refusal,
        },
      ) as JsonObject;
    const actions = (input['TransactItems'] ?? null) as JsonObject[] | null;
    if (actions) {
      const codes = actions.map((action) =>
        isRefused(partitionsOf({ ...input, TransactItems: [action] }))
          ? ('ThrottlingError' as const)
          : ('None' as const),
      );
      if (codes.includes('ThrottlingError')) throw transactionCancelled(codes);
    } else if (isRefused(asked)) {
      throw refusal();
    }
    return run(input);
  }
  return { ...dynamodb, execute, call: (operation, input) => execute(operation, input) };
}

const refusalOf = (mode: Throughput['mode']): AwsError =>
  mode === 'PROVISIONED'
    ? throughputExceeded()
    : new AwsError(
        'ThrottlingException',
        'Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or index so please try again shortly.',
      );
