import type { DatabaseSync } from 'node:sqlite';
import { prepared } from '../../database.ts';
import type { SuppressionReason } from './model.ts';

export interface SuppressedAddress {
  /** In lower case. */
  readonly address: string;
  readonly reason: SuppressionReason;
  /** Epoch milliseconds. */
  readonly updatedAt: number;
}

/** What SES remembers: the suppression list, and how much was sent when. */
export interface SesStore {
  suppress(entry: SuppressedAddress): void;
  suppressed(address: string): SuppressedAddress | null;
  /** In the order of the addresses, beginning after one of them. */
  listSuppressed(after: string, limit: number): readonly SuppressedAddress[];
  /** False when it was not on the list. */
  release(address: string): boolean;
  countSent(recipients: number, now: number): void;
  sentLast24Hours(now: number): number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export function createSesStore(database: DatabaseSync): SesStore {
  database.exec(`
    CREATE TABLE IF NOT EXISTS ses_suppressed (
      address TEXT PRIMARY KEY, reason TEXT NOT NULL, updated_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS ses_sent (minute INTEGER PRIMARY KEY, recipients INTEGER NOT NULL) STRICT;
  `);
  const run = (sql: string) => prepared(database, sql);
  return {
    suppress({ address, reason, updatedAt }) {
      run(
        `INSERT INTO ses_suppressed (address, reason, updated_at) VALUES (?, ?, ?)
         ON CONFLICT (address) DO UPDATE SET reason = excluded.reason, updated_at = excluded.updated_at`,
      ).run(address.toLowerCase(), reason, updatedAt);
    },
    suppressed(address) {
      const row = run('SELECT * FROM ses_suppressed WHERE address = ?').get(address.toLowerCase());
      return row === undefined ? null : entryOf(row);
    },
    listSuppressed: (after, limit) =>
      run('SELECT * FROM ses_suppressed WHERE address > ? ORDER BY address LIMIT ?').all(after, limit).map(entryOf),
    release: (address) => run('DELETE FROM ses_suppressed WHERE address = ?').run(address.toLowerCase()).changes > 0,
    countSent(recipients, now) {
      const minute = Math.floor(now / MINUTE);
      run('DELETE FROM ses_sent WHERE minute <= ?').run(Math.floor((now - DAY) / MINUTE));
      run(
        `INSERT INTO ses_sent (minute, recipients) VALUES (?, ?)
         ON CONFLICT (minute) DO UPDATE SET recipients = recipients + excluded.recipients`,
      ).run(minute, recipients);
    },
    sentLast24Hours(now) {
      const row = run('SELECT total(recipients) AS sent FROM ses_sent WHERE minute > ? AND minute <= ?').get(
        Math.floor((now - DAY) / MINUTE),
        Math.floor(now / MINUTE),
      );
      return Number(row?.['sent']);
    },
  };
}

function entryOf(row: Record<string, unknown>): SuppressedAddress {
  return {
    address: String(row['address']),
    reason: row['reason'] as SuppressionReason,
    updatedAt: Number(row['updated_at']),
  };
}
