import type { JsonObject } from '../../json.ts';
import { sameValue, own } from './attributeValue.ts';
import { pick } from './expressions/projection.ts';
import { itemSize } from './itemSize.ts';
import { keyBytesOf, sameBytes } from './keyBytes.ts';
import { READ_UNIT_BYTES, WRITE_UNIT_BYTES } from './limits.ts';
import type { Index, Item, SizedItem, Table } from './model.ts';

/** Units used on one table, by index. Transactions use twice as many (developerguide/transaction-apis). */
export interface Usage {
  readonly table: number;
  readonly indexes: Readonly<Record<string, number>>;
}

export type CapacityKind = 'read' | 'write';

export function readUnits(bytes: number, { consistent }: { readonly consistent: boolean }): number {
  return Math.max(1, Math.ceil(bytes / READ_UNIT_BYTES)) * (consistent ? 1 : 0.5);
}

export function writeUsage(table: Table, before: SizedItem | null, after: SizedItem | null): Usage {
  const indexes: Record<string, number> = {};
  for (const index of table.liveIndexes) {
    const units = indexWriteUnits(index, before, after);
    if (units > 0) indexes[index.name] = units;
  }
  return { table: writeUnits(Math.max(before?.size ?? 0, after?.size ?? 0)), indexes };
}

export function addUsage(one: Usage, other: Usage): Usage {
  const indexes: Record<string, number> = { ...one.indexes };
  for (const [name, units] of Object.entries(other.indexes)) indexes[name] = (indexes[name] ?? 0) + units;
  return { table: one.table + other.table, indexes };
}

export function multiplyUsage({ table, indexes }: Usage, factor: number): Usage {
  return {
    table: table * factor,
    indexes: Object.fromEntries(Object.entries(indexes).map(([name, units]) => [name, units * factor])),
  };
}

/** The `ConsumedCapacity` of a response. Transactions and batches also tell reads and writes apart. */
export function describeUsage(
  tableName: string,
  usage: Usage,
  { detail, kind }: { readonly detail: 'TOTAL' | 'INDEXES'; readonly kind?: CapacityKind },
): JsonObject {
  const total = usage.table + Object.values(usage.indexes).reduce((sum, units) => sum + units, 0);
  const units = (count: number): JsonObject => ({
    CapacityUnits: count,
    ...(kind === 'read' ? { ReadCapacityUnits: count } : {}),
    ...(kind === 'write' ? { WriteCapacityUnits: count } : {}),
  });
  const described: JsonObject = { TableName: tableName, ...units(total) };
  if (detail === 'TOTAL') return described;
  described.Table = units(usage.table);
  const indexes = Object.entries(usage.indexes);
  if (indexes.length > 0) {
    described.GlobalSecondaryIndexes = Object.fromEntries(indexes.map(([name, count]) => [name, units(count)]));
  }
  return described;
}

/** Whether and how a request wants its capacity told. */
export function capacityDetail(input: JsonObject): 'TOTAL' | 'INDEXES' | null {
  const { ReturnConsumedCapacity: wanted } = input;
  return wanted === 'TOTAL' || wanted === 'INDEXES' ? wanted : null;
}

function writeUnits(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / WRITE_UNIT_BYTES));
}

/** A changed index key costs the old entry's deletion and the new one's writing. */
function indexWriteUnits(index: Index, before: SizedItem | null, after: SizedItem | null): number {
  const old = before && keyBytesOf(before.item, index.key);
  const now = after && keyBytesOf(after.item, index.key);
  const oldUnits = before && old ? writeUnits(projectedSize(index, before)) : 0;
  const newUnits = after && now ? writeUnits(projectedSize(index, after)) : 0;
  if (!old || !now || !before || !after) return oldUnits + newUnits;
  if (!sameBytes(old.partition, now.partition) || !sameBytes(old.sort, now.sort)) return oldUnits + newUnits;
  return sameProjection(index, before.item, after.item) ? 0 : Math.max(oldUnits, newUnits);
}

export function projectedSize(index: Index, { item, size }: SizedItem): number {
  return index.projected ? itemSize(pick(item, index.projected)) : size;
}

function sameProjection(index: Index, before: Item, after: Item): boolean {
  const names = index.projected ?? new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const name of names) {
    const [old, now] = [own(before, name), own(after, name)];
    if (old !== now && (!old || !now || !sameValue(old, now))) return false;
  }
  return true;
}
