import type { DatabaseSync } from 'node:sqlite';
import type { MfaFactor } from '../config.ts';
import type { Subject } from './attempts.ts';
import { atomically } from './database.ts';

/** A second factor that the user turned on. */
export interface MfaPreference {
  readonly factor: MfaFactor;
  readonly preferred: boolean;
}

export type MfaPreferences = ReturnType<typeof createMfaPreferences>;

export function createMfaPreferences(database: DatabaseSync) {
  const select = database.prepare(
    'SELECT factor, preferred FROM cognito_mfa_preferences WHERE pool_id = ? AND username = ? ORDER BY factor',
  );
  const removeAll = database.prepare('DELETE FROM cognito_mfa_preferences WHERE pool_id = ? AND username = ?');
  const insert = database.prepare('INSERT INTO cognito_mfa_preferences VALUES (?, ?, ?, ?)');

  return {
    of({ poolId, username }: Subject): readonly MfaPreference[] {
      return select
        .all(poolId, username)
        .map((row) => ({ factor: row['factor'] as MfaFactor, preferred: row['preferred'] === 1 }));
    },
    /** Exactly these. */
    replace({ poolId, username }: Subject, preferences: readonly MfaPreference[]): void {
      atomically(database, () => {
        removeAll.run(poolId, username);
        for (const { factor, preferred } of preferences) insert.run(poolId, username, factor, preferred ? 1 : 0);
      });
    },
  };
}
