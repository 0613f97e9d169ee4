import { createHmac } from 'node:crypto';
import { SECOND } from './limits.ts';
import { equalBytes } from './srp.ts';

/** Time-based one-time passwords as every authenticator app makes them: RFC 6238 with SHA-1, six digits, 30 seconds. */

/** AWS gives 52 characters of base32. */
export const TOTP_SECRET_BYTES = 32;
const STEP = 30 * SECOND;
const DIGITS = 6;
/** RFC 6238 5.2: a code may be on its way while the step ends, and phones are a little early or late. */
const STEPS_AROUND = 1;

/** The step whose code this is, or undefined. `now` is in epoch milliseconds. */
export function matchingStep(secret: Uint8Array, code: string, now: number): number | undefined {
  const current = Math.floor(now / STEP);
  let found: number | undefined;
  // All are computed, so that the time of the answer does not tell which step is near.
  for (let step = current - STEPS_AROUND; step <= current + STEPS_AROUND; step++) {
    if (equalBytes(Buffer.from(totpCode(secret, step)), Buffer.from(code))) found = step;
  }
  return found;
}

/** RFC 4226 5.3. */
function totpCode(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0x0f;
  const number = (mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** DIGITS;
  return String(number).padStart(DIGITS, '0');
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 6, without padding: what people type into an authenticator app. */
export function toBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => ALPHABET[parseInt(group.padEnd(5, '0'), 2)]).join('');
}
