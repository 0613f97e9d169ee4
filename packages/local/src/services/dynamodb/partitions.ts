import type { JsonObject, JsonValue } from '../../json.ts';
import { accessOf } from './access.ts';
import type { Context } from './context.ts';

/** A partition key that a call asks for, of a table or of one of its indexes. */
export interface Partition {
  /** The table's name. */
  readonly table: string;
  readonly index: string | null;
  readonly key: string;
}

/**
 * Whose throughput a call uses. Of an index that is written, only what the item in the request says: an update's is not known
 * before it is done. A scan asks for no key.
 */
export function partitionsOf(context: Context, operation: string, input: JsonObject): readonly Partition[] {
  const asked = accessOf(context, operation, input).flatMap(({ resource, context: keys }) => {
    const [, table = '', index = null] = /:table\/([^/]+)(?:\/index\/(.+))?$/.exec(resource) ?? [];
    return [keys?.['dynamodb:LeadingKeys'] ?? []].flat().map((key): Partition => ({ table, index, key }));
  });
  return [...asked, ...written(operation, input).flatMap(([table, item]) => indexed(context, table, item))];
}

function indexed({ catalog }: Context, nameOrArn: string, item: JsonObject): Partition[] {
  const name = nameOrArn.replace(/^.*:table\//, '');
  // The operation itself refuses a table that is not there.
  const table = catalog.find(name)?.table;
  return (table?.liveIndexes ?? []).flatMap(({ name: index, key: { partition } }) => {
    const key = mapOf(item[partition.name])[partition.type];
    return typeof key === 'string' ? [{ table: name, index, key }] : [];
  });
}

/** Whole items that are put, with their tables. */
function written(operation: string, input: JsonObject): readonly (readonly [string, JsonObject])[] {
  if (operation === 'PutItem') return [[String(input.TableName), mapOf(input.Item)]];
  if (operation === 'BatchWriteItem')
    return Object.entries(mapOf(input.RequestItems)).flatMap(([table, requests]) =>
      listOf(requests).map((request) => [table, mapOf(mapOf(mapOf(request).PutRequest).Item)] as const),
    );
  if (operation !== 'TransactWriteItems') return [];
  return listOf(input.TransactItems).flatMap((action) => {
    const { Put: put } = mapOf(action);
    return put === undefined ? [] : [[String(mapOf(put).TableName), mapOf(mapOf(put).Item)] as const];
  });
}

const mapOf = (value: JsonValue | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};

const listOf = (value: JsonValue | undefined): readonly JsonValue[] => (Array.isArray(value) ? value : []);
