import type { SQLInputValue } from 'node:sqlite';
import type { OpenTable } from './catalog.ts';
import { projectedSize } from './capacity.ts';
import { pick } from './expressions/projection.ts';
import { hashPlaceBytes, keyBytesOf } from './keyBytes.ts';
import { MAX_PAGE_BYTES } from './limits.ts';
import type { Index, Item, KeyBytes, SizedItem } from './model.ts';
import { indexSqlName, itemsSqlName } from './sqlSchema.ts';

export interface Bound {
  readonly bytes: Uint8Array;
  readonly inclusive: boolean;
}

/** Where a read starts again: behind this item, in its table and in the index that is read. */
export interface Position {
  readonly item: KeyBytes;
  readonly index: KeyBytes | null;
}

/** What to read, in what order. A `partition` reads one (Query); without it all, by hash places (Scan). */
export interface Reading {
  readonly source: OpenTable;
  readonly index: Index | null;
  readonly partition: Uint8Array | null;
  readonly lower: Bound | null;
  readonly upper: Bound | null;
  /** Scan's segment: from this hash place up to but without the other. */
  readonly places: readonly [number, number] | null;
  readonly forward: boolean;
  readonly limit: number;
}

export interface Page {
  /** Before filter and projection expressions; an index gives what it projects. */
  readonly items: readonly Item[];
  readonly bytes: number;
  /** Set when the page ended by a limit and not at the end of the data. */
  readonly last: Item | null;
}

const FIRST_ROWS = 64;
const MORE_ROWS = 256;

/**
 * Reads until the limit or 1 MB. As AWS does, a page that is as long as its limit has a `LastEvaluatedKey` even when
 * nothing follows, since it has not looked.
 */
export function readPage(reading: Reading, start: Position | null): Page {
  const { index, source, limit } = reading;
  const items: Item[] = [];
  let bytes = 0;
  let after = start;
  let wanted = Math.min(limit, FIRST_ROWS);
  for (;;) {
    const { sql, parameters } = select(reading, after, wanted);
    const rows = source.store.rows(sql, parameters);
    for (const { v, n } of rows) {
      const { item, size } = project(index, { item: JSON.parse(v) as Item, size: n });
      if (items.length > 0 && bytes + size > MAX_PAGE_BYTES) return { items, bytes, last: items.at(-1) as Item };
      items.push(item);
      bytes += size;
    }
    const last = items.at(-1);
    if (items.length >= limit && last) return { items, bytes, last };
    if (rows.length < wanted || !last) return { items, bytes, last: null };
    after = positionOf(source, index, last);
    wanted = Math.min(limit - items.length, MORE_ROWS);
  }
}

/** The position behind an item, which needs only its key attributes. */
export function positionOf({ table }: OpenTable, index: Index | null, item: Item): Position {
  return {
    item: keyBytesOf(item, table.key) as KeyBytes,
    index: index && (keyBytesOf(item, index.key) as KeyBytes),
  };
}

function project(index: Index | null, stored: SizedItem): SizedItem {
  if (!index?.projected) return stored;
  return { item: pick(stored.item, index.projected), size: projectedSize(index, stored) };
}

interface Select {
  readonly sql: string;
  readonly parameters: SQLInputValue[];
}

function select(reading: Reading, after: Position | null, limit: number): Select {
  const { source, index, forward } = reading;
  const { number } = source.table;
  const items = itemsSqlName(number);
  const from = index
    ? `SELECT b.v, b.n FROM ${indexSqlName(number, index.number)} i CROSS JOIN ${items} b ON b.h = i.bh AND b.r = i.br`
    : `SELECT v, n FROM ${items} i`;
  const where = conditions(reading, after);
  const direction = forward ? 'ASC' : 'DESC';
  const columns = orderColumns(reading).map((column) => `${column} ${direction}`);
  const filter = where.sql === '' ? '' : ` WHERE ${where.sql}`;
  return {
    sql: `${from}${filter} ORDER BY ${columns.join(', ')} LIMIT ?`,
    parameters: [...where.parameters, limit],
  };
}

function orderColumns({ partition, index }: Reading): string[] {
  const own = partition ? ['i.r'] : ['i.h', 'i.r'];
  return index ? [...own, 'i.bh', 'i.br'] : own;
}

function conditions(reading: Reading, after: Position | null): Select {
  const { partition, lower, upper, places, forward } = reading;
  const sql: string[] = [];
  const parameters: SQLInputValue[] = [];
  const add = (text: string, ...values: SQLInputValue[]): void => {
    sql.push(text);
    parameters.push(...values);
  };
  if (partition) add('i.h = ?', partition);
  if (after) {
    const columns = orderColumns(reading);
    add(
      `(${columns.join(', ')}) ${forward ? '>' : '<'} (${columns.map(() => '?').join(', ')})`,
      ...orderValues(reading, after),
    );
  }
  // The position replaces the bound on the side where the read starts: SQLite uses one of them for seeking.
  if (lower && !(after && forward)) add(lower.inclusive ? 'i.r >= ?' : 'i.r > ?', lower.bytes);
  if (upper && !(after && !forward)) add(upper.inclusive ? 'i.r <= ?' : 'i.r < ?', upper.bytes);
  if (places && !after) add('i.h >= ?', hashPlaceBytes(places[0]));
  if (places && places[1] <= 0xffff) add('i.h < ?', hashPlaceBytes(places[1]));
  return { sql: sql.join(' AND '), parameters };
}

function orderValues({ partition, index }: Reading, after: Position): Uint8Array[] {
  const { item } = after;
  const key = index ? (after.index as KeyBytes) : item;
  const own = partition ? [key.sort] : [key.partition, key.sort];
  return index ? [...own, item.partition, item.sort] : own;
}
