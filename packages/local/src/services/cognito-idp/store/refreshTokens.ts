import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { DAY } from '../limits.ts';
import type { Subject } from './attempts.ts';

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
}

export type RefreshTokens = ReturnType<typeof createRefreshTokens>;

const COLUMNS = `pool_id AS poolId, client_id AS clientId, username, origin_jti AS originJti, auth_time AS authTime,
  expires_at AS expiresAt, revoked`;

export function createRefreshTokens(database: DatabaseSync) {
  const insert = database.prepare('INSERT INTO cognito_refresh_tokens VALUES (?, ?, ?, ?, ?, ?, ?, 0)');
  const byHash = database.prepare(`SELECT ${COLUMNS} FROM cognito_refresh_tokens WHERE hash = ?`);
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
      prune.run(now - DAY);
      insert.run(hash(token), poolId, clientId, username, originJti, authTime, expiresAt);
    },
    find(token: string): StoredRefreshToken | undefined {
      return byHash.get(hash(token)) as unknown as StoredRefreshToken | undefined;
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
