import type { DatabaseSync } from 'node:sqlite';
import type { Subject } from './attempts.ts';

export interface StoredCode {
  readonly hash: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

export type Codes = ReturnType<typeof createCodes>;

/** One code per user and purpose: a new one replaces the old. */
export function createCodes(database: DatabaseSync) {
  const upsert = database.prepare('INSERT OR REPLACE INTO cognito_codes VALUES (?, ?, ?, ?, ?)');
  const select = database.prepare(
    `SELECT hash, expires_at AS expiresAt FROM cognito_codes WHERE pool_id = ? AND username = ? AND purpose = ?`,
  );
  const remove = database.prepare('DELETE FROM cognito_codes WHERE pool_id = ? AND username = ? AND purpose = ?');

  return {
    save({ poolId, username }: Subject, purpose: string, { hash, expiresAt }: StoredCode): void {
      upsert.run(poolId, username, purpose, hash, expiresAt);
    },
    find({ poolId, username }: Subject, purpose: string): StoredCode | undefined {
      return select.get(poolId, username, purpose) as unknown as StoredCode | undefined;
    },
    /** True for exactly one caller, so that a code works once. */
    remove({ poolId, username }: Subject, purpose: string): boolean {
      return remove.run(poolId, username, purpose).changes === 1;
    },
  };
}
