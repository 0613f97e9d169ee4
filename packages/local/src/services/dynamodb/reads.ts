import type { JsonObject, JsonValue } from '../../json.ts';
import { own, readItem, setOwn } from './attributeValue.ts';
import { capacityDetail, describeUsage, readUnits } from './capacity.ts';
import type { OpenTable } from './catalog.ts';
import { invalidParameter, validationError } from './errors.ts';
import { satisfies } from './expressions/evaluateCondition.ts';
import type { Expressions } from './expressions/index.ts';
import { checkKeyElement, checkNoPathIntoKeys } from './keys.ts';
import type { Index, Item } from './model.ts';
import type { Page } from './pages.ts';

/** What Query and Scan have in common: index, selection, start key and the shape of the answer. */

export function findIndex({ table }: OpenTable, name: JsonValue | undefined): Index | null {
  if (name === undefined) return null;
  const index = table.liveIndexes.find((one) => one.name === name);
  if (!index) throw validationError(`The table does not have the specified index: ${String(name)}`);
  return index;
}

/** Checks what is asked for against what table and index can give. */
export function checkSelection(source: OpenTable, index: Index | null, input: JsonObject, bound: Expressions): void {
  const { Select: select } = input;
  const { projection } = bound;
  if (index && input.ConsistentRead === true) {
    throw validationError('Consistent reads are not supported on global secondary indexes');
  }
  if (select === 'ALL_PROJECTED_ATTRIBUTES' && !index) {
    throw invalidParameter('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
  }
  if (select === 'SPECIFIC_ATTRIBUTES' && !projection) {
    throw invalidParameter(
      'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    );
  }
  if (projection && select !== undefined && select !== 'SPECIFIC_ATTRIBUTES') {
    throw validationError(`Cannot specify the ProjectionExpression when choosing to get ${String(select)}`);
  }
  if (index?.projected && select === 'ALL_ATTRIBUTES') {
    throw invalidParameter(
      `Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.name} because its projection type is not ALL`,
    );
  }
  if (index?.projected && projection) checkProjected(index, index.projected, projection.paths);
  if (projection) checkNoPathIntoKeys(source.table, projection.paths);
}

function checkProjected(index: Index, projected: ReadonlySet<string>, paths: readonly (readonly unknown[])[]): void {
  const absent = paths.map(([name]) => name as string).filter((name) => !projected.has(name));
  if (absent.length === 0) return;
  throw invalidParameter(`Global secondary index ${index.name} does not project [${absent.join(', ')}]`);
}

/** The attributes of an `ExclusiveStartKey`, which must be exactly those of a `LastEvaluatedKey`; `null` without one. */
export function readStartKey({ table }: OpenTable, index: Index | null, input: JsonObject): Item | null {
  if (input.ExclusiveStartKey === undefined) return null;
  const key = readItem(input.ExclusiveStartKey);
  const names = index ? index.cursorNames : table.keyNames;
  if (Object.keys(key).length !== names.length || names.some((name) => own(key, name) === undefined)) {
    throw validationError(
      index
        ? 'The provided starting key is invalid'
        : 'The provided starting key is invalid: The provided key element does not match the schema',
    );
  }
  try {
    for (const schema of index ? [table.key, index.key] : [table.key]) {
      checkKeyElement(key, schema.partition, true);
      if (schema.sort) checkKeyElement(key, schema.sort, false);
    }
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationException') {
      throw validationError(`The provided starting key is invalid: ${error.message}`);
    }
    throw error;
  }
  return key;
}

/** The answer for a page: filtered, projected, counted. */
export function answerPage(
  source: OpenTable,
  index: Index | null,
  input: JsonObject,
  bound: Expressions,
  page: Page,
): JsonObject {
  const { filter, projection } = bound;
  const kept = filter ? page.items.filter((item) => satisfies(item, filter)) : page.items;
  const answer: JsonObject = { Count: kept.length, ScannedCount: page.items.length };
  if (input.Select !== 'COUNT') {
    answer.Items = projection ? kept.map((item) => projection.project(item)) : (kept as Item[]);
  }
  if (page.last) answer.LastEvaluatedKey = cursor(index ? index.cursorNames : source.table.keyNames, page.last);
  const detail = capacityDetail(input);
  if (detail) {
    const units = readUnits(page.bytes, { consistent: input.ConsistentRead === true });
    const usage = index ? { table: 0, indexes: { [index.name]: units } } : { table: units, indexes: {} };
    answer.ConsumedCapacity = describeUsage(source.table.name, usage, { detail });
  }
  return answer;
}

function cursor(names: readonly string[], item: Item): Item {
  const key: Item = {};
  for (const name of names) setOwn(key, name, own(item, name) as Item[string]);
  return key;
}
