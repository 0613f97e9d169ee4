import { OperationTypeNode } from 'graphql';
import { AwsError } from '../../../aws/error.ts';
import { authenticate, type Headers, type Verifiers } from '../authorization/authenticate.ts';
import type { Caller } from '../authorization/caller.ts';
import { chain, type MaybePromise } from '../execution/chain.ts';
import type { CompiledApi } from '../execution/compiledApi.ts';
import { createState, execute, prepareOperation } from '../execution/operation.ts';
import type { ExecutionServices, RequestHeaders } from '../execution/request.ts';
import type { Publisher } from '../realtime/publish.ts';
import { recordRequest, type OnRequest, type RequestRecord } from '../requestSummary.ts';
import { recordTrace, TRACE_REQUEST_HEADER } from '../trace/record.ts';
import { parametersOfBody, parametersOfQuery } from './parameters.ts';
import { bodyResponse, errorResponse, internalFailure, jsonResponse, type HttpResponse } from './response.ts';
import { withTraceId } from './traceId.ts';

export interface HttpRequest {
  readonly method: string;
  /** Path and query string, as in the request line. */
  readonly url: string;
  readonly headers: Headers;
  readonly body: Buffer;
  readonly remoteAddress: string;
}

export interface HandlerOptions {
  readonly compiled: () => CompiledApi;
  readonly verifiers: Verifiers;
  readonly services: ExecutionServices;
  readonly newRequestId: () => string;
  readonly newTraceId: () => string;
  readonly publisher: Publisher;
  readonly onDefect: (error: unknown) => void;
  readonly onRequest?: OnRequest | undefined;
}

/** Serves `POST` and `GET /graphql`. Never rejects: a defect of this package is reported, and is a status 500. */
export function createHttpHandler(options: HandlerOptions): (request: HttpRequest) => Promise<HttpResponse> {
  return async (request) => {
    const requestId = options.newRequestId();
    const headers = withTraceId(visibleHeaders(request.headers), options.newTraceId);
    const record = options.onRequest && recordRequest(requestId, headers, options.onRequest);
    const response = await respond(options, { request, requestId, headers, record });
    record?.done(response.status);
    return response;
  };
}

interface Identified {
  readonly request: HttpRequest;
  readonly requestId: string;
  readonly headers: RequestHeaders;
  readonly record: RequestRecord | undefined;
}

async function respond(options: HandlerOptions, identified: Identified): Promise<HttpResponse> {
  const { request, requestId, record } = identified;
  const refuse = (error: AwsError): HttpResponse => {
    record?.failed([{ errorType: error.code, message: error.message }]);
    return errorResponse(error, requestId);
  };
  try {
    const compiled = options.compiled();
    const caller = await authenticateHttp(compiled, options.verifiers, request);
    return await answer(options, { ...identified, compiled, caller });
  } catch (error) {
    if (error instanceof AwsError) return refuse(error);
    if (isStackOverflow(error)) {
      return refuse(new AwsError('BadRequestException', 'The request is nested too deeply.'));
    }
    options.onDefect(error);
    return refuse(internalFailure());
  }
}

function authenticateHttp(compiled: CompiledApi, verifiers: Verifiers, request: HttpRequest): MaybePromise<Caller> {
  const { method, url, headers, body, remoteAddress } = request;
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? '' : url.slice(mark + 1);
  return authenticate(compiled.api, verifiers, { method, path, query, headers, body }, remoteAddress);
}

interface Authenticated extends Identified {
  readonly compiled: CompiledApi;
  readonly caller: Caller;
}

function answer(
  options: HandlerOptions,
  { compiled, caller, request, requestId, headers, record }: Authenticated,
): MaybePromise<HttpResponse> {
  const parameters = readParameters(request);
  const ready = prepareOperation(compiled, parameters);
  if ('errors' in ready) {
    record?.failed(ready.errors);
    return jsonResponse({ data: null, errors: ready.errors }, requestId, {});
  }
  const { prepared, operation, variables } = ready;
  record?.read(operation, compiled.documents.plan(prepared, operation, variables));
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
    const text = 'Subscriptions are served over WebSocket, at /graphql/realtime with the subprotocol graphql-ws.';
    throw new AwsError('UnsupportedOperation', text, { statusCode: 400 });
  }
  const { operation: operationType } = operation;
  const asked = { parameters, identity: caller.identity, headers };
  const kept = operationType === OperationTypeNode.QUERY ? compiled.cache?.operations?.entry(asked) : undefined;
  const answered = kept?.get();
  if (answered !== undefined) return bodyResponse(answered, requestId, {});
  const trace = headers[TRACE_REQUEST_HEADER] === undefined ? undefined : recordTrace();
  const state = createState({
    compiled,
    services: options.services,
    requestId,
    caller,
    headers,
    variables,
    operationType,
    trace,
  });
  const publish = options.publisher.forRequest(state);
  return chain(execute(state, ready, publish.rootField), (result) => {
    publish.done();
    record?.failed(result.errors ?? []);
    const extensions = trace && { extensions: { ...result.extensions, trace: trace.done(requestId) } };
    const body = JSON.stringify({ ...result, ...extensions });
    if (result.errors === undefined && trace === undefined) kept?.set(body);
    return bodyResponse(body, requestId, state.responseHeaders);
  });
}

function readParameters({ method, url, body }: HttpRequest) {
  if (method === 'GET') return parametersOfQuery(new URLSearchParams(url.slice(url.indexOf('?') + 1)));
  if (method === 'POST') return parametersOfBody(body.toString('utf8'));
  throw new AwsError('MalformedHttpRequestException', `Method ${method} is not supported.`, { statusCode: 405 });
}

/** Only input that is nested thousands of levels deep makes the executor, or `JSON.stringify`, run out of stack. */
const isStackOverflow = (error: unknown): boolean =>
  error instanceof RangeError && error.message === 'Maximum call stack size exceeded';

/** `ctx.request.headers`: everything but cookies. */
export function visibleHeaders(headers: Headers): RequestHeaders {
  const visible: Record<string, string | readonly string[]> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined && name !== 'cookie') visible[name] = value;
  }
  return visible;
}
