import { createHash, createHmac, getDiffieHellman, randomBytes } from 'node:crypto';
import type { JsonObject } from '../../src/json.ts';

/** The client's half of SRP in BigInt, step by step, for what no honest client sends. */

export const PRIME = BigInt(`0x${getDiffieHellman('modp15').getPrime('hex')}`);
const TIMESTAMP = 'Sun Nov 22 01:52:09 UTC 2026';

const hash = (...parts: readonly Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const number = (bytes: Buffer) => BigInt(`0x${bytes.toString('hex')}`);

function pad(value: bigint): Buffer {
  const hex = value.toString(16);
  const even = hex.length % 2 ? `0${hex}` : hex;
  return Buffer.from(parseInt(even.slice(0, 2), 16) > 127 ? `00${even}` : even, 'hex');
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % PRIME;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % PRIME;
    square = (square * square) % PRIME;
  }
  return result;
}

export function srpClient(poolName: string) {
  const secret = number(randomBytes(32));
  const publicKey = power(2n, secret);

  return {
    srpA: publicKey.toString(16),

    /** The answer to a PASSWORD_VERIFIER challenge. */
    answer(challenge: JsonObject, password: string, timestamp = TIMESTAMP): Record<string, string> {
      const { SALT, SRP_B, USER_ID_FOR_SRP, SECRET_BLOCK, USERNAME } = challenge as Record<string, string>;
      const k = number(hash(pad(PRIME), pad(2n)));
      const b = BigInt(`0x${SRP_B}`);
      const u = number(hash(pad(publicKey), pad(b)));
      const login = Buffer.from(`${poolName}${USER_ID_FOR_SRP}:${password}`);
      const x = number(hash(pad(BigInt(`0x${SALT}`)), hash(login)));
      const base = (((b - k * power(2n, x)) % PRIME) + PRIME) % PRIME;
      const shared = power(base, secret + u * x);
      const extracted = createHmac('sha256', pad(u)).update(pad(shared)).digest();
      const key = createHmac('sha256', extracted).update('Caldera Derived Key\x01').digest().subarray(0, 16);
      const block = Buffer.from(SECRET_BLOCK ?? '', 'base64');
      const signature = createHmac('sha256', key).update(`${poolName}${USER_ID_FOR_SRP}`).update(block);
      return {
        USERNAME: USERNAME ?? '',
        PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK ?? '',
        PASSWORD_CLAIM_SIGNATURE: signature.update(timestamp).digest('base64'),
        TIMESTAMP: timestamp,
      };
    },
  };
}
