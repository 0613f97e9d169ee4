import { isObject } from '../../resources/resourceType.ts';
import type { JsonObject, JsonValue } from '../../json.ts';
import type { EdgeResponse, FunctionOrigin } from './model.ts';

/** What reaches the function URL. */
export interface OriginRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly sourceIp: string;
  readonly body: Buffer | undefined;
}

/**
 * The event of a function URL, payload format 2.0.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
 */
export function functionUrlEvent(
  request: OriginRequest,
  origin: FunctionOrigin,
  facts: { readonly accountId: string; readonly requestId: string; readonly now: number },
): JsonObject {
  const { cookie, ...headers } = request.headers;
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: decodedPath(request.path),
    rawQueryString: request.query,
    ...(cookie === undefined ? {} : { cookies: cookie.split('; ') }),
    headers: { ...headers, host: origin.domainName },
    ...(request.query === '' ? {} : { queryStringParameters: parametersOf(request.query) }),
    requestContext: {
      accountId: facts.accountId,
      apiId: origin.urlId,
      domainName: origin.domainName,
      domainPrefix: origin.urlId,
      http: {
        method: request.method,
        path: decodedPath(request.path),
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: facts.requestId,
      routeKey: '$default',
      stage: '$default',
      time: commonLogTime(facts.now),
      timeEpoch: facts.now,
    },
    ...bodyMembers(request),
  };
}

/** Types whose bodies reach a function as texts; a form's does not. */
const TEXT_TYPES = /^(text\/|application\/(json|javascript|xml)\b|application\/[\w.-]+\+(json|xml)\b)/i;

function bodyMembers({ body, headers }: OriginRequest): JsonObject {
  if (body === undefined || body.length === 0) return { isBase64Encoded: false };
  const isText = TEXT_TYPES.test(headers['content-type'] ?? '');
  return { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
}

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Values of one name are joined by commas. */
function parametersOf(query: string): Record<string, string> {
  const all = new URLSearchParams(query);
  return Object.fromEntries([...new Set(all.keys())].map((name) => [name, all.getAll(name).join(',')]));
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12/Mar/2020:19:03:58 +0000` */
function commonLogTime(epochMilliseconds: number): string {
  const date = new Date(epochMilliseconds);
  const day = String(date.getUTCDate()).padStart(2, '0');
  return `${day}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}:${date.toISOString().slice(11, 19)} +0000`;
}

/** What the function returned, as an HTTP response; 502 when it cannot be one. */
export function responseOf(payload: string): EdgeResponse {
  const value = JSON.parse(payload) as JsonValue;
  // Without a status code, whatever was returned is the body.
  if (!isObject(value) || value['statusCode'] === undefined) {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(text) };
  }
  const { statusCode, headers = {}, body = '', isBase64Encoded, cookies = [] } = value;
  const status = Number(statusCode);
  const usable =
    Number.isInteger(status) &&
    status >= 200 &&
    status <= 599 &&
    isObject(headers) &&
    typeof body === 'string' &&
    Array.isArray(cookies);
  if (!usable) return badGateway();
  return {
    status,
    headers: {
      'content-type': 'application/json',
      ...Object.fromEntries(Object.entries(headers).map(([name, one]) => [name.toLowerCase(), String(one)])),
      ...(cookies.length === 0 ? {} : { 'set-cookie': cookies.join(', ') }),
    },
    body: Buffer.from(body, isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}

/** How a function URL answers when its function failed. */
export function badGateway(): EdgeResponse {
  return { status: 502, headers: { 'content-type': 'text/plain' }, body: Buffer.from('Internal Server Error') };
}

/** How a function URL answers whoever may not call it. */
export function forbidden(): EdgeResponse {
  const help = 'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html';
  const message = `Forbidden. For troubleshooting Function URL authorization issues, see: ${help}`;
  return jsonResponse(403, { Message: message });
}

/** How a function URL answers what is signed with another hash than that of its body. */
export function unsignedBody(): EdgeResponse {
  const message = 'The request signature we calculated does not match the signature you provided.';
  return jsonResponse(403, { Message: message });
}

export function jsonResponse(status: number, body: object): EdgeResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(body)) };
}
