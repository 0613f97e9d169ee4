import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A new ULID, as a client makes it for `idempotencyKey`; at another time when given (epoch milliseconds). */
export function ulid(time: number = Date.now()): string {
  let rest = time;
  let text = '';
  for (let digit = 0; digit < 10; digit++) {
    text = (ALPHABET[rest % 32] ?? '') + text;
    rest = Math.floor(rest / 32);
  }
  for (const byte of randomBytes(16)) text += ALPHABET[byte % 32] ?? '';
  return text;
}
