import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { keyBytesOf, sameBytes } from './keyBytes.ts';
import type { Index, Item, KeyBytes, SizedItem, StoredItem, Table } from './model.ts';
import { expirySqlName, indexSqlName, itemsSqlName } from './sqlSchema.ts';
import { expirySecondOf } from './timeToLive.ts';

/** One item before and after a write; `null`: it does not exist. */
export interface Change {
  readonly key: KeyBytes;
  readonly before: StoredItem | null;
  readonly after: SizedItem | null;
}

export interface StoredRow {
  /** The item's JSON text. */
  readonly v: string;
  /** The item's size in bytes. */
  readonly n: number;
}

/** The SQL behind one table. What it writes belongs into one transaction with what else the caller writes. */
export interface TableStore {
  /** Whether a write touches more than the item's own row and so needs a transaction and the item before. */
  readonly needsBefore: boolean;
  get(key: KeyBytes): StoredItem | null;
  getText(key: KeyBytes): string | null;
  /** Writes the item, its index rows and its expiry; returns the item's new JSON text. */
  write(change: Change): string | null;
  rows(sql: string, parameters: readonly SQLInputValue[]): readonly StoredRow[];
}

interface IndexStatements {
  readonly index: Index;
  readonly insert: StatementSync;
  readonly remove: StatementSync;
}

export function openTableStore(database: DatabaseSync, table: Table): TableStore {
  const items = itemsSqlName(table.number);
  const select = database.prepare(`SELECT v, n FROM ${items} WHERE h = ? AND r = ?`);
  const insertRow = `INSERT INTO ${items} (h, r, v, n) VALUES (?, ?, ?, ?)`;
  const insert = database.prepare(insertRow);
  const upsert = database.prepare(`${insertRow} ON CONFLICT (h, r) DO UPDATE SET v = excluded.v, n = excluded.n`);
  const remove = database.prepare(`DELETE FROM ${items} WHERE h = ? AND r = ?`);
  const indexes = table.liveIndexes.map((index) => indexStatements(database, table, index));
  const expiry = table.ttlAttribute === null ? null : expiryStatements(database, table, table.ttlAttribute);
  const reads = new Map<string, StatementSync>();
  const needsBefore = indexes.length > 0 || expiry !== null || table.stream !== null;

  return {
    needsBefore,
    get({ partition, sort }) {
      const row = select.get(partition, sort) as StoredRow | undefined;
      return row ? { item: JSON.parse(row.v) as Item, text: row.v, size: row.n } : null;
    },
    getText({ partition, sort }) {
      return (select.get(partition, sort) as StoredRow | undefined)?.v ?? null;
    },
    write({ key, before, after }) {
      const text = after ? JSON.stringify(after.item) : null;
      // Where the item before is always read, none means that there is no row to collide with.
      const put = needsBefore && !before ? insert : upsert;
      if (after && text !== null) put.run(key.partition, key.sort, text, after.size);
      else remove.run(key.partition, key.sort);
      for (const statements of indexes) moveEntry(statements, key, before, after);
      expiry?.move(key, before, after);
      return text;
    },
    rows(sql, parameters) {
      let statement = reads.get(sql);
      if (!statement) {
        statement = database.prepare(sql);
        reads.set(sql, statement);
      }
      return statement.all(...parameters) as unknown as StoredRow[];
    },
  };
}

function indexStatements(database: DatabaseSync, table: Table, index: Index): IndexStatements {
  const sql = indexSqlName(table.number, index.number);
  return {
    index,
    insert: database.prepare(`INSERT INTO ${sql} (h, r, bh, br) VALUES (?, ?, ?, ?)`),
    remove: database.prepare(`DELETE FROM ${sql} WHERE h = ? AND r = ? AND bh = ? AND br = ?`),
  };
}

/** An entry only says where the item is, so that an item whose index key stays needs no write here. */
function moveEntry(
  { index, insert, remove }: IndexStatements,
  key: KeyBytes,
  before: SizedItem | null,
  after: SizedItem | null,
): void {
  const old = before && keyBytesOf(before.item, index.key);
  const now = after && keyBytesOf(after.item, index.key);
  if (old && now && sameBytes(old.partition, now.partition) && sameBytes(old.sort, now.sort)) return;
  if (old) remove.run(old.partition, old.sort, key.partition, key.sort);
  if (now) insert.run(now.partition, now.sort, key.partition, key.sort);
}

function expiryStatements(database: DatabaseSync, table: Table, attribute: string) {
  const sql = expirySqlName(table.number);
  const insert = database.prepare(`INSERT INTO ${sql} (at, h, r) VALUES (?, ?, ?)`);
  const remove = database.prepare(`DELETE FROM ${sql} WHERE at = ? AND h = ? AND r = ?`);
  return {
    move(key: KeyBytes, before: SizedItem | null, after: SizedItem | null): void {
      const old = before && expirySecondOf(before.item, attribute);
      const now = after && expirySecondOf(after.item, attribute);
      if (old === now) return;
      if (old !== null) remove.run(old, key.partition, key.sort);
      if (now !== null) insert.run(now, key.partition, key.sort);
    },
  };
}
