import type { JsonObject } from '../../../json.ts';
import type { Context } from '../context.ts';
import { validationError } from '../errors.ts';
import type { Condition } from '../expressions/condition.ts';
import { pathsOf } from '../expressions/conditionPaths.ts';
import { readExpressions } from '../expressions/index.ts';
import { sameBytes } from '../keyBytes.ts';
import { isInside, readKeyCondition, type KeyRange } from '../keyCondition.ts';
import { checkNoPathIntoKeys } from '../keys.ts';
import type { KeySchema } from '../model.ts';
import { positionOf, readPage, type Position } from '../pages.ts';
import {
  CAPACITY,
  checkParameters,
  EXPRESSION_MAPS,
  FLAG,
  INDEX_NAME,
  MAP,
  SELECT,
  TABLE_NAME,
  TEXT,
} from '../parameters.ts';
import { answerPage, checkSelection, findIndex, readStartKey } from '../reads.ts';

const PARAMETERS = {
  TableName: TABLE_NAME,
  IndexName: INDEX_NAME,
  Select: SELECT,
  Limit: { type: 'integer', min: 1 },
  ConsistentRead: FLAG,
  ScanIndexForward: FLAG,
  ExclusiveStartKey: MAP,
  KeyConditionExpression: TEXT,
  FilterExpression: TEXT,
  ProjectionExpression: TEXT,
  ...EXPRESSION_MAPS,
  ...CAPACITY,
} as const;

export function query(context: Context, given: JsonObject): JsonObject {
  const input = checkParameters(given, PARAMETERS);
  if (input.KeyConditionExpression === undefined) {
    throw validationError(
      'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
    );
  }
  const bound = readExpressions(input, ['ProjectionExpression', 'FilterExpression', 'KeyConditionExpression']);
  const source = context.catalog.open(input.TableName as string);
  const index = findIndex(source, input.IndexName);
  const schema = (index ?? source.table).key;
  const range = readKeyCondition(bound.keyCondition as Condition, schema);
  checkSelection(source, index, input, bound);
  if (bound.filter) checkFilter(bound.filter, schema);
  if (bound.filter) checkNoPathIntoKeys(source.table, pathsOf(bound.filter));
  const startKey = readStartKey(source, index, input);
  const start = startKey && positionOf(source, index, startKey);
  if (start) checkStart(start, range);
  const page = readPage(
    {
      source,
      index,
      partition: range.partition,
      lower: range.lower,
      upper: range.upper,
      places: null,
      forward: input.ScanIndexForward !== false,
      limit: (input.Limit as number | undefined) ?? Infinity,
    },
    start,
  );
  return answerPage(source, index, input, bound, page);
}

function checkStart({ item, index }: Position, range: KeyRange): void {
  const { partition, sort } = index ?? item;
  if (!sameBytes(partition, range.partition)) {
    throw validationError('The provided starting key is outside query boundaries based on provided conditions');
  }
  if (!isInside(sort, range)) {
    throw validationError('The provided starting key does not match the range key predicate');
  }
}

/** Keys belong into the key condition, where they save reading; a filter on them is refused. */
function checkFilter(filter: Condition, { partition, sort }: KeySchema): void {
  for (const [name] of pathsOf(filter)) {
    if (name !== partition.name && name !== sort?.name) continue;
    throw validationError(
      `Filter Expression can only contain non-primary key attributes: Primary key attribute: ${name}`,
    );
  }
}
