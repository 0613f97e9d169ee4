import {
  constants,
  createHash,
  createHmac,
  createPublicKey,
  getDiffieHellman,
  publicEncrypt,
  timingSafeEqual,
} from 'node:crypto';

/**
 * The server's half of SRP-6a as Cognito's clients speak it: RFC 3526's 3072-bit group (`modp15`, g = 2), SHA-256, and
 * an HKDF of one block with the info "Caldera Derived Key". Numbers enter a hash as Java's `BigInteger.toByteArray`
 * writes them: shortest form, with a zero byte before a set top bit.
 */

const PRIME_BYTES = getDiffieHellman('modp15').getPrime();
const N = toNumber(PRIME_BYTES);
const G = 2n;
const K = toNumber(sha256(pad(N), pad(G)));
const N_JWK = PRIME_BYTES.toString('base64url');
const DERIVED_KEY_INFO = 'Caldera Derived Key\x01';
const DERIVED_KEY_BYTES = 16;
const PRIVATE_KEY_BYTES = 32;

export interface SrpUser {
  /** The part of the pool id after `_`. */
  readonly poolName: string;
  /** `USER_ID_FOR_SRP`. */
  readonly userId: string;
}

/** One exchange: what the server must remember between its two answers. */
export interface SrpExchange extends SrpUser {
  readonly clientPublic: bigint;
  readonly serverPrivate: bigint;
  readonly serverPublic: bigint;
  readonly verifier: bigint;
}

/** v = g^x, kept instead of the password; `salt` and the result are hexadecimal. */
export function srpVerifier({ poolName, userId }: SrpUser, password: string, salt: string): string {
  const x = toNumber(sha256(pad(fromHex(salt)), sha256(Buffer.from(`${poolName}${userId}:${password}`))));
  return modPow(G, x).toString(16);
}

/** A group element whose logarithm nobody knows: the verifier of a user who does not exist. */
export function decoyVerifier(seed: Buffer): string {
  const blocks = Array.from({ length: 12 }, (_, index) => createHmac('sha256', seed).update(`v${index}`).digest());
  return (toNumber(Buffer.concat(blocks)) % N).toString(16);
}

/** Undefined when `A` is no number the protocol can use; A mod N = 0 would make the key known without the password. */
export function startExchange(
  user: SrpUser,
  { srpA, verifier, randomBytes }: { srpA: string; verifier: string; randomBytes: (length: number) => Buffer },
): SrpExchange | undefined {
  if (!/^[0-9a-f]{1,1024}$/i.test(srpA)) return undefined;
  const clientPublic = fromHex(srpA);
  if (clientPublic % N === 0n) return undefined;
  const v = fromHex(verifier);
  const serverPrivate = toNumber(randomBytes(PRIVATE_KEY_BYTES)) | (1n << BigInt(8 * PRIVATE_KEY_BYTES - 1));
  const serverPublic = (K * v + modPow(G, serverPrivate)) % N;
  return { ...user, clientPublic, serverPrivate, serverPublic, verifier: v };
}

/** Whether the client's `PASSWORD_CLAIM_SIGNATURE` proves that it knows the password. */
export function provesPassword(
  exchange: SrpExchange,
  { secretBlock, timestamp, signature }: { secretBlock: Buffer; timestamp: string; signature: string },
): boolean {
  const { poolName, userId, clientPublic, serverPrivate, serverPublic, verifier } = exchange;
  const u = toNumber(sha256(pad(clientPublic), pad(serverPublic)));
  if (u === 0n || serverPublic === 0n) return false;
  const secret = modPow((clientPublic * modPow(verifier, u)) % N, serverPrivate);
  const extracted = createHmac('sha256', pad(u)).update(pad(secret)).digest();
  const key = createHmac('sha256', extracted).update(DERIVED_KEY_INFO).digest().subarray(0, DERIVED_KEY_BYTES);
  const expected = createHmac('sha256', key).update(poolName).update(userId).update(secretBlock).update(timestamp);
  return equalBytes(expected.digest(), Buffer.from(signature, 'base64'));
}

/** In constant time for equal lengths. */
export function equalBytes(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * base^exponent mod N in OpenSSL: raw RSA encryption *is* that operation, with N as the modulus. Under a millisecond,
 * where BigInt takes eight and `createDiffieHellman(N)` first spends a second and a half on testing that N is prime.
 */
function modPow(base: bigint, exponent: bigint): bigint {
  const e = Buffer.from(evenHex(exponent), 'hex').toString('base64url');
  const key = createPublicKey({ format: 'jwk', key: { kty: 'RSA', n: N_JWK, e } });
  const block = Buffer.from((base % N).toString(16).padStart(2 * PRIME_BYTES.length, '0'), 'hex');
  return toNumber(publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, block));
}

function pad(value: bigint): Buffer {
  const hex = evenHex(value);
  return Buffer.from(/^[89a-f]/.test(hex) ? `00${hex}` : hex, 'hex');
}

function evenHex(value: bigint): string {
  const hex = value.toString(16);
  return hex.length % 2 === 0 ? hex : `0${hex}`;
}

function toNumber(bytes: Buffer): bigint {
  return fromHex(bytes.toString('hex'));
}

function fromHex(hex: string): bigint {
  return BigInt(`0x${hex}`);
}

function sha256(...parts: readonly Buffer[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
