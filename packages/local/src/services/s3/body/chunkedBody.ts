import { createHash } from 'node:crypto';
import { s3Error, invalidArgument } from '../errors.ts';
import { signatureDoesNotMatch } from '../signature/authenticate.ts';
import type { ChunkSigner } from '../signature/chunkSigner.ts';
import { byteReader, type ByteReader } from './byteReader.ts';

const MAX_LINE_BYTES = 4_096;
const MAX_TRAILERS = 16;

export interface ChunkedBody {
  /** The bytes between the frames. Throws `IncompleteBody`, `SignatureDoesNotMatch`, `InvalidArgument`. */
  readonly data: AsyncIterable<Uint8Array>;
  /** By name in lower case; complete once `data` has ended. */
  readonly trailers: ReadonlyMap<string, string>;
}

interface Framing {
  readonly signer: ChunkSigner | null;
  readonly trailer: boolean;
}

/**
 * Content-Encoding aws-chunked: `SIZE[;chunk-signature=...]\r\nDATA\r\n`, until a size of 0, and trailers after it. A signed
 * chunk is handed on before its signature is known; whoever stores it must forget it when this throws.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export function chunkedBody(body: AsyncIterable<Uint8Array>, framing: Framing): ChunkedBody {
  const trailers = new Map<string, string>();
  return { data: chunks(byteReader(body, incomplete), framing, trailers), trailers };
}

async function* chunks(
  reader: ByteReader,
  { signer, trailer }: Framing,
  trailers: Map<string, string>,
): AsyncGenerator<Uint8Array> {
  for (;;) {
    const { size, signature } = readFrame(await reader.line(MAX_LINE_BYTES));
    const hash = createHash('sha256');
    for await (const piece of reader.take(size)) {
      if (signer) hash.update(piece);
      yield piece;
    }
    if (signer && !signer.isChunk(signature, hash.digest('hex'))) throw signatureDoesNotMatch({ Chunk: signature });
    if (size === 0) break;
    if ((await reader.line(MAX_LINE_BYTES)) !== '') throw incomplete();
  }
  if (trailer) await readTrailers(reader, signer, trailers);
}

function readFrame(line: string): { readonly size: number; readonly signature: string } {
  const [, size, signature = ''] = /^([0-9a-fA-F]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(line) ?? [];
  if (size === undefined) throw invalidArgument('body', line.slice(0, 100), 'The body is not aws-chunked as it says');
  return { size: Number.parseInt(size, 16), signature };
}

async function readTrailers(
  reader: ByteReader,
  signer: ChunkSigner | null,
  trailers: Map<string, string>,
): Promise<void> {
  let signature = '';
  for (let read = 0; read <= MAX_TRAILERS; read += 1) {
    const line = await reader.lastLine(MAX_LINE_BYTES);
    if (line === '') break;
    const colon = line.indexOf(':');
    const [name, value] = [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    if (colon < 1 || read === MAX_TRAILERS) throw incomplete();
    if (name === 'x-amz-trailer-signature') signature = value;
    else trailers.set(name, value);
  }
  const text = [...trailers].map(([name, value]) => `${name}:${value}\n`).join('');
  if (signer && !signer.isTrailer(signature, text)) throw signatureDoesNotMatch({ Trailer: signature });
}

function incomplete() {
  return s3Error(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
  );
}
