import type { JsonObject } from '../../../json.ts';
import type { Context } from '../context.ts';
import { validationError } from '../errors.ts';
import { pathsOf } from '../expressions/conditionPaths.ts';
import { readExpressions } from '../expressions/index.ts';
import { HASH_PLACES, hashPlaceOf } from '../keyBytes.ts';
import { checkNoPathIntoKeys } from '../keys.ts';
import { MAX_SCAN_SEGMENTS } from '../limits.ts';
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
  Segment: { type: 'integer', min: 0, max: MAX_SCAN_SEGMENTS - 1 },
  TotalSegments: { type: 'integer', min: 1, max: MAX_SCAN_SEGMENTS },
  ConsistentRead: FLAG,
  ExclusiveStartKey: MAP,
  FilterExpression: TEXT,
  ProjectionExpression: TEXT,
  ...EXPRESSION_MAPS,
  ...CAPACITY,
} as const;

/** With more segments than hash places some have none. */
const EMPTY_PAGE = { items: [], bytes: 0, last: null };

export function scan(context: Context, given: JsonObject): JsonObject {
  const input = checkParameters(given, PARAMETERS);
  const places = readSegment(input);
  const bound = readExpressions(input, ['ProjectionExpression', 'FilterExpression']);
  const source = context.catalog.open(input.TableName as string);
  const index = findIndex(source, input.IndexName);
  checkSelection(source, index, input, bound);
  if (bound.filter) checkNoPathIntoKeys(source.table, pathsOf(bound.filter));
  const startKey = readStartKey(source, index, input);
  const start = startKey && positionOf(source, index, startKey);
  if (start && places) checkStart(start, places, input);
  const limit = (input.Limit as number | undefined) ?? Infinity;
  const reading = { source, index, partition: null, lower: null, upper: null, places, forward: true, limit };
  const page = places && places[0] >= places[1] ? EMPTY_PAGE : readPage(reading, start);
  return answerPage(source, index, input, bound, page);
}

/** The hash places of a parallel scan's segment; `null` for a scan of everything. */
function readSegment(input: JsonObject): readonly [number, number] | null {
  const segment = input.Segment as number | undefined;
  const total = input.TotalSegments as number | undefined;
  if (segment === undefined && total === undefined) return null;
  if (total === undefined) {
    throw validationError(
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    );
  }
  if (segment === undefined) {
    throw validationError(
      'The Segment parameter is required but was not present in the request when parameter TotalSegments is present',
    );
  }
  if (segment >= total) {
    throw validationError(
      'The Segment parameter is zero-based and must be less than parameter TotalSegments: ' +
        `Segment: ${segment} is not less than TotalSegments: ${total}`,
    );
  }
  return [Math.ceil((HASH_PLACES * segment) / total), Math.ceil((HASH_PLACES * (segment + 1)) / total)];
}

function checkStart({ item, index }: Position, [from, to]: readonly [number, number], input: JsonObject): void {
  const place = hashPlaceOf((index ?? item).partition);
  if (place >= from && place < to) return;
  throw validationError(
    'The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct ' +
      `Segment. TotalSegments: ${String(input.TotalSegments)} Segment: ${String(input.Segment)}`,
  );
}
