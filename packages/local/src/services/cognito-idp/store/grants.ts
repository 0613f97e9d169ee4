import type { DatabaseSync } from 'node:sqlite';
import type { Subject } from './attempts.ts';

export type Grants = ReturnType<typeof createGrants>;

/** What scopes a sign-in on the login page was given; sign-ins by the API are not here. */
export function createGrants(database: DatabaseSync) {
  const insert = database.prepare('INSERT INTO cognito_grants VALUES (?, ?, ?, ?)');
  const select = database.prepare('SELECT scopes FROM cognito_grants WHERE origin_jti = ?');
  const prune = database.prepare(
    'DELETE FROM cognito_grants WHERE origin_jti NOT IN (SELECT origin_jti FROM cognito_refresh_tokens)',
  );

  return {
    /** After the refresh token of that sign-in was added. */
    add({ poolId, username }: Subject, originJti: string, scopes: readonly string[]): void {
      prune.run();
      insert.run(originJti, poolId, username, scopes.join(' '));
    },
    scopesOf(originJti: string): readonly string[] | undefined {
      const scopes = select.get(originJti)?.['scopes'];
      return scopes === undefined ? undefined : String(scopes).split(' ');
    },
  };
}
