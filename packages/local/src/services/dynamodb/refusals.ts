import { AwsError } from '../../aws/error.ts';
import type { JsonObject, JsonValue } from '../../json.ts';

export const THROUGHPUT_EXCEEDED =
  'The level of configured provisioned throughput for the table was exceeded. ' +
  'Consider increasing your provisioning level with the UpdateTable API.';

export const throughputExceeded = (): AwsError =>
  new AwsError('ProvisionedThroughputExceededException', THROUGHPUT_EXCEEDED);

export type CancellationCode = 'None' | 'TransactionConflict' | 'ThrottlingError';

const REASONS: Readonly<Record<CancellationCode, JsonObject>> = {
  None: {},
  TransactionConflict: { Message: 'Transaction is ongoing for the item' },
  ThrottlingError: { Message: THROUGHPUT_EXCEEDED },
};

/** A transaction whose actions ended so, in their order. */
export const transactionCancelled = (codes: readonly CancellationCode[]): AwsError =>
  new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(', ')}]`,
    { details: { CancellationReasons: codes.map((code) => ({ Code: code, ...REASONS[code] })) } },
  );

const LEFT: Readonly<Record<string, string>> = { BatchGetItem: 'UnprocessedKeys', BatchWriteItem: 'UnprocessedItems' };

export const isBatch = (operation: string): boolean => Object.hasOwn(LEFT, operation);

/**
 * `BatchGetItem` or `BatchWriteItem` of which some requests are refused: they are left unprocessed, and when all are, the whole is
 * refused. `isRefused` is asked once for each; `run` runs the rest, and is left out when nothing is.
 */
export function executeBatch(
  { operation, input }: { readonly operation: string; readonly input: JsonObject },
  handlers: {
    readonly isRefused: (table: string, request: JsonValue, alone: JsonObject) => boolean;
    readonly run: (input: JsonObject) => JsonObject | Promise<JsonObject>;
    readonly refusal: () => AwsError;
  },
): JsonObject | Promise<JsonObject> {
  const left = LEFT[operation] ?? '';
  const asked = (input['RequestItems'] ?? {}) as JsonObject;
  const kept: JsonObject = {};
  const refused: JsonObject = {};
  for (const [table, requests] of Object.entries(asked)) {
    const list = listOf(requests);
    const isRefused = list.map((request) =>
      handlers.isRefused(table, request, { ...input, RequestItems: { [table]: withList(requests, [request]) } }),
    );
    const some = (wanted: boolean): JsonValue[] => list.filter((_, index) => isRefused[index] === wanted);
    if (some(false).length > 0 || list.length === 0) kept[table] = withList(requests, some(false));
    if (some(true).length > 0) refused[table] = withList(requests, some(true));
  }
  if (Object.keys(refused).length === 0) return handlers.run(input);
  if (Object.keys(kept).length === 0) throw handlers.refusal();
  const withLeft = (answer: JsonObject): JsonObject => ({
    ...answer,
    [left]: { ...(answer[left] as JsonObject), ...refused },
  });
  const answer = handlers.run({ ...input, RequestItems: kept });
  return answer instanceof Promise ? answer.then(withLeft) : withLeft(answer);
}

/** `BatchGetItem` has its keys a level deeper than `BatchWriteItem` its requests. */
const listOf = (requests: JsonValue | undefined): JsonValue[] =>
  Array.isArray(requests) ? requests : (((requests as JsonObject | undefined)?.['Keys'] ?? []) as JsonValue[]);

const withList = (requests: JsonValue | undefined, list: JsonValue[]): JsonValue =>
  Array.isArray(requests) ? list : { ...(requests as JsonObject), Keys: list };
