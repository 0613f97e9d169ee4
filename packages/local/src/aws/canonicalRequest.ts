import { createHash } from 'node:crypto';

/** A request as it came over the wire, before any decoding. */
export interface WireRequest {
  readonly method: string;
  /** The path as sent, percent-encoding included, without the query. */
  readonly path: string;
  /** What follows the `?`, as sent; empty without one. */
  readonly query: string;
  readonly headers: Headers;
  readonly body: Uint8Array | string;
}

/** Names in any case; several values of one header in order. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Lower-case names, values as Signature Version 4 wants them: trimmed, inner runs of spaces as one. */
export function canonicalHeaders(headers: Headers): ReadonlyMap<string, string> {
  const canonical = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    const values = typeof value === 'string' ? [value] : value;
    canonical.set(name.toLowerCase(), values.map((text) => text.trim().replace(/\s+/g, ' ')).join(','));
  }
  return canonical;
}

/**
 * The canonical request of Signature Version 4 (IAM User Guide, "Create a signed AWS API request").
 * `query` leaves out `X-Amz-Signature`. The payload is always hashed from what arrived, never taken from a header.
 */
export function canonicalRequest(
  request: Pick<WireRequest, 'method' | 'path' | 'body'>,
  query: readonly QueryParameter[],
  headers: ReadonlyMap<string, string>,
  { signedHeaders }: { readonly signedHeaders: readonly string[] },
): string {
  return [
    request.method.toUpperCase(),
    canonicalPath(request.path),
    canonicalQuery(query),
    ...signedHeaders.map((name) => `${name}:${headers.get(name) ?? ''}`),
    '',
    signedHeaders.join(';'),
    sha256Hex(request.body),
  ].join('\n');
}

export const sha256Hex = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('hex');

export type QueryParameter = readonly [name: string, value: string];

/** Decoded pairs in the order sent. Throws `URIError` for malformed percent-encoding. A `+` is a plus, as for AWS. */
export function parseQuery(query: string): QueryParameter[] {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
      return [decodeURIComponent(name), decodeURIComponent(value)];
    });
}

export function canonicalQuery(parameters: readonly QueryParameter[]): string {
  return parameters
    .map(([name, value]) => [encodeRfc3986(name), encodeRfc3986(value)] as const)
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** Every service but S3 encodes the already encoded path once more, after `.` and `..` are resolved. */
function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  const trailing = segments.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${segments.map(encodeRfc3986).join('/')}${trailing}`;
}

/** `encodeURIComponent` leaves five characters alone that RFC 3986 reserves. */
export function encodeRfc3986(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
