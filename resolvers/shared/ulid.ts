import { util } from '@aws-appsync/utils';
import type { Stash } from './context.ts';
import { IDEMPOTENCY_WINDOW_MS } from './limits.ts';
import { refuse } from './refusals.ts';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_CHARACTERS = 10;

/** Epoch milliseconds in a ULID of canonical form. */
export function ulidTime(ulid: string): number {
  return ulid
    .slice(0, TIME_CHARACTERS)
    .split('')
    .reduce((time, character) => time * 32 + CROCKFORD.indexOf(character), 0);
}

export function ulidTimeISO(ulid: string): string {
  return util.time.epochMilliSecondsToISO8601(ulidTime(ulid));
}

/** Canonical form: upper case, at most 2^48 - 1 milliseconds. */
export function isUlid(text: string): boolean {
  return util.matches('^[0-7][0-9A-HJKMNP-TV-Z]{25}$', text);
}

/** Refuses a key that is no ULID, or whose time is too far from now to become the id of something new. */
export function checkIdempotencyKey(stash: Stash, key: string): void {
  const field = ['input', 'idempotencyKey'];
  if (!isUlid(key)) {
    refuse(
      stash,
      'IDEMPOTENCY_KEY_INVALID',
      'The key must be a ULID: 26 characters of 0-9 A-Z without I L O U.',
      field,
    );
    return;
  }
  const now = util.time.nowEpochMilliSeconds();
  const distance = ulidTime(key) - now;
  if (distance > IDEMPOTENCY_WINDOW_MS || distance < -IDEMPOTENCY_WINDOW_MS) {
    const skew = `its time is ${ulidTimeISO(key)} and the service's is ${util.time.epochMilliSecondsToISO8601(now)}`;
    refuse(stash, 'IDEMPOTENCY_KEY_INVALID', `The key must be made within 5 minutes of now: ${skew}.`, field);
  }
}
