import type { DatabaseSync } from 'node:sqlite';

/**
 * Nothing here is a password or a code in clear: passwords are an scrypt hash and an SRP verifier, codes an scrypt hash,
 * refresh tokens a SHA-256, secrets of authenticator apps sealed with the data folder's key. A pool's private key and a client's secret are stored as they are, so the data folder is as
 * sensitive as they are: whoever reads it can sign tokens of this local pool (and of no other).
 */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS cognito_pools (
  pool_id TEXT PRIMARY KEY, private_key TEXT NOT NULL, decoy_secret BLOB NOT NULL, created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS cognito_client_secrets (
  client_id TEXT PRIMARY KEY, secret TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS cognito_users (
  pool_id TEXT NOT NULL, username TEXT NOT NULL, sub TEXT NOT NULL, status TEXT NOT NULL, enabled INTEGER NOT NULL,
  attributes TEXT NOT NULL, password_hash TEXT, srp_salt TEXT, srp_verifier TEXT, password_set_at INTEGER,
  created_at INTEGER NOT NULL, modified_at INTEGER NOT NULL,
  PRIMARY KEY (pool_id, username)
) STRICT;
CREATE TABLE IF NOT EXISTS cognito_aliases (
  pool_id TEXT NOT NULL, attribute TEXT NOT NULL, value TEXT NOT NULL, username TEXT NOT NULL,
  PRIMARY KEY (pool_id, attribute, value)
) STRICT;
CREATE INDEX IF NOT EXISTS cognito_aliases_by_user ON cognito_aliases (pool_id, username);
CREATE TABLE IF NOT EXISTS cognito_groups (
  pool_id TEXT NOT NULL, name TEXT NOT NULL, description TEXT, precedence INTEGER, role_arn TEXT,
  created_at INTEGER NOT NULL, modified_at INTEGER NOT NULL,
  PRIMARY KEY (pool_id, name)
) STRICT;
CREATE TABLE IF NOT EXISTS cognito_memberships (
  pool_id TEXT NOT NULL, username TEXT NOT NULL, group_name TEXT NOT NULL,
  PRIMARY KEY (pool_id, username, group_name)
) STRICT;
CREATE TABLE IF NOT EXISTS cognito_codes (
  pool_id TEXT NOT NULL, username TEXT NOT NULL, purpose TEXT NOT NULL, hash TEXT NOT NULL, expires_at INTEGER NOT NULL,
  PRIMARY KEY (pool_id, username, purpose)
) STRICT;
CREATE TABLE IF NOT EXISTS cognito_attempts (
  pool_id TEXT NOT NULL, username TEXT NOT NULL, action TEXT NOT NULL, count INTEGER NOT NULL,
  first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
  PRIMARY KEY (pool_id, username, action)
) STRICT;
CREATE TABLE IF NOT EXISTS cognito_refresh_tokens (
  hash TEXT PRIMARY KEY, pool_id TEXT NOT NULL, client_id TEXT NOT NULL, username TEXT NOT NULL,
  origin_jti TEXT NOT NULL UNIQUE, auth_time INTEGER NOT NULL, expires_at INTEGER NOT NULL, revoked INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS cognito_refresh_tokens_by_user ON cognito_refresh_tokens (pool_id, username);
CREATE INDEX IF NOT EXISTS cognito_refresh_tokens_by_expiry ON cognito_refresh_tokens (expires_at);
CREATE TABLE IF NOT EXISTS cognito_rotated_tokens (
  hash TEXT PRIMARY KEY, pool_id TEXT NOT NULL, username TEXT NOT NULL, origin_jti TEXT NOT NULL, replaced_at INTEGER
) STRICT;
CREATE TABLE IF NOT EXISTS cognito_grants (
  origin_jti TEXT PRIMARY KEY, pool_id TEXT NOT NULL, username TEXT NOT NULL, scopes TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS cognito_software_tokens (
  pool_id TEXT NOT NULL, username TEXT NOT NULL, state TEXT NOT NULL, secret BLOB NOT NULL, device_name TEXT NOT NULL,
  last_step INTEGER NOT NULL,
  PRIMARY KEY (pool_id, username, state)
) STRICT;
CREATE TABLE IF NOT EXISTS cognito_mfa_preferences (
  pool_id TEXT NOT NULL, username TEXT NOT NULL, factor TEXT NOT NULL, preferred INTEGER NOT NULL,
  PRIMARY KEY (pool_id, username, factor)
) STRICT;
`;

export function createSchema(database: DatabaseSync): void {
  database.exec(SCHEMA);
}

/** All or nothing. A savepoint, because another service may hold a transaction open on the same connection. */
export function atomically<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('SAVEPOINT cognito');
  try {
    const result = work();
    database.exec('RELEASE cognito');
    return result;
  } catch (error) {
    database.exec('ROLLBACK TO cognito; RELEASE cognito');
    throw error;
  }
}
