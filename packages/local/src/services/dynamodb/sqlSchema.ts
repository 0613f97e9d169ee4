import type { DatabaseSync } from 'node:sqlite';

/** SQL names come from numbers only; no name of a client's reaches SQL text. */
export const itemsSqlName = (table: number): string => `ddb_items_${table}`;
export const expirySqlName = (table: number): string => `ddb_expiry_${table}`;
export const indexSqlName = (table: number, index: number): string => `ddb_index_${table}_${index}`;

/** Tables that all DynamoDB tables share. `ddb_state` keeps numbers that must not start again. */
export function createSharedTables(database: DatabaseSync): void {
  database.exec(`
    CREATE TABLE IF NOT EXISTS ddb_tables (
      number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, definition TEXT NOT NULL
    );
    CREATE TABLE IF NOT EXISTS ddb_stream (
      sequence INTEGER PRIMARY KEY, table_number INTEGER NOT NULL, at INTEGER NOT NULL, event TEXT NOT NULL,
      keys TEXT NOT NULL, new TEXT, old TEXT, size INTEGER NOT NULL, expired INTEGER NOT NULL
    );
    CREATE INDEX IF NOT EXISTS ddb_stream_by_table ON ddb_stream (table_number, sequence);
    CREATE INDEX IF NOT EXISTS ddb_stream_by_time ON ddb_stream (at);
    CREATE TABLE IF NOT EXISTS ddb_request_tokens (token TEXT PRIMARY KEY, request TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS ddb_state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
  `);
}

/**
 * `v` is the item's JSON text and `n` its size in bytes; `h` and `r` are order-preserving key bytes. Items may be large,
 * so unlike the entries of indexes they lie in a table with row ids: large rows slow a table without them down.
 */
export function createItemsTable(database: DatabaseSync, table: number): void {
  database.exec(`
    CREATE TABLE ${itemsSqlName(table)} (
      id INTEGER PRIMARY KEY, h BLOB NOT NULL, r BLOB NOT NULL, v TEXT NOT NULL, n INTEGER NOT NULL, UNIQUE (h, r)
    )`);
}

/** An index entry: the index's key bytes, then the item's. */
export function createIndexTable(database: DatabaseSync, table: number, index: number): void {
  database.exec(`
    CREATE TABLE ${indexSqlName(table, index)} (
      h BLOB NOT NULL, r BLOB NOT NULL, bh BLOB NOT NULL, br BLOB NOT NULL, PRIMARY KEY (h, r, bh, br)
    ) WITHOUT ROWID`);
}

export function createExpiryTable(database: DatabaseSync, table: number): void {
  database.exec(`
    CREATE TABLE ${expirySqlName(table)} (
      at INTEGER NOT NULL, h BLOB NOT NULL, r BLOB NOT NULL, PRIMARY KEY (at, h, r)
    ) WITHOUT ROWID`);
}

export function dropSqlTable(database: DatabaseSync, name: string): void {
  database.exec(`DROP TABLE ${name}`);
}
