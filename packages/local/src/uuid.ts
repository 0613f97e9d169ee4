import type { Random } from './random.ts';

/** A version 4 UUID from the injected randomness. */
export function uuid(random: Random): string {
  return uuidFrom(random.bytes(16));
}

/** The first 16 bytes, written as a version 4 UUID. */
export function uuidFrom(bytes: Uint8Array): string {
  const copy = Buffer.from(bytes.subarray(0, 16));
  copy.writeUInt8((copy.readUInt8(6) & 0x0f) | 0x40, 6);
  copy.writeUInt8((copy.readUInt8(8) & 0x3f) | 0x80, 8);
  return copy.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
