import type { IncomingMessage } from 'node:http';
import { AwsError } from '../../../aws/error.ts';
import type { Headers } from '../authorization/authenticate.ts';

/** AppSync's own dialect; not to be mistaken for `graphql-transport-ws`. */
export const SUBPROTOCOL = 'graphql-ws';
const OTHER_SUBPROTOCOL = 'graphql-transport-ws';
const HEADER_PREFIX = 'header-';

/**
 * The subprotocol to answer an upgrade with, given its `Sec-WebSocket-Protocol`; false: none. `graphql-transport-ws` is
 * taken too, because only an open socket can be closed with a reason that its developer gets to see.
 */
export function acceptsSubprotocols(header: string | undefined): string | false {
  const offered = (header ?? '').split(',').map((protocol) => protocol.trim());
  return [SUBPROTOCOL, OTHER_SUBPROTOCOL].find((protocol) => offered.includes(protocol)) ?? false;
}

/**
 * The headers that authorize the connection: from the query parameter `header`, from a second subprotocol
 * `header-<base64url>`, or the request's own, in this order of precedence, names in lower case.
 * https://docs.aws.amazon.com/appsync/latest/devguide/real-time-websocket-client.html
 * Throws `AwsError` when they cannot be read.
 */
export function handshakeHeaders(request: IncomingMessage): Headers {
  const url = request.url ?? '';
  const search = new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?') + 1) : '');
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((protocol) => protocol.trim());
  const encoded =
    search.get('header') ?? offered.find((one) => one.startsWith(HEADER_PREFIX))?.slice(HEADER_PREFIX.length);
  if (encoded === undefined) return request.headers;
  return mergeHeaders(request.headers, decode(encoded));
}

function decode(encoded: string): unknown {
  try {
    // A blank stands for the plus sign of a query string that was not escaped. Buffer reads both base64 alphabets.
    return JSON.parse(Buffer.from(encoded.replaceAll(' ', '+'), 'base64').toString('utf8')) as unknown;
  } catch {
    throw new AwsError('BadRequestException', 'The connection header is not base64-encoded JSON.');
  }
}

/** `base` with the members of `more`, names compared without regard to case: Apollo's link sends some of them twice. */
export function mergeHeaders(base: Headers, more: unknown): Headers {
  if (typeof more !== 'object' || more === null || Array.isArray(more)) {
    throw new AwsError('BadRequestException', 'The authorization headers must be a JSON object.');
  }
  const headers: Record<string, string | readonly string[] | undefined> = { ...base };
  for (const [name, value] of Object.entries(more)) {
    if (typeof value === 'string') headers[name.toLowerCase()] = value;
  }
  return headers;
}
