import type { Clock } from '../../../../clock.ts';
import type { Random } from '../../../../random.ts';
import type { Capabilities } from './bridge.ts';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** KSUIDs count seconds from 2014-05-13T16:53:20Z. */
const KSUID_EPOCH_SECONDS = 1_400_000_000;

export function identifiers({ clock, random }: { readonly clock: Clock; readonly random: Random }): Capabilities {
  return {
    autoId: () => uuid(random.bytes(16)),
    autoUlid: () => ulid(clock.now(), random.bytes(10)),
    autoKsuid: () => ksuid(clock.now(), random.bytes(16)),
    randomDouble: () => fraction(random.bytes(7)),
  };
}

/** Version 4, variant 1 (RFC 9562). */
function uuid(bytes: Buffer): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** 48 bits of milliseconds and 80 of randomness. */
function ulid(milliseconds: number, bytes: Buffer): string {
  const value = (BigInt(milliseconds) << 80n) | BigInt(`0x${bytes.toString('hex')}`);
  return digits(value, CROCKFORD, 26);
}

function ksuid(milliseconds: number, bytes: Buffer): string {
  const seconds = BigInt(Math.max(0, Math.floor(milliseconds / 1000) - KSUID_EPOCH_SECONDS));
  return digits((seconds << 128n) | BigInt(`0x${bytes.toString('hex')}`), BASE62, 27);
}

function digits(value: bigint, alphabet: string, length: number): string {
  const base = BigInt(alphabet.length);
  let text = '';
  for (let rest = value; text.length < length; rest /= base) text = (alphabet[Number(rest % base)] ?? '') + text;
  return text;
}

/** 53 random bits as a double from 0 up to 1. */
function fraction(bytes: Buffer): number {
  return Number(BigInt(`0x${bytes.toString('hex')}`) >> 3n) / 2 ** 53;
}
