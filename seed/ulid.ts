import { createHash } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A ULID of that time (epoch milliseconds), the same for the same name. */
export function ulid(time: number, name: string): string {
  let rest = time;
  let text = '';
  for (let digit = 0; digit < 10; digit++) {
    text = (ALPHABET[rest % 32] ?? '') + text;
    rest = Math.floor(rest / 32);
  }
  for (const byte of createHash('sha256').update(name).digest().subarray(0, 16)) text += ALPHABET[byte % 32] ?? '';
  return text;
}
