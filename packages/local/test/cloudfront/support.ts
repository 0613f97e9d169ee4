import { createPublicKey } from 'node:crypto';
import { AwsError } from '../../src/aws/error.ts';
import { manualClock, type ManualClock } from '../../src/clock.ts';
import { distributionDefinitions } from '../../src/definitions/cloudfront.ts';
import { iamDefinition } from '../../src/definitions/iam.ts';
import { resourceSet } from '../../src/definitions/resourceSet.ts';
import type { JsonObject } from '../../src/json.ts';
import { seededRandom } from '../../src/random.ts';
import { type AttributeContext, ConfigurationError, type ResolvedResource } from '../../src/resources/resourceType.ts';
import { createCloudFront, type CloudFront, type EdgeResponse } from '../../src/services/cloudfront/index.ts';
import { createIam } from '../../src/services/iam/index.ts';
import { supportedResources } from '../../src/supported.ts';

const account = { region: 'eu-central-1', accountId: '123456789012' } as const;
/** 2026-11-22T00:00:00Z */
export const START = Date.UTC(2026, 10, 22);

export interface Terraform {
  [type: string]: Record<string, JsonObject>;
}

/** A museum: its opening hours come from a function, its pictures from another host. */
export function museum(): Terraform {
  return {
    aws_lambda_function: { hours: { function_name: 'hours' } },
    aws_lambda_function_url: { hours: { function_name: 'hours', authorization_type: 'AWS_IAM' } },
    aws_lambda_permission: {
      url: { ...permission('lambda:InvokeFunctionUrl'), function_url_auth_type: 'AWS_IAM' },
      function: permission('lambda:InvokeFunction'),
    },
    aws_cloudfront_origin_access_control: {
      functions: { origin_access_control_origin_type: 'lambda', signing_behavior: 'always', signing_protocol: 'sigv4' },
    },
    aws_cloudfront_cache_policy: { hours: cachePolicy() },
    aws_cloudfront_response_headers_policy: {
      hours: {
        security_headers_config: { content_type_options: { override: true } },
        custom_headers_config: { items: [{ header: 'Server', value: 'museum', override: false }] },
      },
    },
    aws_cloudfront_distribution: { museum: distribution() },
  };
}

function permission(action: string): JsonObject {
  const sourceArn = `arn:aws:cloudfront::123456789012:distribution/${idOf('aws_cloudfront_distribution.museum', 13).toUpperCase()}`;
  return {
    function_name: 'hours',
    principal: 'cloudfront.amazonaws.com',
    action,
    source_arn: sourceArn.replace('distribution/', 'distribution/E'),
  };
}

export function cachePolicy(changes: JsonObject = {}): JsonObject {
  return {
    min_ttl: 0,
    default_ttl: 0,
    max_ttl: 60,
    parameters_in_cache_key_and_forwarded_to_origin: {
      cookies_config: { cookie_behavior: 'none' },
      headers_config: { header_behavior: 'none' },
      query_strings_config: { query_string_behavior: 'whitelist', query_strings: { items: ['day'] } },
      enable_accept_encoding_gzip: true,
      ...changes,
    },
  };
}

function distribution(): JsonObject {
  return {
    enabled: true,
    origin: [
      {
        origin_id: 'hours',
        domain_name: `${idOf('aws_lambda_function_url.hours', 32)}.lambda-url.eu-central-1.on.aws`,
        origin_access_control_id: idOf('aws_cloudfront_origin_access_control.functions', 14).toUpperCase(),
      },
      { origin_id: 'pictures', domain_name: 'pictures.example' },
    ],
    ordered_cache_behavior: [
      {
        path_pattern: '/hours/*',
        target_origin_id: 'hours',
        allowed_methods: ['GET', 'HEAD'],
        cache_policy_id: idOf('aws_cloudfront_cache_policy.hours', 14).toUpperCase(),
        response_headers_policy_id: idOf('aws_cloudfront_response_headers_policy.hours', 14).toUpperCase(),
      },
      { path_pattern: '/pictures/*', target_origin_id: 'pictures', allowed_methods: ['GET', 'HEAD'] },
    ],
    default_cache_behavior: { target_origin_id: 'pictures', allowed_methods: ['GET', 'HEAD'] },
  };
}

/** Ids as long and as different as they must be. */
function idOf(address: string, length: number): string {
  return address
    .replace(/[^a-z]/g, '')
    .padEnd(length, '0')
    .slice(-length);
}

const context: AttributeContext = {
  account,
  makeId: idOf,
  endpoints: { graphql: 'http://localhost/graphql', realtime: 'ws://localhost', aws: 'http://localhost' },
};

function resolved(terraform: Terraform): ResolvedResource[] {
  return Object.entries(terraform).flatMap(([type, byName]) =>
    Object.entries(byName).map(([name, args]) => {
      const declared = { type, name, address: `${type}.${name}`, args };
      const known = type === 'aws_lambda_permission' ? {} : supportedResources[type]?.attributes(declared, context);
      return { ...declared, attributes: { ...args, ...known } } as unknown as ResolvedResource;
    }),
  );
}

export interface Museum {
  readonly cloudfront: CloudFront;
  readonly clock: ManualClock;
  /** What the function was called with. */
  readonly events: JsonObject[];
  readonly lines: string[];
  readonly domainName: string;
  /** What the function returns next and from then on. */
  answer(response: unknown, functionError?: string): void;
  get(
    path: string,
    options?: { method?: string; headers?: Record<string, string>; host?: string; body?: string | Buffer },
  ): Promise<EdgeResponse>;
}

export async function open(change: (terraform: Terraform) => void = () => undefined): Promise<Museum> {
  const terraform = museum();
  change(terraform);
  const resources = resourceSet(resolved(terraform));
  const clock = manualClock(START);
  const iam = createIam({ account, clock });
  await iam.replace({ ...iamDefinition(resources, account.accountId), roles: [] });
  const events: JsonObject[] = [];
  const lines: string[] = [];
  let next: { payload: string; functionError?: string } | Error = { payload: '{"statusCode":200,"body":"open"}' };
  const cloudfront = createCloudFront({
    account,
    clock,
    random: seededRandom('edge'),
    authorizer: iam,
    invoke: (_, event) => {
      events.push(event);
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
    },
    askBucket: ({ host }) => Promise.reject(new Error(`the museum has no bucket ${host}`)),
    publicKeyOf: ({ encodedKey }) => createPublicKey(encodedKey),
    log: (line) => void lines.push(line),
  });
  const distributions = distributionDefinitions(resources);
  cloudfront.replace(distributions);
  return {
    cloudfront,
    clock,
    events,
    lines,
    domainName: distributions[0]?.domainName ?? '',
    answer: (response, functionError) => {
      next =
        response instanceof AwsError
          ? response
          : { payload: JSON.stringify(response), ...(functionError ? { functionError } : {}) };
    },
    async get(target, { method = 'GET', headers = {}, host = 'localhost', body } = {}) {
      const [path = '', query = ''] = target.split('?');
      const route = cloudfront.find(host, path);
      if (!route) throw new ConfigurationError(`no distribution takes ${path}`);
      const sent = body === undefined ? undefined : Buffer.from(body as string);
      return route.handle({ method, path, query, headers, sourceIp: '192.0.2.1', body: sent });
    },
  };
}

/** The function's response that says how long it may be kept. */
export const kept = (cacheControl: string, statusCode = 200) => ({
  statusCode,
  headers: { 'Cache-Control': cacheControl, ETag: '"one"' },
  body: `answer ${statusCode}`,
});

export const cacheOf = ({ headers }: EdgeResponse): string | undefined => headers['x-cache'];
