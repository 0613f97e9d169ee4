import { sha256Hex } from '../../../aws/canonicalRequest.ts';
import type { SignatureClaim } from '../../../aws/signatureClaim.ts';
import { equalInConstantTime, scopeText, signText } from '../../../aws/signingKey.ts';

/** Verifies the signatures of chunks, each of which contains the one before; the first contains that of the request. */
export interface ChunkSigner {
  isChunk(signature: string, sha256: string): boolean;
  /** `trailer` is `name:value\n` for each of its headers. */
  isTrailer(signature: string, trailer: string): boolean;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html */
export function createChunkSigner(claim: SignatureClaim, secretAccessKey: string): ChunkSigner {
  let previous = claim.signature;
  const next = (signature: string, algorithm: string, hashes: readonly string[]): boolean => {
    const text = [algorithm, claim.date, scopeText(claim), previous, ...hashes].join('\n');
    const expected = signText(claim, text, secretAccessKey);
    previous = expected;
    return equalInConstantTime(expected, signature);
  };
  return {
    isChunk: (signature, sha256) => next(signature, 'AWS4-HMAC-SHA256-PAYLOAD', [EMPTY_SHA256, sha256]),
    isTrailer: (signature, trailer) => next(signature, 'AWS4-HMAC-SHA256-TRAILER', [sha256Hex(trailer)]),
  };
}

const EMPTY_SHA256 = sha256Hex('');
