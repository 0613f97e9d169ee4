import type { DatabaseSync } from 'node:sqlite';
import { prepared, transaction } from '../../database.ts';

/** What AWS remembers of a schedule. Epoch milliseconds. */
export interface StoredSchedule {
  readonly arn: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** Changes when the definition does. */
  readonly version: string;
  /** Whether a one-time schedule has run. */
  readonly isCompleted: boolean;
}

/** An event on its way to a target: kept until it has arrived or is given up, so that a killed process loses none. */
export interface StoredRun {
  readonly id: number;
  readonly scheduleArn: string;
  readonly scheduledTime: number;
  /** When the first attempt was due: later than the scheduled time within a flexible window. */
  readonly firstDue: number;
  readonly due: number;
  /** Attempts that have failed. */
  readonly failures: number;
}

export interface ScheduleStore {
  /** Makes these and no others known; their runs go with schedules that are gone. */
  keep(schedules: readonly { readonly arn: string; readonly version: string }[], now: number): void;
  schedule(arn: string): StoredSchedule;
  complete(arn: string): void;
  runs(): readonly StoredRun[];
  addRun(run: Omit<StoredRun, 'id' | 'failures'>): StoredRun;
  postpone(id: number, due: number): StoredRun;
  removeRun(id: number): void;
}

const SCHEDULE_COLUMNS =
  'arn, created_at AS createdAt, modified_at AS modifiedAt, version, is_completed AS isCompleted';
const RUN_COLUMNS =
  'id, schedule_arn AS scheduleArn, scheduled_time AS scheduledTime, first_due AS firstDue, due, failures';

export function openScheduleStore(database: DatabaseSync): ScheduleStore {
  database.exec(`
    CREATE TABLE IF NOT EXISTS scheduler_schedules (
      arn TEXT PRIMARY KEY,
      created_at INTEGER NOT NULL,
      modified_at INTEGER NOT NULL,
      version TEXT NOT NULL,
      is_completed INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS scheduler_runs (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      schedule_arn TEXT NOT NULL REFERENCES scheduler_schedules (arn) ON DELETE CASCADE,
      scheduled_time INTEGER NOT NULL,
      first_due INTEGER NOT NULL,
      due INTEGER NOT NULL,
      failures INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX IF NOT EXISTS scheduler_runs_by_schedule ON scheduler_runs (schedule_arn);
  `);
  const find = (arn: string): StoredSchedule | null => {
    const row = prepared(database, `SELECT ${SCHEDULE_COLUMNS} FROM scheduler_schedules WHERE arn = ?`).get(arn);
    return row ? ({ ...row, isCompleted: row['isCompleted'] === 1 } as unknown as StoredSchedule) : null;
  };
  const keepOne = (arn: string, version: string, now: number): void => {
    const known = find(arn);
    if (known?.version === version) return;
    const sql = known
      ? 'UPDATE scheduler_schedules SET modified_at = ?, version = ?, is_completed = 0 WHERE arn = ?'
      : 'INSERT INTO scheduler_schedules (created_at, modified_at, version, arn) VALUES (?, ?, ?, ?)';
    prepared(database, sql).run(...(known ? [now, version, arn] : [now, now, version, arn]));
  };
  return {
    keep: (schedules, now) =>
      transaction(database, () => {
        const known = prepared(database, 'SELECT arn FROM scheduler_schedules').all() as { arn: string }[];
        for (const { arn } of known) {
          if (schedules.some((kept) => kept.arn === arn)) continue;
          prepared(database, 'DELETE FROM scheduler_schedules WHERE arn = ?').run(arn);
        }
        for (const { arn, version } of schedules) keepOne(arn, version, now);
      }),
    schedule(arn) {
      const found = find(arn);
      if (!found) throw new Error(`${arn} was not kept`);
      return found;
    },
    complete: (arn) =>
      void prepared(database, 'UPDATE scheduler_schedules SET is_completed = 1 WHERE arn = ?').run(arn),
    runs: () =>
      prepared(database, `SELECT ${RUN_COLUMNS} FROM scheduler_runs ORDER BY id`).all() as unknown as StoredRun[],
    addRun({ scheduleArn, scheduledTime, firstDue, due }) {
      const sql = `INSERT INTO scheduler_runs (schedule_arn, scheduled_time, first_due, due) VALUES (?, ?, ?, ?) RETURNING ${RUN_COLUMNS}`;
      return prepared(database, sql).get(scheduleArn, scheduledTime, firstDue, due) as unknown as StoredRun;
    },
    postpone(id, due) {
      const sql = `UPDATE scheduler_runs SET due = ?, failures = failures + 1 WHERE id = ? RETURNING ${RUN_COLUMNS}`;
      return prepared(database, sql).get(due, id) as unknown as StoredRun;
    },
    removeRun: (id) => void prepared(database, 'DELETE FROM scheduler_runs WHERE id = ?').run(id),
  };
}
