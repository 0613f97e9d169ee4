import type { DatabaseSync } from 'node:sqlite';
import { prepared } from '../../../database.ts';

/** An event that has been accepted and is not done with. Times are epoch milliseconds. */
export interface StoredEvent {
  /** The request id, which is that of every attempt. */
  readonly id: string;
  readonly functionName: string;
  /** JSON text. */
  readonly payload: string;
  /** `Root=1-...` */
  readonly traceId: string | null;
  readonly acceptedAt: number;
  readonly dueAt: number;
  /** Failed so far. */
  readonly attempts: number;
  /** The JSON text of what the function failed with last. */
  readonly lastError: string | null;
}

export interface EventStore {
  add(event: StoredEvent): void;
  update(event: Pick<StoredEvent, 'id' | 'dueAt' | 'attempts' | 'lastError'>): void;
  remove(id: string): void;
  /** Due for this function, the earliest first. */
  due(functionName: string, now: number, limit: number): readonly StoredEvent[];
  /** When the next event after `now` is due, or null. */
  nextDue(now: number): number | null;
  functionNames(): readonly string[];
  /** Deletes what was accepted before; returns how many. */
  removeOlderThan(functionName: string, time: number): number;
}

const COLUMNS =
  'id, function_name AS functionName, payload, trace_id AS traceId, accepted_at AS acceptedAt, due_at AS dueAt, attempts, last_error AS lastError';

const INSERT =
  'INSERT INTO lambda_events (id, function_name, payload, trace_id, accepted_at, due_at, attempts, last_error) ' +
  'VALUES (?, ?, ?, ?, ?, ?, ?, ?)';

export function openEventStore(database: DatabaseSync): EventStore {
  database.exec(`
    CREATE TABLE IF NOT EXISTS lambda_events (
      number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, function_name TEXT NOT NULL, payload TEXT NOT NULL,
      trace_id TEXT, accepted_at INTEGER NOT NULL, due_at INTEGER NOT NULL, attempts INTEGER NOT NULL, last_error TEXT
    ) STRICT;
    CREATE INDEX IF NOT EXISTS lambda_events_by_time ON lambda_events (function_name, due_at, number);
    CREATE INDEX IF NOT EXISTS lambda_events_due ON lambda_events (due_at);
  `);
  const sql = (text: string) => prepared(database, text);
  return {
    add: ({ id, functionName, payload, traceId, acceptedAt, dueAt, attempts, lastError }) =>
      void sql(INSERT).run(id, functionName, payload, traceId, acceptedAt, dueAt, attempts, lastError),
    update: ({ id, dueAt, attempts, lastError }) =>
      void sql('UPDATE lambda_events SET due_at = ?, attempts = ?, last_error = ? WHERE id = ?').run(
        ...[dueAt, attempts, lastError, id],
      ),
    remove: (id) => void sql('DELETE FROM lambda_events WHERE id = ?').run(id),
    due: (functionName, now, limit) =>
      sql(
        `SELECT ${COLUMNS} FROM lambda_events WHERE function_name = ? AND due_at <= ? ORDER BY due_at, number LIMIT ?`,
      ).all(functionName, now, limit) as unknown as StoredEvent[],
    nextDue: (now) =>
      (sql('SELECT min(due_at) AS at FROM lambda_events WHERE due_at > ?').get(now) as { at: number | null }).at,
    functionNames: () =>
      (sql('SELECT DISTINCT function_name AS name FROM lambda_events').all() as { name: string }[]).map(
        ({ name }) => name,
      ),
    removeOlderThan: (functionName, time) =>
      Number(
        sql('DELETE FROM lambda_events WHERE function_name = ? AND accepted_at < ?').run(functionName, time).changes,
      ),
  };
}
