import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { DAY } from '../limits.ts';
import type { Subject } from './attempts.ts';
import { atomically } from './database.ts';

export interface RefreshToken extends Subject {
  readonly clientId: string;
  /** The first token's `jti`, shared by every token of this sign-in. */
  readonly originJti: string;
  /** Epoch seconds. */
  readonly authTime: number;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

export interface StoredRefreshToken extends RefreshToken {
  readonly revoked: number;
  /** When another token took its place, in epoch milliseconds. */
  readonly replacedAt: number | null;
}

interface Rotation extends Subject {
  readonly originJti: string;
  readonly now: number;
}

export type RefreshTokens = ReturnType<typeof createRefreshTokens>;

const COLUMNS = `pool_id AS poolId, client_id AS clientId, username, origin_jti AS originJti, auth_time AS authTime,
  expires_at AS expiresAt, revoked`;

export function createRefreshTokens(database: DatabaseSync) {
  const insert = database.prepare('INSERT INTO cognito_refresh_tokens VALUES (?, ?, ?, ?, ?, ?, ?, 0)');
  // A sign-in is one row of cognito_refresh_tokens, found by its first token; the tokens that rotation made lead to it.
  const byHash = database.prepare(`SELECT ${COLUMNS}, NULL AS replacedAt FROM cognito_refresh_tokens WHERE hash = ?`);
  const byRotated = database.prepare(
    `SELECT t.pool_id AS poolId, t.client_id AS clientId, t.username, t.origin_jti AS originJti,
       t.auth_time AS authTime, t.expires_at AS expiresAt, t.revoked, r.replaced_at AS replacedAt
     FROM cognito_rotated_tokens r JOIN cognito_refresh_tokens t ON t.origin_jti = r.origin_jti WHERE r.hash = ?`,
  );
  const addRotated = database.prepare(
    `INSERT INTO cognito_rotated_tokens VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (hash) DO UPDATE SET replaced_at = COALESCE(replaced_at, excluded.replaced_at)`,
  );
  const pruneRotated = database.prepare(
    'DELETE FROM cognito_rotated_tokens WHERE origin_jti NOT IN (SELECT origin_jti FROM cognito_refresh_tokens)',
  );
  const byOrigin = database.prepare(`SELECT ${COLUMNS} FROM cognito_refresh_tokens WHERE origin_jti = ?`);
  const revoke = database.prepare('UPDATE cognito_refresh_tokens SET revoked = 1 WHERE origin_jti = ?');
  const revokeAll = database.prepare(
    'UPDATE cognito_refresh_tokens SET revoked = 1 WHERE pool_id = ? AND username = ?',
  );
  // Access tokens ask whether their origin is revoked and live a day at most, so a row is kept that much longer.
  const prune = database.prepare('DELETE FROM cognito_refresh_tokens WHERE expires_at < ?');

  return {
    add(
      token: string,
      { poolId, clientId, username, originJti, authTime, expiresAt }: RefreshToken,
      now: number,
    ): void {
      if (Number(prune.run(now - DAY).changes) > 0) pruneRotated.run();
      insert.run(hash(token), poolId, clientId, username, originJti, authTime, expiresAt);
    },
    find(token: string): StoredRefreshToken | undefined {
      const found = byRotated.get(hash(token)) ?? byHash.get(hash(token));
      return found as unknown as StoredRefreshToken | undefined;
    },
    /** The same sign-in goes on under `next`; when `token` was replaced before, that time stays. */
    rotate(token: string, next: string, { poolId, username, originJti, now }: Rotation): void {
      atomically(database, () => {
        addRotated.run(hash(token), poolId, username, originJti, now);
        addRotated.run(hash(next), poolId, username, originJti, null);
      });
    },
    isRevoked(originJti: string): boolean {
      return (byOrigin.get(originJti) as unknown as StoredRefreshToken | undefined)?.revoked !== 0;
    },
    revoke(originJti: string): void {
      revoke.run(originJti);
    },
    revokeAll({ poolId, username }: Subject): void {
      revokeAll.run(poolId, username);
    },
  };
}

// The token is 64 random bytes: a plain hash cannot be searched backwards, unlike that of a password or a code.
const hash = (token: string) => createHash('sha256').update(token).digest('base64url');
