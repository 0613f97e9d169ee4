import sha256 from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { NotEmulated } from '../../../aws/error.ts';
import type { Principal } from '../../../aws/service.ts';
import { MappingTemplateError, type DataSource, type DataSourceAnswer } from './dataSource.ts';
import { objectAt, optional, requestObject, stringAt } from './requestObject.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface HttpDataSourceOptions {
  readonly name: string;
  readonly address: string;
  /** Scheme and host; the path comes from each request. */
  readonly endpoint: string;
  readonly fetch: typeof fetch;
  /** SigV4, when the data source's authorization configuration asks for it. */
  readonly signing?: { readonly service: string; readonly region: string; readonly principal: Principal };
  readonly credentials?: (principal: Principal) => Credentials;
  /** Answers what is sent to AWS's own names, in place of the network. */
  readonly askAws?: AskAws;
}

/** A request to a service of AWS, whose signature would have been `principal`'s. */
export interface AwsHttpRequest {
  /** The data source's, for messages. */
  readonly address: string;
  /** Null: the data source does not sign. */
  readonly principal: Principal | null;
  readonly method: string;
  readonly host: string;
  /** Percent-encoded; dots in it are part of it. */
  readonly path: string;
  /** Without the `?`; empty without one. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** As a resolver has it in `ctx.result`. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Rejects with `NotEmulated` for a service that does not answer in process. */
export type AskAws = (request: AwsHttpRequest) => Promise<HttpAnswer>;

const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);
/** Headers that a request may not set. https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-http-js.html */
const REFUSED_HEADERS: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'user-agent',
  'expectation',
  'transfer_encoding',
  'transfer-encoding',
  'content_length',
  'content-length',
]);

/** https://docs.aws.amazon.com/general/latest/gr/rande.html */
const AWS_HOST = /\.amazonaws\.com$/;

interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  /** Path and query as the resolver wrote them, encoded where a URL must be: a key of S3 may have dots that `url` has resolved. */
  readonly path: string;
  readonly query: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
}

/** A status other than 2xx is an answer like any other; only a failed connection is an error. */
export function createHttpDataSource(options: HttpDataSourceOptions): DataSource {
  const { name, address } = options;
  return {
    name,
    address,
    type: 'HTTP',
    async invoke(call): Promise<DataSourceAnswer> {
      const request = readRequest(options.endpoint, call.request);
      const { askAws } = options;
      if (askAws && AWS_HOST.test(request.url.hostname)) return { result: await askAws(awsRequest(options, request)) };
      const headers = await signed(options, request);
      try {
        const { method, url, body } = request;
        const response = await options.fetch(url, { method, headers, body, redirect: 'manual' });
        const { status } = response;
        return { result: { statusCode: status, headers: headersOf(response), body: await response.text() } };
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        const cause = error.cause instanceof Error ? error.cause.message : error.message;
        return { result: null, error: { type: 'Http:ConnectionError', message: `${options.endpoint}: ${cause}` } };
      }
    },
  };
}

function readRequest(endpoint: string, value: unknown): HttpRequest {
  const request = requestObject(value, ['method', 'resourcePath', 'params']);
  const method = stringAt(request.method, '$[method]');
  if (!METHODS.has(method)) throw new MappingTemplateError(`Unsupported method '${method}'.`);
  const resourcePath = stringAt(request.resourcePath, '$[resourcePath]');
  if (!resourcePath.startsWith('/'))
    throw new MappingTemplateError("Value for field '$[resourcePath]' must start with '/'.");
  const params = optional(request.params, '$[params]', (object, path) =>
    requestObject(object, ['query', 'headers', 'body'], path),
  );
  const url = new URL(endpoint.replace(/\/$/, '') + resourcePath);
  if (url.origin !== new URL(endpoint).origin)
    throw new MappingTemplateError(`Unsupported resource path '${resourcePath}'.`);
  const [path = '', ...query] = encodeWhereNeeded(resourcePath).split('?');
  const parameters = Object.entries(optional(params?.query, '$[params][query]', objectAt) ?? {});
  for (const [key, member] of parameters) url.searchParams.set(key, String(member));
  const pairs = parameters.map((pair) => pair.map((text) => encodeURIComponent(String(text))).join('='));
  const body = params?.body ?? undefined;
  return {
    method,
    url,
    path,
    query: [...query, ...pairs].join('&'),
    headers: readHeaders(params?.headers),
    body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
  };
}

/** Leaves alone what is encoded already, and dots. */
function encodeWhereNeeded(path: string): string {
  return path.toWellFormed().replace(/[^!-~]|["#<>\\^`{|}]/gu, encodeURIComponent);
}

function awsRequest({ address, signing }: HttpDataSourceOptions, request: HttpRequest): AwsHttpRequest {
  const { method, url, path, query, headers, body } = request;
  return { address, principal: signing?.principal ?? null, method, host: url.hostname, path, query, headers, body };
}

function readHeaders(value: unknown): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [key, member] of Object.entries(optional(value, '$[params][headers]', objectAt) ?? {})) {
    if (REFUSED_HEADERS.has(key.toLowerCase())) throw new MappingTemplateError(`Header '${key}' can not be set.`);
    headers[key.toLowerCase()] = String(member);
  }
  return headers;
}

async function signed({ signing, credentials, address }: HttpDataSourceOptions, request: HttpRequest) {
  const { method, url, headers, body } = request;
  if (signing === undefined) return headers;
  if (credentials === undefined) throw new NotEmulated(`AWS_IAM authorization of ${address}`);
  const signer = new SignatureV4({
    service: signing.service,
    region: signing.region,
    credentials: credentials(signing.principal),
    sha256: sha256.Sha256,
  });
  const signedRequest = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { ...headers, host: url.host },
    body,
  });
  return signedRequest.headers;
}

function headersOf(response: Response): Record<string, string> {
  return Object.fromEntries(response.headers);
}
