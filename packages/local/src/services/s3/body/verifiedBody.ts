import { createHash } from 'node:crypto';
import { s3Error } from '../errors.ts';
import type { Caller } from '../signature/authenticate.ts';
import { checkedValue, type Checksum, checksumHeader, createDigest } from './checksums.ts';
import { chunkedBody } from './chunkedBody.ts';
import { readExpectations, type Expectations } from './expectations.ts';

/** What a body turned out to be. */
export interface Measured {
  readonly size: number;
  /** Hexadecimal: the ETag of an object that is sent in one piece. */
  readonly md5: string;
  readonly checksum: Checksum | null;
}

export interface VerifiedBody {
  /** The content. Ends only when everything that was said of it holds, else throws; until then nothing of it may count. */
  readonly data: AsyncIterable<Uint8Array>;
  /** Known once `data` has ended. */
  measured(): Measured;
}

interface Sent {
  readonly headers: ReadonlyMap<string, string>;
  readonly caller: Pick<Caller, 'payload' | 'chunks'>;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Throws for what the headers say of the body already, as `EntityTooLarge`. */
export function verifiedBody({ headers, caller, body }: Sent, maximumBytes: number): VerifiedBody {
  const { payload, chunks } = caller;
  const expected = readExpectations(headers, payload, maximumBytes);
  const { data, trailers } =
    payload.kind === 'chunked'
      ? chunkedBody(body, { signer: chunks, trailer: payload.trailer })
      : { data: body, trailers: new Map<string, string>() };
  let measured: Measured | undefined;
  return {
    data: verify(data, expected, trailers, (result) => {
      measured = result;
    }),
    measured() {
      if (!measured) throw new Error('The body has not been read to its end');
      return measured;
    },
  };
}

async function* verify(
  data: AsyncIterable<Uint8Array>,
  expected: Expectations,
  trailers: ReadonlyMap<string, string>,
  done: (measured: Measured) => void,
): AsyncGenerator<Uint8Array> {
  const md5 = createHash('md5');
  const sha256 = expected.sha256 === null ? null : createHash('sha256');
  const digest = expected.checksum && createDigest(expected.checksum.algorithm);
  let size = 0;
  for await (const piece of data) {
    size += piece.length;
    if (size > expected.length) throw incompleteBody();
    md5.update(piece);
    sha256?.update(piece);
    digest?.update(piece);
    yield piece;
  }
  if (size !== expected.length) throw incompleteBody();
  refuseWrongSha256(sha256?.digest('hex') ?? null, expected);
  const md5Hex = md5.digest('hex');
  if (expected.md5 !== null && expected.md5 !== md5Hex) {
    throw s3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.', {
      ExpectedDigest: expected.md5,
      CalculatedDigest: Buffer.from(md5Hex, 'hex').toString('base64'),
    });
  }
  done({ size, md5: md5Hex, checksum: checksumOf(digest?.digest(), expected, trailers) });
}

function refuseWrongSha256(computed: string | null, { sha256 }: Expectations): void {
  if (computed === null || computed === sha256) return;
  throw s3Error(
    'XAmzContentSHA256Mismatch',
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
    { ClientComputedContentSHA256: sha256, S3ComputedContentSHA256: computed },
  );
}

function checksumOf(
  computed: Buffer | undefined,
  { checksum }: Expectations,
  trailers: ReadonlyMap<string, string>,
): Checksum | null {
  if (!checksum || !computed) return null;
  const { algorithm } = checksum;
  const given = checksum.value ?? trailers.get(checksumHeader(algorithm));
  if (given === undefined) {
    throw s3Error('InvalidRequest', `The trailer ${checksumHeader(algorithm)} that x-amz-trailer names did not come`);
  }
  const value = computed.toString('base64');
  if (checkedValue(algorithm, given) !== value) throw badChecksum(algorithm);
  return { algorithm, value, type: 'FULL_OBJECT' };
}

export const badChecksum = (algorithm: string) =>
  s3Error('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);

const incompleteBody = () =>
  s3Error('IncompleteBody', 'You did not provide the number of bytes specified by the Content-Length HTTP header');

/** The whole content, for documents. Throws `MaxMessageLengthExceeded` beyond the limit. */
export async function readDocument(sent: Sent, maximumBytes: number): Promise<string> {
  const verified = verifiedBody(sent, Number.MAX_SAFE_INTEGER);
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of verified.data) {
    bytes += piece.length;
    if (bytes > maximumBytes) throw s3Error('MaxMessageLengthExceeded', 'Your request was too big.');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
