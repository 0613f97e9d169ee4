import type { JsonObject, JsonValue } from '../../../json.ts';
import { readItem } from '../attributeValue.ts';
import { addUsage, capacityDetail, describeUsage, multiplyUsage, readUnits, type Usage } from '../capacity.ts';
import type { OpenTable } from '../catalog.ts';
import type { Context } from '../context.ts';
import { validationError } from '../errors.ts';
import { readExpressions } from '../expressions/index.ts';
import type { Projector } from '../expressions/projection.ts';
import { keyText } from '../keyBytes.ts';
import { checkNoPathIntoKeys, readKey } from '../keys.ts';
import { MAX_TRANSACTION_BYTES, MAX_TRANSACTION_ITEMS } from '../limits.ts';
import type { KeyBytes } from '../model.ts';
import { CAPACITY, checkParameters, MAP, REQUIRED_MAP, TABLE_NAME, TEXT } from '../parameters.ts';

const PARAMETERS = {
  TransactItems: { type: 'list', required: true, min: 1, max: MAX_TRANSACTION_ITEMS },
  ...CAPACITY,
} as const;
const GET_PARAMETERS = {
  TableName: TABLE_NAME,
  Key: REQUIRED_MAP,
  ProjectionExpression: TEXT,
  ExpressionAttributeNames: MAP,
};

interface Get {
  readonly target: OpenTable;
  readonly key: KeyBytes;
  readonly projection: Projector | null;
}

/** Reads up to 100 items at one moment; nothing can write in between, since the engine is synchronous. */
export function transactGetItems(context: Context, given: JsonObject): JsonObject {
  const input = checkParameters(given, PARAMETERS);
  const gets = (input.TransactItems as JsonValue[]).map((item, index) => readGet(context, item, index));
  if (new Set(gets.map(({ target, key }) => `${target.table.number}/${keyText(key)}`)).size < gets.length) {
    throw validationError('Transaction request cannot include multiple operations on one item');
  }
  const usages = new Map<string, Usage>();
  let bytes = 0;
  const responses = gets.map(({ target, key, projection }): JsonObject => {
    const stored = target.store.get(key);
    const { name } = target.table;
    const usage = { table: readUnits(stored?.size ?? 0, { consistent: true }), indexes: {} };
    usages.set(name, addUsage(usages.get(name) ?? { table: 0, indexes: {} }, usage));
    bytes += stored?.size ?? 0;
    if (!stored) return {};
    return { Item: projection ? projection.project(stored.item) : stored.item };
  });
  if (bytes > MAX_TRANSACTION_BYTES) {
    throw validationError(`Total size of items in the transaction exceeds ${MAX_TRANSACTION_BYTES} bytes`);
  }
  const answer: JsonObject = { Responses: responses };
  const detail = capacityDetail(input);
  if (detail) {
    answer.ConsumedCapacity = [...usages].map(([name, usage]) =>
      describeUsage(name, multiplyUsage(usage, 2), { detail, kind: 'read' }),
    );
  }
  return answer;
}

function readGet(context: Context, given: JsonValue, index: number): Get {
  const path = `transactItems.${index + 1}.member.`;
  const { Get: get } = checkParameters(given, { Get: REQUIRED_MAP }, path);
  const input = checkParameters(get, GET_PARAMETERS, `${path}get.`);
  const key = readItem(input.Key as JsonObject);
  const { projection } = readExpressions(input, ['ProjectionExpression']);
  const target = context.catalog.open(input.TableName as string);
  if (projection) checkNoPathIntoKeys(target.table, projection.paths);
  return { target, key: readKey(target.table, key), projection };
}
