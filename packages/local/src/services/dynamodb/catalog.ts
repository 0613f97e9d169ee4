import type { DatabaseSync } from 'node:sqlite';
import type { Account } from '../../aws/account.ts';
import { transaction } from '../../database.ts';
import { tableNotFound } from './errors.ts';
import type { Index, StoredIndex, StoredTable, Table } from './model.ts';
import { openTableStore, type TableStore } from './tableStore.ts';

export interface OpenTable {
  readonly table: Table;
  readonly store: TableStore;
}

/** The tables there are, by name. */
export interface Catalog {
  /** The table with this name or ARN; throws `ResourceNotFoundException`. */
  open(nameOrArn: string): OpenTable;
  find(name: string): OpenTable | undefined;
  /** In the order of their names. */
  names(): readonly string[];
  all(): readonly OpenTable[];
  /** Stores a table or its new definition and opens it; `change` makes the SQL tables to it in the same transaction. */
  save(definition: StoredTable, change: (number: number) => void): OpenTable;
  /** Forgets a table; `drop` deletes its SQL tables in the same transaction. */
  remove(table: Table, drop: () => void): void;
}

export function openCatalog(database: DatabaseSync, account: Account): Catalog {
  const select = database.prepare('SELECT number, definition FROM ddb_tables ORDER BY name');
  const insert = database.prepare('INSERT INTO ddb_tables (name, definition) VALUES (?, ?)');
  const update = database.prepare('UPDATE ddb_tables SET definition = ? WHERE number = ?');
  const erase = database.prepare('DELETE FROM ddb_tables WHERE number = ?');
  const arnPrefix = `arn:aws:dynamodb:${account.region}:${account.accountId}:table/`;
  const tables = new Map<string, OpenTable>();

  function open(number: number, definition: StoredTable): OpenTable {
    const table = describe(number, definition, arnPrefix + definition.name);
    return { table, store: openTableStore(database, table) };
  }

  for (const row of select.all() as unknown as { number: number; definition: string }[]) {
    const definition = JSON.parse(row.definition) as StoredTable;
    tables.set(definition.name, open(row.number, definition));
  }

  return {
    open(nameOrArn) {
      const name = nameOrArn.startsWith(arnPrefix) ? nameOrArn.slice(arnPrefix.length) : nameOrArn;
      const found = tables.get(name);
      if (!found) throw tableNotFound(nameOrArn);
      return found;
    },
    find: (name) => tables.get(name),
    names: () => [...tables.keys()].sort(),
    all: () => [...tables.values()],
    save(definition, change) {
      const opened = transaction(database, () => {
        const text = JSON.stringify(definition);
        const known = tables.get(definition.name)?.table.number;
        if (known !== undefined) update.run(text, known);
        const number = known ?? Number(insert.run(definition.name, text).lastInsertRowid);
        change(number);
        return open(number, definition);
      });
      tables.set(definition.name, opened);
      return opened;
    },
    remove(table, drop) {
      transaction(database, () => {
        erase.run(table.number);
        drop();
      });
      tables.delete(table.name);
    },
  };
}

function describe(number: number, definition: StoredTable, arn: string): Table {
  const keyNames = keyNamesOf(definition);
  const liveIndexes = definition.indexes.map((index) => describeIndex(index, keyNames, arn));
  return { ...definition, number, arn, keyNames, liveIndexes };
}

function describeIndex(index: StoredIndex, tableKeys: readonly string[], tableArn: string): Index {
  const cursorNames = [...new Set([...tableKeys, ...keyNamesOf(index)])];
  const { projection } = index;
  const added = projection.type === 'INCLUDE' ? projection.attributes : [];
  return {
    ...index,
    arn: `${tableArn}/index/${index.name}`,
    projected: projection.type === 'ALL' ? null : new Set([...cursorNames, ...added]),
    cursorNames,
  };
}

function keyNamesOf({ key }: Pick<StoredTable, 'key'>): string[] {
  return key.sort ? [key.partition.name, key.sort.name] : [key.partition.name];
}
