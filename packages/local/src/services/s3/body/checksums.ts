import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { invalidArgument, s3Error } from '../errors.ts';
import { crc32c, crc64Nvme, type Crc64 } from './crc.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html */
export const CHECKSUM_ALGORITHMS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

/** A checksum as it is kept with an object. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64; with `-N` after it for the checksum of the checksums of N parts. */
  readonly value: string;
  readonly type: 'FULL_OBJECT' | 'COMPOSITE';
}

/** Takes the bytes of a body as they come. */
export interface Digest {
  update(data: Uint8Array): void;
  /** Called once. */
  digest(): Buffer;
}

const BYTES: Readonly<Record<ChecksumAlgorithm, number>> = { CRC32: 4, CRC32C: 4, CRC64NVME: 8, SHA1: 20, SHA256: 32 };

const DIGESTS: Readonly<Record<ChecksumAlgorithm, () => Digest>> = {
  CRC32: () => createCrc(crc32),
  CRC32C: () => createCrc(crc32c),
  CRC64NVME: createCrc64,
  SHA1: () => createHash('sha1'),
  SHA256: () => createHash('sha256'),
};

export const createDigest = (algorithm: ChecksumAlgorithm): Digest => DIGESTS[algorithm]();

function createCrc(next: (data: Uint8Array, crc: number) => number): Digest {
  let crc = 0;
  return {
    update: (data) => {
      crc = next(data, crc);
    },
    digest: () => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(crc);
      return bytes;
    },
  };
}

function createCrc64(): Digest {
  let crc: Crc64 = { high: 0, low: 0 };
  return {
    update: (data) => {
      crc = crc64Nvme(data, crc);
    },
    digest: () => {
      const bytes = Buffer.alloc(8);
      bytes.writeUInt32BE(crc.high);
      bytes.writeUInt32BE(crc.low, 4);
      return bytes;
    },
  };
}

const HEADER_PREFIX = 'x-amz-checksum-';
export const checksumHeader = (algorithm: ChecksumAlgorithm): string => `${HEADER_PREFIX}${algorithm.toLowerCase()}`;

/** `ChecksumCRC32`, as in XML documents. */
export const checksumElement = (algorithm: ChecksumAlgorithm): string => `Checksum${algorithm}`;

/** `name` is a header, a trailer or a field of a form; undefined when it is none of a checksum. */
export function algorithmOfHeader(name: string): ChecksumAlgorithm | undefined {
  return CHECKSUM_ALGORITHMS.find((algorithm) => checksumHeader(algorithm) === name.toLowerCase());
}

export function readAlgorithm(name: string, text: string): ChecksumAlgorithm {
  const found = CHECKSUM_ALGORITHMS.find((algorithm) => algorithm === text.toUpperCase());
  if (found) return found;
  throw invalidArgument(
    name,
    text,
    'Checksum algorithm provided is unsupported. Please try again with any of the valid types',
  );
}

/** Throws `InvalidRequest` for a value that the algorithm cannot have. */
export function checkedValue(algorithm: ChecksumAlgorithm, value: string): string {
  if (Buffer.from(value, 'base64').length === BYTES[algorithm] && isBase64(value)) return value;
  throw s3Error('InvalidRequest', `Value for ${checksumHeader(algorithm)} header is invalid.`);
}

export const isBase64 = (text: string): boolean => /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0;
