import type { IncomingHttpHeaders } from 'node:http';
import type { JsonObject } from '../json.ts';
import { AwsError } from './error.ts';
import { restJson, type Reply } from './protocols.ts';
import { decodeUtf8, parseJsonObject } from './requestBody.ts';
import { SES_ROUTES } from './sesRoutes.ts';

/** One operation of a REST-JSON service. */
export interface RestRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `{Name}` stands for one segment and becomes a member of the input. */
  readonly path: string;
  readonly service: string;
  readonly operation: string;
  decode(request: RestRequest): JsonObject;
  encode(output: JsonObject): Reply;
}

export interface RestRequest {
  readonly parameters: JsonObject;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

const fromBody = ({ parameters, body }: RestRequest): JsonObject => ({ ...parseJsonObject(body), ...parameters });

/** Query parameters by their own names; lists and numbers do not occur in these operations but for `MaxItems`. */
function fromQuery({ parameters, query }: RestRequest): JsonObject {
  const maxItems = query.get('MaxItems');
  return { ...Object.fromEntries(query), ...(maxItems !== null && { MaxItems: Number(maxItems) }), ...parameters };
}

export const REST_ROUTES: readonly RestRoute[] = [
  {
    method: 'POST',
    path: '/v1/dataplane-evaluatecode',
    service: 'appsync',
    operation: 'EvaluateCode',
    decode: fromBody,
    encode: restJson.encode,
  },
  {
    method: 'POST',
    path: '/2015-03-31/functions/{FunctionName}/invocations',
    service: 'lambda',
    operation: 'Invoke',
    decode: decodeInvocation,
    encode: encodeInvocation,
  },
  lambdaRead('/2015-03-31/functions', 'ListFunctions'),
  lambdaRead('/2015-03-31/functions/{FunctionName}', 'GetFunction'),
  lambdaRead('/2015-03-31/functions/{FunctionName}/configuration', 'GetFunctionConfiguration'),
  schedulerRead('/schedules', 'ListSchedules'),
  schedulerRead('/schedules/{Name}', 'GetSchedule'),
  ...SES_ROUTES,
];

function lambdaRead(path: string, operation: string): RestRoute {
  return { method: 'GET', path, service: 'lambda', operation, decode: fromQuery, encode: restJson.encode };
}

function schedulerRead(path: string, operation: string): RestRoute {
  const decode = ({ parameters, query }: RestRequest): JsonObject => ({
    ...Object.fromEntries(query),
    ...(query.has('groupName') && { GroupName: query.get('groupName') }),
    ...parameters,
  });
  return { method: 'GET', path, service: 'scheduler', operation, decode, encode: restJson.encode };
}

/** The payload is the body itself, so it goes on as text instead of being parsed here. */
function decodeInvocation({ parameters, query, headers, body }: RestRequest): JsonObject {
  return {
    ...parameters,
    InvocationType: singleHeader(headers, 'x-amz-invocation-type') ?? 'RequestResponse',
    LogType: singleHeader(headers, 'x-amz-log-type') ?? 'None',
    TraceId: singleHeader(headers, 'x-amzn-trace-id') ?? '',
    Payload: decodeUtf8(body),
    ...(query.has('Qualifier') && { Qualifier: query.get('Qualifier') }),
  };
}

function encodeInvocation(output: JsonObject): Reply {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (typeof output.ExecutedVersion === 'string') headers['x-amz-executed-version'] = output.ExecutedVersion;
  if (typeof output.FunctionError === 'string') headers['x-amz-function-error'] = output.FunctionError;
  if (typeof output.LogResult === 'string') headers['x-amz-log-result'] = output.LogResult;
  return {
    statusCode: Number(output.StatusCode),
    headers,
    body: typeof output.Payload === 'string' ? output.Payload : '',
  };
}

function singleHeader(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

export interface RouteMatch<Route> {
  readonly route: Route;
  readonly parameters: JsonObject;
}

/** The first route of the list whose method and path fit. A trailing slash is ignored, as by AWS. */
export function matchRoute<Route extends { readonly method: string; readonly path: string }>(
  routes: readonly Route[],
  method: string,
  path: string,
): RouteMatch<Route> | null {
  const segments = path.replace(/\/$/, '').split('/');
  for (const route of routes) {
    const parameters = route.method === method ? matchSegments(route.path.split('/'), segments) : null;
    if (parameters) return { route, parameters };
  }
  return null;
}

function matchSegments(pattern: readonly string[], segments: readonly string[]): JsonObject | null {
  if (pattern.length !== segments.length) return null;
  const parameters: JsonObject = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index]!;
    if (expected.startsWith('{')) parameters[expected.slice(1, -1)] = decodeSegment(segment);
    else if (expected !== segment) return null;
  }
  return parameters;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new AwsError('ValidationException', 'The path is not percent-encoded UTF-8');
  }
}
