import { s3Error } from '../errors.ts';
import type { Payload } from '../signature/payload.ts';
import { algorithmOfHeader, checkedValue, type ChecksumAlgorithm, isBase64, readAlgorithm } from './checksums.ts';

/** What a request says that its body is, before it has arrived. */
export interface Expectations {
  /** Bytes, without the frames of aws-chunked. */
  readonly length: number;
  /** Hexadecimal. */
  readonly sha256: string | null;
  /** Hexadecimal. */
  readonly md5: string | null;
  readonly checksum: ExpectedChecksum | null;
}

/** Base64; null: the value comes in the trailer of that name. */
export interface ExpectedChecksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly value: string | null;
}

type HeaderValues = ReadonlyMap<string, string>;

/** Throws `MissingContentLength`, `EntityTooLarge`, `InvalidDigest`, `InvalidRequest`. */
export function readExpectations(headers: HeaderValues, payload: Payload, maximumBytes: number): Expectations {
  const length = readLength(headers, payload);
  if (length > maximumBytes) throw entityTooLarge(length, maximumBytes);
  return {
    length,
    sha256: payload.kind === 'hashed' ? payload.sha256 : null,
    md5: readMd5(headers.get('content-md5')),
    checksum: readChecksum(headers, payload),
  };
}

export function entityTooLarge(proposed: number, maximum: number) {
  const message = 'Your proposed upload exceeds the maximum allowed size';
  return s3Error('EntityTooLarge', message, { ProposedSize: proposed, MaxSizeAllowed: maximum });
}

function readLength(headers: HeaderValues, payload: Payload): number {
  const isChunked = payload.kind === 'chunked';
  const text = headers.get(isChunked ? 'x-amz-decoded-content-length' : 'content-length');
  if (text !== undefined && /^\d{1,15}$/.test(text)) return Number(text);
  if (!isChunked && headers.has('transfer-encoding')) {
    const message = 'A header you provided implies functionality that is not implemented';
    throw s3Error('NotImplemented', message, { Header: 'Transfer-Encoding' });
  }
  // A request without a body may leave it out.
  if (!isChunked && text === undefined) return 0;
  throw s3Error('MissingContentLength', 'You must provide the Content-Length HTTP header.');
}

/** Of the header `Content-MD5`. Throws `InvalidDigest`. */
export function readMd5(text: string | undefined): string | null {
  if (text === undefined) return null;
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== 16 || !isBase64(text))
    throw s3Error('InvalidDigest', 'The Content-MD5 you specified was invalid.');
  return bytes.toString('hex');
}

function readChecksum(headers: HeaderValues, payload: Payload): ExpectedChecksum | null {
  const given = [...headers].flatMap(([name, value]) => {
    const algorithm = algorithmOfHeader(name);
    return algorithm ? [{ algorithm, value: checkedValue(algorithm, value) as string | null }] : [];
  });
  const trailer = headers.get('x-amz-trailer');
  if (trailer !== undefined) given.push(trailingChecksum(trailer, payload));
  if (given.length > 1)
    throw s3Error(
      'InvalidRequest',
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    );
  const named = headers.get('x-amz-sdk-checksum-algorithm');
  if (named !== undefined && given[0]?.algorithm !== readAlgorithm('x-amz-sdk-checksum-algorithm', named)) {
    const message =
      'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.';
    throw s3Error('InvalidRequest', message);
  }
  return given[0] ?? null;
}

function trailingChecksum(trailer: string, payload: Payload): ExpectedChecksum {
  const algorithm = algorithmOfHeader(trailer.trim());
  if (!algorithm || payload.kind !== 'chunked' || !payload.trailer) {
    throw s3Error('InvalidRequest', 'The value specified in the x-amz-trailer header is not supported');
  }
  return { algorithm, value: null };
}
