import { own } from './attributeValue.ts';
import { parseNumber } from './number.ts';
import { MIN_NUMBER_EXPONENT } from './limits.ts';
import type { AttributeValue, Item, KeyBytes, KeySchema, KeyType } from './model.ts';

const NO_SORT_KEY = new Uint8Array(0);
const HASH_BYTES = 2;

/** How many places a partition key's hash has; `Scan` divides them among its segments. */
export const HASH_PLACES = 0x1_0000;

/**
 * Bytes that sort by memcmp as DynamoDB sorts the values: strings by UTF-8, binaries as they are, numbers by value.
 * The value must have been validated.
 */
export function sortBytes(value: AttributeValue): Uint8Array {
  if ('S' in value) return Buffer.from(value.S, 'utf8');
  if ('B' in value) return Buffer.from(value.B, 'base64');
  if ('N' in value) return numberBytes(value.N);
  throw new TypeError('Only S, N and B can be keys');
}

/**
 * A partition key's bytes behind a hash of them: a scan meets partitions in an arbitrary order, as on AWS, and a
 * segment of a parallel scan is a range.
 */
export function partitionBytes(value: AttributeValue): Uint8Array {
  const bytes = 'S' in value ? Buffer.from(`\0\0${value.S}`, 'utf8') : withRoomForHash(sortBytes(value));
  let hash = 0x811c9dc5;
  for (let i = HASH_BYTES; i < bytes.length; i += 1) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  hash ^= hash >>> 16;
  bytes[0] = (hash >>> 8) & 0xff;
  bytes[1] = hash & 0xff;
  return bytes;
}

/** The bytes of the key that `item` has under `schema`; `null` when an attribute is missing or of another type. */
export function keyBytesOf(item: Item, schema: KeySchema): KeyBytes | null {
  const partition = own(item, schema.partition.name);
  if (!partition || !hasType(partition, schema.partition.type)) return null;
  if (!schema.sort) return { partition: partitionBytes(partition), sort: NO_SORT_KEY };
  const sort = own(item, schema.sort.name);
  if (!sort || !hasType(sort, schema.sort.type)) return null;
  return { partition: partitionBytes(partition), sort: sortBytes(sort) };
}

/** The first bytes after all that begin with `prefix`; `null` when nothing can follow. */
export function successorOfPrefix(prefix: Uint8Array): Uint8Array | null {
  let length = prefix.length;
  while (length > 0 && prefix[length - 1] === 0xff) length -= 1;
  if (length === 0) return null;
  // A Buffer's own slice would share its memory.
  const next = Uint8Array.from(prefix.subarray(0, length));
  next[length - 1] = (next[length - 1] as number) + 1;
  return next;
}

/** The lower bound of all partition keys whose hash is at least `place`. */
export function hashPlaceBytes(place: number): Uint8Array {
  return Uint8Array.of(place >>> 8, place & 0xff);
}

export function hashPlaceOf(partition: Uint8Array): number {
  return ((partition[0] as number) << 8) | (partition[1] as number);
}

export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}

/** A key as text, to find the same one twice. */
export function keyText({ partition, sort }: KeyBytes): string {
  return `${Buffer.from(partition).toString('base64')}/${Buffer.from(sort).toString('base64')}`;
}

function hasType(value: AttributeValue, type: KeyType): boolean {
  return type in value;
}

function withRoomForHash(key: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(HASH_BYTES + key.length);
  bytes.set(key, HASH_BYTES);
  return bytes;
}

const NEGATIVE = 0x40;
const ZERO = 0x80;
const POSITIVE = 0xc0;

/**
 * Sign, exponent plus bias, then two digits a byte. A negative number has all of that inverted and ends with 0xff, so
 * that -1.234 sorts before -1.23.
 */
function numberBytes(text: string): Uint8Array {
  const { sign, digits, exponent } = parseNumber(text);
  if (sign === 0) return Uint8Array.of(ZERO);
  const pairs = Math.ceil(digits.length / 2);
  const bytes = new Uint8Array(2 + pairs + (sign < 0 ? 1 : 0));
  bytes[0] = sign < 0 ? NEGATIVE : POSITIVE;
  bytes[1] = exponent - MIN_NUMBER_EXPONENT;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = digits.charCodeAt(i) - DIGIT_ZERO;
    bytes[2 + (i >> 1)] = i % 2 === 0 ? digit * 10 : (bytes[2 + (i >> 1)] as number) + digit;
  }
  if (sign < 0) invert(bytes);
  return bytes;
}

const DIGIT_ZERO = 0x30;

function invert(bytes: Uint8Array): void {
  for (let i = 1; i < bytes.length - 1; i += 1) bytes[i] = 0xff - (bytes[i] as number);
  bytes[bytes.length - 1] = 0xff;
}
