/** CRCs that Node lacks, reflected, as S3 names them. Each takes the remainder so far and returns the next. */

/** Castagnoli. */
export function crc32c(data: Uint8Array, crc: number): number {
  let remainder = ~crc;
  for (const byte of data) remainder = (remainder >>> 8) ^ (CRC32C_TABLE[(remainder ^ byte) & 0xff] ?? 0);
  return ~remainder >>> 0;
}

const CRC32C_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0x82f6_3b78 : value >>> 1;
  return value >>> 0;
});

/** Sixty-four bits in two halves: `BigInt` would be a hundred times slower. */
export interface Crc64 {
  readonly high: number;
  readonly low: number;
}

/** CRC-64/NVME. */
export function crc64Nvme(data: Uint8Array, { high, low }: Crc64): Crc64 {
  let [h, l] = [~high, ~low];
  for (const byte of data) {
    const index = (l ^ byte) & 0xff;
    l = ((l >>> 8) | (h << 24)) ^ (CRC64_LOW[index] ?? 0);
    h = (h >>> 8) ^ (CRC64_HIGH[index] ?? 0);
  }
  return { high: ~h >>> 0, low: ~l >>> 0 };
}

/** The polynomial 0xad93d23594c93659, reflected. */
const [POLYNOMIAL_HIGH, POLYNOMIAL_LOW] = [0x9a6c_9329, 0xac4b_c9b5];
const CRC64_HIGH = new Uint32Array(256);
const CRC64_LOW = new Uint32Array(256);
for (let index = 0; index < 256; index += 1) {
  let [h, l] = [0, index];
  for (let bit = 0; bit < 8; bit += 1) {
    const isOdd = l & 1;
    l = (l >>> 1) | (h << 31);
    h >>>= 1;
    if (isOdd) [h, l] = [h ^ POLYNOMIAL_HIGH, l ^ POLYNOMIAL_LOW];
  }
  CRC64_HIGH[index] = h >>> 0;
  CRC64_LOW[index] = l >>> 0;
}
