import type { JsonObject, JsonValue } from '../../../json.ts';
import { readItem } from '../attributeValue.ts';
import { capacityDetail, describeUsage, readUnits } from '../capacity.ts';
import type { OpenTable } from '../catalog.ts';
import type { Context } from '../context.ts';
import { validationError } from '../errors.ts';
import { readExpressions } from '../expressions/index.ts';
import type { Projector } from '../expressions/projection.ts';
import { keyText } from '../keyBytes.ts';
import { checkNoPathIntoKeys, readKey } from '../keys.ts';
import { MAX_BATCH_BYTES, MAX_BATCH_GET_KEYS } from '../limits.ts';
import type { Item, KeyBytes } from '../model.ts';
import { CAPACITY, checkParameters, FLAG, MAP, TEXT } from '../parameters.ts';

const PARAMETERS = { RequestItems: { type: 'map', required: true, min: 1 }, ...CAPACITY } as const;
const TABLE_PARAMETERS = {
  Keys: { type: 'list', required: true, min: 1, max: MAX_BATCH_GET_KEYS },
  ConsistentRead: FLAG,
  ProjectionExpression: TEXT,
  ExpressionAttributeNames: MAP,
} as const;

interface TableRequest {
  readonly name: string;
  /** As given, to be handed back for keys that were not processed. */
  readonly given: JsonObject;
  readonly target: OpenTable;
  readonly keys: readonly { readonly given: JsonValue; readonly bytes: KeyBytes }[];
  readonly projection: Projector | null;
  readonly consistent: boolean;
}

export function batchGetItem(context: Context, given: JsonObject): JsonObject {
  const input = checkParameters(given, PARAMETERS);
  const requests = Object.entries(input.RequestItems as JsonObject).map(([name, one]) =>
    readRequest(context, name, one),
  );
  if (requests.reduce((sum, { keys }) => sum + keys.length, 0) > MAX_BATCH_GET_KEYS) {
    throw validationError('Too many items requested for the BatchGetItem call');
  }
  const budget = { bytes: MAX_BATCH_BYTES };
  const results = requests.map((request) => ({ request, ...readAll(request, budget) }));
  const unprocessed = results.filter(({ left }) => left.length > 0);
  const answer: JsonObject = {
    Responses: Object.fromEntries(results.map(({ request, items }) => [request.name, items])),
    UnprocessedKeys: Object.fromEntries(
      unprocessed.map(({ request, left }) => [request.name, { ...request.given, Keys: left }]),
    ),
  };
  const detail = capacityDetail(input);
  if (detail) {
    answer.ConsumedCapacity = results.map(({ request, units }) =>
      describeUsage(request.target.table.name, { table: units, indexes: {} }, { detail }),
    );
  }
  return answer;
}

function readRequest(context: Context, name: string, value: JsonValue): TableRequest {
  const given = checkParameters(value, TABLE_PARAMETERS, `requestItems.${name}.member.`);
  const { projection } = readExpressions(given, ['ProjectionExpression']);
  const keys = (given.Keys as JsonValue[]).map((key) => ({ given: key, item: readItem(key) }));
  const target = context.catalog.open(name);
  if (projection) checkNoPathIntoKeys(target.table, projection.paths);
  const read = keys.map((key) => ({ given: key.given, bytes: readKey(target.table, key.item) }));
  if (new Set(read.map(({ bytes }) => keyText(bytes))).size < read.length) {
    throw validationError('Provided list of item keys contains duplicates');
  }
  return { name, given, target, keys: read, projection, consistent: given.ConsistentRead === true };
}

/** Reads until the call's 16 MB are used up; what is left the client asks for again. */
function readAll({ target, keys, projection, consistent }: TableRequest, budget: { bytes: number }) {
  const items: Item[] = [];
  const left: JsonValue[] = [];
  let units = 0;
  for (const key of keys) {
    const stored = budget.bytes > 0 ? target.store.get(key.bytes) : null;
    if (budget.bytes <= 0 || (stored && stored.size > budget.bytes)) {
      budget.bytes = 0;
      left.push(key.given);
      continue;
    }
    units += readUnits(stored?.size ?? 0, { consistent });
    if (!stored) continue;
    budget.bytes -= stored.size;
    items.push(projection ? projection.project(stored.item) : stored.item);
  }
  return { items, left, units };
}
