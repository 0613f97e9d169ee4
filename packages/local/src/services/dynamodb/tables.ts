import type { OpenTable } from './catalog.ts';
import type { Context } from './context.ts';
import { KeySchemaChanged } from './errors.ts';
import { keyBytesOf } from './keyBytes.ts';
import type { Item, KeySchema, StoredIndex, StoredTable, Table, TableSpecification } from './model.ts';
import {
  createExpiryTable,
  createIndexTable,
  createItemsTable,
  dropSqlTable,
  expirySqlName,
  indexSqlName,
  itemsSqlName,
} from './sqlSchema.ts';
import { expirySecondOf } from './timeToLive.ts';

const BACKFILL_ROWS = 500;

export function createTable(context: Context, specification: TableSpecification): OpenTable {
  const definition: StoredTable = {
    name: specification.name,
    tableId: uuid(context),
    createdAt: context.clock.now(),
    key: specification.key,
    indexes: specification.indexes.map((index, number) => ({ ...index, number })),
    nextIndexNumber: specification.indexes.length,
    ttlAttribute: specification.ttlAttribute,
    stream: streamOf(context, specification, null),
    deletionProtection: specification.deletionProtection,
  };
  return context.catalog.save(definition, (number) => {
    createItemsTable(context.database, number);
    for (const index of definition.indexes) createIndexTable(context.database, number, index.number);
    if (definition.ttlAttribute !== null) createExpiryTable(context.database, number);
  });
}

/** Brings a table to a new specification: makes and fills what is new, drops what is gone, keeps the items. */
export function changeTable(context: Context, table: Table, specification: TableSpecification): OpenTable {
  if (describeKey(table.key) !== describeKey(specification.key)) {
    throw new KeySchemaChanged(table.name, describeKey(table.key), describeKey(specification.key));
  }
  let nextIndexNumber = table.nextIndexNumber;
  const indexes = specification.indexes.map((index): StoredIndex => {
    const known = table.indexes.find(
      ({ name, key }) => name === index.name && describeKey(key) === describeKey(index.key),
    );
    return { ...index, number: known ? known.number : nextIndexNumber++ };
  });
  const stream = streamOf(context, specification, table.stream);
  const { ttlAttribute, deletionProtection } = specification;
  const definition: StoredTable = {
    name: table.name,
    tableId: table.tableId,
    createdAt: table.createdAt,
    key: table.key,
    indexes,
    nextIndexNumber,
    ttlAttribute,
    stream,
    deletionProtection,
  };
  return context.catalog.save(definition, () => {
    changeIndexes(context, table, indexes);
    if (table.ttlAttribute !== ttlAttribute) changeExpiry(context, table, ttlAttribute);
    if (table.stream && stream?.label !== table.stream.label) context.streams.clear(table);
  });
}

export function dropTable(context: Context, table: Table): void {
  const { database, catalog, streams } = context;
  catalog.remove(table, () => {
    for (const index of table.indexes) dropSqlTable(database, indexSqlName(table.number, index.number));
    if (table.ttlAttribute !== null) dropSqlTable(database, expirySqlName(table.number));
    dropSqlTable(database, itemsSqlName(table.number));
    streams.clear(table);
  });
}

/** The specification that a table has now. */
export function specificationOf(table: StoredTable): TableSpecification {
  const { name, key, indexes, ttlAttribute, stream, deletionProtection } = table;
  return {
    name,
    key,
    indexes: indexes.map((index) => ({ name: index.name, key: index.key, projection: index.projection })),
    ttlAttribute,
    stream: stream && stream.viewType,
    ...(stream ? { streamLabel: stream.label } : {}),
    deletionProtection,
  };
}

/** A UUID made of the context's randomness, as AWS gives tables. */
function uuid(context: Context): string {
  const hex = context.random.bytes(16).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}

function streamOf(
  context: Context,
  specification: TableSpecification,
  current: StoredTable['stream'],
): StoredTable['stream'] {
  const { stream: viewType, streamLabel } = specification;
  if (viewType === null) return null;
  if (current?.viewType === viewType && (streamLabel ?? current.label) === current.label) return current;
  return { viewType, label: streamLabel ?? new Date(context.clock.now()).toISOString().replace('Z', '') };
}

function changeIndexes(context: Context, table: Table, indexes: readonly StoredIndex[]): void {
  const kept = new Set(indexes.map(({ number }) => number));
  for (const { number } of table.indexes) {
    if (!kept.has(number)) dropSqlTable(context.database, indexSqlName(table.number, number));
  }
  const known = new Set(table.indexes.map(({ number }) => number));
  for (const index of indexes) if (!known.has(index.number)) buildIndex(context, table, index);
}

/** Items whose index key has the wrong type stay out, as in AWS's backfilling. */
function buildIndex({ database }: Context, table: Table, index: StoredIndex): void {
  createIndexTable(database, table.number, index.number);
  const insert = database.prepare(
    `INSERT INTO ${indexSqlName(table.number, index.number)} (h, r, bh, br) VALUES (?, ?, ?, ?)`,
  );
  forEachItem(database, table, (item, h, r) => {
    const key = keyBytesOf(item, index.key);
    if (key) insert.run(key.partition, key.sort, h, r);
  });
}

function changeExpiry({ database }: Context, table: Table, attribute: string | null): void {
  const sql = expirySqlName(table.number);
  if (table.ttlAttribute !== null) dropSqlTable(database, sql);
  if (attribute === null) return;
  createExpiryTable(database, table.number);
  const insert = database.prepare(`INSERT INTO ${sql} (at, h, r) VALUES (?, ?, ?)`);
  forEachItem(database, table, (item, h, r) => {
    const second = expirySecondOf(item, attribute);
    if (second !== null) insert.run(second, h, r);
  });
}

function forEachItem(
  database: Context['database'],
  table: Table,
  visit: (item: Item, h: Uint8Array, r: Uint8Array) => void,
): void {
  const select = database.prepare(
    `SELECT h, r, v FROM ${itemsSqlName(table.number)} WHERE (h, r) > (?, ?) ORDER BY h, r LIMIT ${BACKFILL_ROWS}`,
  );
  let after: readonly [Uint8Array, Uint8Array] = [new Uint8Array(0), new Uint8Array(0)];
  for (;;) {
    const rows = select.all(...after) as unknown as { h: Uint8Array; r: Uint8Array; v: string }[];
    for (const { h, r, v } of rows) visit(JSON.parse(v) as Item, h, r);
    const last = rows.at(-1);
    if (!last) return;
    after = [last.h, last.r];
  }
}

export function describeKey({ partition, sort }: KeySchema): string {
  const attributes = sort ? [partition, sort] : [partition];
  return attributes.map(({ name, type }) => `${name} (${type})`).join(', ');
}
