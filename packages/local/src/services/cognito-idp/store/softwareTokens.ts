import type { DatabaseSync } from 'node:sqlite';
import type { Sealing } from '../../../data/sealing.ts';
import type { Subject } from './attempts.ts';
import { atomically } from './database.ts';

/** An authenticator app that a user signs in with. */
export interface SoftwareToken {
  readonly secret: Buffer;
  readonly deviceName: string;
  /** The step of the last code that was taken; this and older ones are used up. */
  readonly lastStep: number;
}

export type SoftwareTokens = ReturnType<typeof createSoftwareTokens>;

/** One verified token per user, and one that waits for its first code; secrets are sealed. */
export function createSoftwareTokens(database: DatabaseSync, sealing: Sealing) {
  const upsert = database.prepare('INSERT OR REPLACE INTO cognito_software_tokens VALUES (?, ?, ?, ?, ?, ?)');
  const select = database.prepare(
    `SELECT secret, device_name AS deviceName, last_step AS lastStep FROM cognito_software_tokens
     WHERE pool_id = ? AND username = ? AND state = ?`,
  );
  const remove = database.prepare(
    'DELETE FROM cognito_software_tokens WHERE pool_id = ? AND username = ? AND state = ?',
  );
  const use = database.prepare(
    `UPDATE cognito_software_tokens SET last_step = ?
     WHERE pool_id = ? AND username = ? AND state = 'VERIFIED' AND last_step < ?`,
  );
  // A sealed secret cannot be moved to another user's row.
  const purpose = ({ poolId, username }: Subject) => `the software token of ${poolId}/${username}`;

  function read(subject: Subject, state: 'PENDING' | 'VERIFIED'): SoftwareToken | undefined {
    const row = select.get(subject.poolId, subject.username, state);
    if (!row) return undefined;
    return {
      secret: Buffer.from(sealing.open(row['secret'] as Uint8Array, purpose(subject)), 'base64'),
      deviceName: String(row['deviceName']),
      lastStep: Number(row['lastStep']),
    };
  }

  function write(subject: Subject, state: 'PENDING' | 'VERIFIED', { secret, deviceName, lastStep }: SoftwareToken) {
    const sealed = sealing.seal(secret.toString('base64'), purpose(subject));
    upsert.run(subject.poolId, subject.username, state, sealed, deviceName, lastStep);
  }

  return {
    /** Replaces the one that waited, and leaves the verified one. */
    savePending(subject: Subject, secret: Buffer): void {
      write(subject, 'PENDING', { secret, deviceName: '', lastStep: 0 });
    },
    pending: (subject: Subject) => read(subject, 'PENDING'),
    verified: (subject: Subject) => read(subject, 'VERIFIED'),
    /** The one that waited takes the place of the verified one. */
    verify(subject: Subject, token: SoftwareToken): void {
      atomically(database, () => {
        write(subject, 'VERIFIED', token);
        remove.run(subject.poolId, subject.username, 'PENDING');
      });
    },
    /** True for exactly one caller per step, so that a code works once. */
    use({ poolId, username }: Subject, step: number): boolean {
      return use.run(step, poolId, username, step).changes === 1;
    },
  };
}
