import { invalidArgument, s3Error } from '../errors.ts';

/** What a request says of its body, which is verified as it arrives. */
export type Payload =
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'hashed'; readonly sha256: string }
  /** aws-chunked: the body is framed, each chunk may be signed, and a trailer may follow. */
  | { readonly kind: 'chunked'; readonly signed: boolean; readonly trailer: boolean };

const UNSIGNED = 'UNSIGNED-PAYLOAD';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html */
const BY_NAME: Readonly<Record<string, Payload>> = {
  [UNSIGNED]: { kind: 'unsigned' },
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER': { kind: 'chunked', signed: false, trailer: true },
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD': { kind: 'chunked', signed: true, trailer: false },
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER': { kind: 'chunked', signed: true, trailer: true },
};

/** `text` is the value of `x-amz-content-sha256`. */
export function readPayload(text: string): Payload {
  if (/^[0-9a-f]{64}$/.test(text)) return { kind: 'hashed', sha256: text };
  const known = Object.hasOwn(BY_NAME, text) ? BY_NAME[text] : undefined;
  if (known) return known;
  if (text.startsWith('STREAMING-AWS4-ECDSA'))
    throw s3Error('NotImplemented', 'SigV4A is not emulated by @hiroba/local');
  throw invalidArgument(
    'x-amz-content-sha256',
    text,
    'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.',
  );
}

/** What is signed of the payload in a presigned request, unless a signed header says otherwise. */
export const PRESIGNED_PAYLOAD = UNSIGNED;
