import type { IncomingMessage } from 'node:http';
import type { JsonObject, JsonValue } from '../json.ts';
import { AwsError } from './error.ts';

/** As much as a client may send beyond the limit before the connection is cut instead of answered. */
const DRAIN_FACTOR = 4;

/**
 * The whole body, counted in bytes as they arrive. Beyond the limit the rest is read and thrown away, so that the
 * client can read the answer; a client that goes on sending is cut off.
 *
 * Throws `AwsError` `RequestEntityTooLargeException` (413), or `ConnectionClosed`.
 */
export function readBody(request: IncomingMessage, maximumBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maximumBytes) chunks.push(chunk);
      else chunks = [];
      if (bytes > maximumBytes * DRAIN_FACTOR) request.destroy();
    });
    const closed = (): void => reject(new ConnectionClosed());
    request.on('end', () => {
      // Every request is closed some time: an error that nobody hears of would be made for each, with its stack.
      request.off('close', closed);
      if (bytes <= maximumBytes) resolve(Buffer.concat(chunks, bytes));
      else reject(tooLarge(bytes, maximumBytes));
    });
    request.on('error', closed);
    request.on('close', closed);
  });
}

/** The client went away: there is nobody to answer, and nothing is wrong with this package. */
export class ConnectionClosed extends Error {
  constructor() {
    super('The connection was closed before the request was complete');
    this.name = 'ConnectionClosed';
  }
}

function tooLarge(bytes: number, maximumBytes: number): AwsError {
  const message = `The request has ${bytes} bytes; the limit is ${maximumBytes}`;
  return new AwsError('RequestEntityTooLargeException', message, { statusCode: 413 });
}

/** Deeper than any AWS document, and shallow enough that code that walks it by recursion is safe. */
const MAX_JSON_DEPTH = 256;

/** Throws `AwsError` `SerializationException`. An empty body is an empty object. */
export function parseJsonObject(body: Uint8Array): JsonObject {
  const text = decodeUtf8(body);
  if (text.trim() === '') return {};
  refuseDeepJson(body);
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    throw new AwsError('SerializationException', 'The request body is not valid JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AwsError('SerializationException', 'The request body must be a JSON object');
  }
  return value;
}

export function decodeUtf8(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new AwsError('SerializationException', 'The request body is not valid UTF-8');
  }
}

/** A scan over bytes: no recursion and no backtracking, whatever a client sends. */
function refuseDeepJson(body: Uint8Array): void {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < body.length; index += 1) {
    const byte = body[index];
    if (inString) {
      if (byte === BACKSLASH) index += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1;
    if (depth > MAX_JSON_DEPTH) {
      throw new AwsError('SerializationException', `The request body is nested deeper than ${MAX_JSON_DEPTH} levels`);
    }
  }
}

const [QUOTE, BACKSLASH, OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = Buffer.from('"\\{}[]');
