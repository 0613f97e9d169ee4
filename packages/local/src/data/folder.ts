import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { openDatabase } from '../database.ts';
import type { Random } from '../random.ts';

/** Raised when the data folder cannot be used as it is; the message says which command mends it. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError';
}

/** What the folder holds; a later layout gets a later number and a migration, or refuses. */
const FORMAT = '1';

export interface DataFolder {
  /** Absolute path; null when everything is in memory. */
  readonly path: string | null;
  readonly database: DatabaseSync;
  /** Random per folder: ids and keys derive from it, so that they outlive a restart but differ between folders. */
  readonly salt: string;
  readMark(name: string): string | null;
  writeMark(name: string, value: string): void;
  close(): void;
}

/** Opens the folder, or a database in memory for `path` null. One process at a time may use a folder. */
export function openDataFolder(path: string | null, random: Random): DataFolder {
  if (path !== null) {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    chmodSync(path, 0o700);
  }
  const database = openExclusively(path);
  database.exec('CREATE TABLE IF NOT EXISTS folder_marks (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID');
  const select = database.prepare('SELECT value FROM folder_marks WHERE name = ?');
  const upsert = database.prepare(
    'INSERT INTO folder_marks (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  const readMark = (name: string): string | null => (select.get(name)?.['value'] as string | undefined) ?? null;
  const writeMark = (name: string, value: string): void => void upsert.run(name, value);

  const format = readMark('format');
  if (format !== null && format !== FORMAT) {
    database.close();
    throw new DataFolderError(
      `${path} was written in format ${format}, and this version reads format ${FORMAT}. ` +
        'Keep it for the version that wrote it (--data elsewhere), or remove it with "npm run reset".',
    );
  }
  if (format === null) {
    writeMark('format', FORMAT);
    writeMark('salt', random.bytes(16).toString('hex'));
  }
  return { path, database, salt: readMark('salt') ?? '', readMark, writeMark, close: () => database.close() };
}

function openExclusively(path: string | null): DatabaseSync {
  if (path === null) return openDatabase(':memory:');
  try {
    const database = openDatabase(join(path, 'local.db'));
    // Held until the process ends, however it ends: a second process on the same folder would see its writes too late.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; COMMIT');
    return database;
  } catch (cause) {
    if (cause instanceof Error && cause.message.includes('locked')) {
      throw new DataFolderError(
        `${path} is in use by another process. Stop it, or give this one its own --data folder.`,
      );
    }
    throw cause;
  }
}
