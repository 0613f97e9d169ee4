import { parseQuery, type Headers, type QueryParameter } from '../../aws/canonicalRequest.ts';
import type { StreamedRequest } from '../../aws/streamedService.ts';
import { s3Error } from './errors.ts';

/** A request with its head read. */
export interface S3Request extends Pick<StreamedRequest, 'method' | 'path' | 'body' | 'sourceIp'> {
  /** Names in lower case; several values of one name joined by commas. */
  readonly headers: ReadonlyMap<string, string>;
  readonly wireHeaders: Headers;
  /** Decoded, in the order sent. */
  readonly parameters: readonly QueryParameter[];
  /** Of several parameters with one name the first. */
  readonly query: ReadonlyMap<string, string>;
  /** As in `x-amz-request-id`. */
  readonly requestId: string;
}

/** Throws `InvalidURI`. */
export function readRequest(request: StreamedRequest, requestId: string): S3Request {
  const parameters = parametersOf(request.query);
  const { method, path, body, sourceIp } = request;
  return {
    method: method.toUpperCase(),
    path,
    body,
    sourceIp,
    headers: joined(request.headers),
    wireHeaders: request.headers,
    parameters,
    query: new Map(parameters.toReversed()),
    requestId,
  };
}

function joined(headers: Headers): ReadonlyMap<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name.toLowerCase(), [value].flat().join(',').trim()] as const],
  );
  return new Map(entries);
}

function parametersOf(query: string): readonly QueryParameter[] {
  try {
    return parseQuery(query);
  } catch {
    throw s3Error('InvalidURI', "Couldn't parse the specified URI.", { URI: query });
  }
}
