import type { DatabaseSync } from 'node:sqlite';
import { prepared, transaction } from '../../database.ts';
import type { Login } from './logins.ts';

/** Who is known by which id. Of a user it holds the `sub` that the user pool gave, of a guest nothing. */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS identities (
  identity_id TEXT PRIMARY KEY, pool_id TEXT NOT NULL, created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS identity_logins (
  pool_id TEXT NOT NULL, provider TEXT NOT NULL, subject TEXT NOT NULL,
  identity_id TEXT NOT NULL UNIQUE REFERENCES identities (identity_id),
  PRIMARY KEY (pool_id, provider, subject)
) STRICT;
`;

export interface Identity {
  readonly identityId: string;
  readonly identityPoolId: string;
  /** Null for a guest. */
  readonly login: Login | null;
}

export type Identities = ReturnType<typeof createIdentities>;

export function createIdentities(database: DatabaseSync) {
  database.exec(SCHEMA);
  const insertLogin = ({ identityPoolId, identityId, login }: Identity & { readonly login: Login }): void => {
    const sql = 'INSERT INTO identity_logins (pool_id, provider, subject, identity_id) VALUES (?, ?, ?, ?)';
    prepared(database, sql).run(identityPoolId, login.provider, login.subject, identityId);
  };

  return {
    add({ identityId, identityPoolId, login }: Identity, now: number): void {
      transaction(database, () => {
        const sql = 'INSERT INTO identities (identity_id, pool_id, created_at) VALUES (?, ?, ?)';
        prepared(database, sql).run(identityId, identityPoolId, now);
        if (login) insertLogin({ identityId, identityPoolId, login });
      });
    },
    /** Makes a guest's identity that of a user. */
    link: insertLogin,
    find(identityId: string): Identity | undefined {
      const sql = `SELECT i.pool_id, l.provider, l.subject FROM identities i
        LEFT JOIN identity_logins l ON l.identity_id = i.identity_id WHERE i.identity_id = ?`;
      const row = prepared(database, sql).get(identityId);
      if (!row) return undefined;
      const { pool_id: pool, provider, subject } = row;
      const login = provider === null ? null : { provider: String(provider), subject: String(subject) };
      return { identityId, identityPoolId: String(pool), login };
    },
    idOf(identityPoolId: string, { provider, subject }: Login): string | undefined {
      const sql = 'SELECT identity_id FROM identity_logins WHERE pool_id = ? AND provider = ? AND subject = ?';
      const id = prepared(database, sql).get(identityPoolId, provider, subject)?.['identity_id'];
      return id === undefined ? undefined : String(id);
    },
  };
}
