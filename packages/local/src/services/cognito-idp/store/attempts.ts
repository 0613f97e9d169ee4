import type { DatabaseSync } from 'node:sqlite';
import { FREE_PASSWORD_FAILURES, HOUR, MAX_LOCKOUT, SECOND } from '../limits.ts';

/** Whose attempts: a user, or a name nobody has, which must behave like a user. */
export interface Subject {
  readonly poolId: string;
  readonly username: string;
}

export type Attempts = ReturnType<typeof createAttempts>;

interface Counter {
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

const SIGN_IN = 'SIGN_IN';

/**
 * Counts failed sign-ins, wrong codes and sent codes. Callers ask before a slow check *and* again after it, so that a
 * thousand guesses sent at once learn no more than the first five.
 */
export function createAttempts(database: DatabaseSync) {
  const select = database.prepare(
    `SELECT count, first_at AS firstAt, last_at AS lastAt FROM cognito_attempts
     WHERE pool_id = ? AND username = ? AND action = ?`,
  );
  const upsert = database.prepare('INSERT OR REPLACE INTO cognito_attempts VALUES (?, ?, ?, ?, ?, ?)');
  const remove = database.prepare('DELETE FROM cognito_attempts WHERE pool_id = ? AND username = ? AND action = ?');
  // Names that nobody has would otherwise fill the table for ever.
  const prune = database.prepare('DELETE FROM cognito_attempts WHERE last_at < ?');

  const read = ({ poolId, username }: Subject, action: string) =>
    select.get(poolId, username, action) as unknown as Counter | undefined;

  function add(subject: Subject, action: string, { counter, now }: { counter: Counter | undefined; now: number }) {
    prune.run(now - 2 * HOUR);
    upsert.run(subject.poolId, subject.username, action, (counter?.count ?? 0) + 1, counter?.firstAt ?? now, now);
  }

  return {
    /** Whether sign-in is locked out now: after n failures for 2^(n-5) seconds, 15 minutes at most. */
    isLockedOut(subject: Subject, now: number): boolean {
      const counter = read(subject, SIGN_IN);
      if (!counter || counter.count < FREE_PASSWORD_FAILURES) return false;
      const lockout = Math.min(SECOND * 2 ** (counter.count - FREE_PASSWORD_FAILURES), MAX_LOCKOUT);
      return now < counter.lastAt + lockout;
    },

    /** 15 minutes without a failure make the count start again. */
    addFailedSignIn(subject: Subject, now: number): void {
      const counter = read(subject, SIGN_IN);
      const fresh = counter && now >= counter.lastAt + MAX_LOCKOUT;
      add(subject, SIGN_IN, { counter: fresh ? undefined : counter, now });
    },

    clearSignIn({ poolId, username }: Subject): void {
      remove.run(poolId, username, SIGN_IN);
    },

    /** Whether the hour that began with the first of these actions already has so many. */
    isUsedUp(subject: Subject, action: string, { perHour, now }: { perHour: number; now: number }): boolean {
      const counter = read(subject, action);
      return counter !== undefined && counter.count >= perHour && now < counter.firstAt + HOUR;
    },

    use(subject: Subject, action: string, now: number): void {
      const counter = read(subject, action);
      const fresh = counter && now >= counter.firstAt + HOUR;
      add(subject, action, { counter: fresh ? undefined : counter, now });
    },
  };
}
