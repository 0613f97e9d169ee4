import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { aliasExists } from '../errors.ts';
import { atomically } from './database.ts';

export type UserStatus = 'UNCONFIRMED' | 'CONFIRMED' | 'FORCE_CHANGE_PASSWORD' | 'EXTERNAL_PROVIDER';

/** A password as it is kept: it can be checked, not read. */
export interface PasswordRecord {
  readonly hash: string;
  /** Hexadecimal. */
  readonly srpSalt: string;
  /** Hexadecimal. */
  readonly srpVerifier: string;
  /** Epoch milliseconds. */
  readonly setAt: number;
}

export interface User {
  readonly poolId: string;
  readonly username: string;
  readonly sub: string;
  readonly status: UserStatus;
  readonly enabled: boolean;
  /** Without `sub`. Names are checked against the pool's schema before they get here. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly password: PasswordRecord | null;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** Another name the user signs in with. */
export interface Alias {
  readonly attribute: string;
  readonly value: string;
}

export type Users = ReturnType<typeof createUsers>;

/** What goes with a user; `users` itself last. */
const DEPENDENT_TABLES = [
  'aliases',
  'memberships',
  'codes',
  'attempts',
  'refresh_tokens',
  'rotated_tokens',
  'grants',
  'software_tokens',
  'mfa_preferences',
  'users',
] as const;

type Row = Record<string, SQLOutputValue>;

export function createUsers(database: DatabaseSync) {
  const byName = database.prepare('SELECT * FROM cognito_users WHERE pool_id = ? AND username = ?');
  const byAlias = database.prepare(
    `SELECT u.* FROM cognito_aliases a JOIN cognito_users u ON u.pool_id = a.pool_id AND u.username = a.username
     WHERE a.pool_id = ? AND a.value = ?`,
  );
  const aliasOwner = database.prepare(
    'SELECT username FROM cognito_aliases WHERE pool_id = ? AND attribute = ? AND value = ?',
  );
  const page = database.prepare(
    'SELECT * FROM cognito_users WHERE pool_id = ? AND username > ? ORDER BY username LIMIT ?',
  );
  const count = database.prepare('SELECT COUNT(*) AS count FROM cognito_users WHERE pool_id = ?');
  const upsert = database.prepare(
    `INSERT OR REPLACE INTO cognito_users (pool_id, username, sub, status, enabled, attributes, password_hash, srp_salt,
     srp_verifier, password_set_at, created_at, modified_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const addAlias = database.prepare(
    'INSERT INTO cognito_aliases (pool_id, attribute, value, username) VALUES (?, ?, ?, ?)',
  );
  const removals = DEPENDENT_TABLES.map((table) =>
    database.prepare(`DELETE FROM cognito_${table} WHERE pool_id = ? AND username = ?`),
  );
  const [removeAliases] = removals;

  return {
    find(poolId: string, username: string): User | undefined {
      return toUser(byName.get(poolId, username));
    },

    findByAlias(poolId: string, value: string): User | undefined {
      return toUser(byAlias.get(poolId, value));
    },

    aliasOwner(poolId: string, { attribute, value }: Alias): string | undefined {
      return aliasOwner.get(poolId, attribute, value)?.['username'] as string | undefined;
    },

    /** Writes the user and exactly these aliases; throws `AliasExistsException` when another user holds one. */
    save(user: User, aliases: readonly Alias[]): void {
      atomically(database, () => {
        const password = user.password;
        upsert.run(
          user.poolId,
          user.username,
          user.sub,
          user.status,
          user.enabled ? 1 : 0,
          JSON.stringify(user.attributes),
          password?.hash ?? null,
          password?.srpSalt ?? null,
          password?.srpVerifier ?? null,
          password?.setAt ?? null,
          user.createdAt,
          user.modifiedAt,
        );
        removeAliases?.run(user.poolId, user.username);
        for (const { attribute, value } of aliases) {
          if (aliasOwner.get(user.poolId, attribute, value)) throw aliasExists(attribute);
          addAlias.run(user.poolId, attribute, value, user.username);
        }
      });
    },

    /** The user and all that hangs on it. */
    remove({ poolId, username }: User): void {
      atomically(database, () => removals.forEach((statement) => statement.run(poolId, username)));
    },

    /** In the order of usernames, after the given one. */
    page(poolId: string, after: string, limit: number): readonly User[] {
      return page.all(poolId, after, limit).flatMap((row) => toUser(row) ?? []);
    },

    count(poolId: string): number {
      return Number(count.get(poolId)?.['count'] ?? 0);
    },
  };
}

function toUser(row: Row | undefined): User | undefined {
  if (!row) return undefined;
  return {
    poolId: String(row['pool_id']),
    username: String(row['username']),
    sub: String(row['sub']),
    status: row['status'] as UserStatus,
    enabled: row['enabled'] === 1,
    attributes: JSON.parse(String(row['attributes'])) as Record<string, string>,
    password: toPassword(row),
    createdAt: Number(row['created_at']),
    modifiedAt: Number(row['modified_at']),
  };
}

function toPassword(row: Row): PasswordRecord | null {
  if (row['password_hash'] === null) return null;
  return {
    hash: String(row['password_hash']),
    srpSalt: String(row['srp_salt']),
    srpVerifier: String(row['srp_verifier']),
    setAt: Number(row['password_set_at']),
  };
}
