import type { JsonObject } from '../../json.ts';
import type { DynamoDb } from './index.ts';

/** Operations that use units, by what they use: those that take `ReturnConsumedCapacity`. */
export const METERED: ReadonlyMap<string, 'reads' | 'writes'> = new Map([
  ['GetItem', 'reads'],
  ['BatchGetItem', 'reads'],
  ['TransactGetItems', 'reads'],
  ['Query', 'reads'],
  ['Scan', 'reads'],
  ['PutItem', 'writes'],
  ['UpdateItem', 'writes'],
  ['DeleteItem', 'writes'],
  ['BatchWriteItem', 'writes'],
  ['TransactWriteItems', 'writes'],
]);

interface Execution {
  readonly operation: string;
  readonly input: JsonObject;
  readonly field?: string | undefined;
}

/** Runs a metered operation. `answer` is what the caller asked for; `consumed` has one `ConsumedCapacity` per table, with indexes. */
export function executeMetered(
  dynamodb: DynamoDb,
  { operation, input, field }: Execution,
): { readonly answer: JsonObject; readonly consumed: readonly JsonObject[] } {
  const told = dynamodb.execute(operation, { ...input, ReturnConsumedCapacity: 'INDEXES' }, field);
  const { ConsumedCapacity: capacity, ...rest } = told;
  const consumed = [capacity ?? []].flat() as JsonObject[];
  const { ReturnConsumedCapacity: wanted = 'NONE' } = input;
  if (wanted === 'NONE') return { answer: rest, consumed };
  return { answer: wanted === 'INDEXES' ? told : { ...rest, ConsumedCapacity: totalsOf(capacity) }, consumed };
}

/** `INDEXES` as `TOTAL` would have said it. */
function totalsOf(consumed: JsonObject[string] | undefined): JsonObject[string] {
  if (Array.isArray(consumed)) return consumed.map((each) => totalsOf(each) ?? null);
  const total = { ...(consumed as JsonObject) };
  delete total['Table'];
  delete total['GlobalSecondaryIndexes'];
  return total;
}
