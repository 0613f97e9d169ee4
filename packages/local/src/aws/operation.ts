import type { IncomingHttpHeaders } from 'node:http';
import type { JsonObject } from '../json.ts';
import { AwsError } from './error.ts';
import type { Protocol, Reply } from './protocols.ts';
import { restJson } from './protocols.ts';
import { parseJsonObject } from './requestBody.ts';
import { matchRoute, type RestRoute } from './restRoutes.ts';
import { TARGETS } from './targets.ts';

/** Which operation a request names, and how it reads and answers. */
export interface MatchedOperation {
  /** The signing name. */
  readonly service: string;
  readonly operation: string;
  decode(): JsonObject;
  encode(output: JsonObject): Reply;
  encodeError: Protocol['encodeError'];
}

export interface OperationRequest {
  readonly method: string;
  /** Several values of one header joined. */
  readonly headers: IncomingHttpHeaders;
  readonly path: string;
  readonly query: string;
  readonly body: Uint8Array;
  readonly routes: readonly RestRoute[];
}

/** `amz-1.0` is what older SDKs write for "as it is". */
const PLAIN_ENCODINGS: ReadonlySet<string> = new Set(['identity', 'amz-1.0']);

/** Throws `AwsError` `UnknownOperationException` when neither target nor path is known. */
export function findOperation({ method, headers, path, query, body, routes }: OperationRequest): MatchedOperation {
  refuseEncodedBody(headers['content-encoding']);
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return findTarget(target, body);
  const match = matchRoute(routes, method, path);
  if (!match) {
    const message = `${method} ${path} is no operation of an emulated service`;
    throw new AwsError('UnknownOperationException', message, { statusCode: 404 });
  }
  const { route, parameters } = match;
  return {
    service: route.service,
    operation: route.operation,
    decode: () => route.decode({ parameters, query: new URLSearchParams(query), headers, body }),
    encode: (output) => route.encode(output),
    encodeError: restJson.encodeError,
  };
}

function findTarget(header: string, body: Uint8Array): MatchedOperation {
  const dot = header.lastIndexOf('.');
  const [prefix, operation] = [header.slice(0, Math.max(dot, 0)), header.slice(dot + 1)];
  if (!Object.hasOwn(TARGETS, prefix) || !/^[A-Za-z]{1,100}$/.test(operation)) {
    throw new AwsError('UnknownOperationException', 'X-Amz-Target names no operation of an emulated service');
  }
  const { service, protocol } = TARGETS[prefix]!;
  return {
    service,
    operation,
    decode: () => parseJsonObject(body),
    encode: protocol.encode,
    encodeError: protocol.encodeError,
  };
}

function refuseEncodedBody(encoding: string | undefined): void {
  if (encoding === undefined || PLAIN_ENCODINGS.has(encoding.toLowerCase())) return;
  throw new AwsError('UnsupportedMediaTypeException', `Content-Encoding ${encoding} is not supported`, {
    statusCode: 415,
  });
}
