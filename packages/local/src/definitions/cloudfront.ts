import type { JsonObject } from '../json.ts';
import { argumentsOf, ConfigurationError, type ResolvedResource } from '../resources/resourceType.ts';
import type {
  Behavior,
  BucketOrigin,
  CachePolicy,
  Distribution,
  ErrorResponse,
  FunctionOrigin,
  Selection,
  Target,
} from '../services/cloudfront/index.ts';
import { isBucketHost } from '../services/s3/index.ts';
import { MANAGED_CACHE_POLICIES } from './managedEdgePolicies.ts';
import type { ResourceSet } from './resourceSet.ts';
import { trustedKeys } from './trustedKeys.ts';
import { responseHeaderRules } from './responseHeaders.ts';

/** Distributions that are enabled. What an origin or a behavior has that is not emulated refuses the requests for it, no others. */
export function distributionDefinitions(resources: ResourceSet): Distribution[] {
  return resources
    .ofType('aws_cloudfront_distribution')
    .filter((resource) => argumentsOf(resource).boolean('enabled', true))
    .map((resource) => {
      const read = argumentsOf(resource);
      const cached = [...read.blocks('ordered_cache_behavior'), ...read.blocks('default_cache_behavior')];
      return {
        id: String(resource.attributes['id']),
        arn: String(resource.attributes['arn']),
        address: resource.address,
        domainName: String(resource.attributes['domain_name']),
        aliases: read.strings('aliases'),
        defaultRootObject: read.optionalString('default_root_object') ?? null,
        behaviors: cached.map((block) => behavior(resources, resource, block)),
        errorResponses: new Map(read.blocks('custom_error_response').map((block) => errorResponse(resource, block))),
      };
    });
}

function errorResponse(resource: ResolvedResource, block: JsonObject): [number, ErrorResponse] {
  const read = argumentsOf({ ...resource, args: block });
  const code = read.number('error_code', 0);
  const path = read.optionalString('response_page_path');
  return [
    code,
    {
      cachingMinTtl: read.number('error_caching_min_ttl', 10),
      page: path === undefined ? null : { path, status: read.number('response_code', code) },
    },
  ];
}

function behavior(resources: ResourceSet, resource: ResolvedResource, block: JsonObject): Behavior {
  const read = argumentsOf({ ...resource, args: block });
  return {
    pathPattern: read.optionalString('path_pattern') ?? null,
    allowedMethods: new Set(read.strings('allowed_methods')),
    trustedKeys: trustedKeys(resources, block, resource.address),
    target: target(resources, resource, block),
  };
}

/** Arguments of a behavior that change answers in ways that are not emulated. */
const REFUSED = [
  'field_level_encryption_id',
  'forwarded_values',
  'function_association',
  'lambda_function_association',
  'origin_request_policy_id',
  'trusted_signers',
];

function target(resources: ResourceSet, resource: ResolvedResource, block: JsonObject): Target {
  const read = argumentsOf({ ...resource, args: block });
  const path = read.optionalString('path_pattern') ?? 'the default behavior';
  const originId = read.string('target_origin_id');
  const origins = argumentsOf(resource).blocks('origin');
  const origin = origins.find((one) => one['origin_id'] === originId);
  if (!origin)
    throw new ConfigurationError(`${resource.address}: ${path} has the origin "${originId}", which it lacks.`);
  const refused = REFUSED.find((name) => block[name] !== undefined && block[name] !== null);
  if (refused) return { kind: 'notEmulated', what: `${resource.address}: ${refused} of ${path}` };
  const found = originOf(resources, origin);
  if (!found)
    return {
      kind: 'notEmulated',
      what: `${resource.address}: the origin ${originId} of ${path} (${String(origin['domain_name'])})`,
    };
  return {
    kind: 'origin',
    origin: found,
    cachePolicy: cachePolicy(resources, read.string('cache_policy_id'), resource.address),
    headers: responseHeaderRules(resources, read.optionalString('response_headers_policy_id'), resource.address),
  };
}

/** Null: it is neither a bucket nor the URL of a function. */
function originOf(resources: ResourceSet, origin: JsonObject): FunctionOrigin | BucketOrigin | null {
  const domainName = String(origin['domain_name']);
  if (isBucketHost(domainName)) return bucketOrigin(resources, origin);
  const url = resources
    .ofType('aws_lambda_function_url')
    .find(({ attributes }) => domainName.startsWith(`${String(attributes['url_id'])}.lambda-url.`));
  return url ? functionOrigin(resources, url, origin) : null;
}

function bucketOrigin(resources: ResourceSet, origin: JsonObject): BucketOrigin {
  return {
    kind: 'bucket',
    domainName: String(origin['domain_name']),
    originPath: String(origin['origin_path'] ?? ''),
    signed: isSigned(resources, origin, 's3'),
  };
}

/** Whether an origin access control of that kind signs all requests. */
function isSigned(resources: ResourceSet, origin: JsonObject, kind: 's3' | 'lambda'): boolean {
  const access = resources
    .ofType('aws_cloudfront_origin_access_control')
    .find(({ attributes }) => attributes['id'] === origin['origin_access_control_id']);
  return access?.args['origin_access_control_origin_type'] === kind && access.args['signing_behavior'] === 'always';
}

function functionOrigin(resources: ResourceSet, url: ResolvedResource, origin: JsonObject): FunctionOrigin {
  const read = argumentsOf(url);
  const authorization = read.string('authorization_type');
  if (authorization !== 'AWS_IAM' && authorization !== 'NONE') {
    throw new ConfigurationError(`${url.address}.authorization_type must be AWS_IAM or NONE, not "${authorization}".`);
  }
  if (read.optionalString('invoke_mode') === 'RESPONSE_STREAM') {
    throw new ConfigurationError(`${url.address}.invoke_mode RESPONSE_STREAM is not emulated by @hiroba/local.`);
  }
  return {
    kind: 'function',
    functionArn: String(url.attributes['function_arn']),
    urlId: String(url.attributes['url_id']),
    domainName: String(origin['domain_name']),
    authorization,
    signed: isSigned(resources, origin, 'lambda'),
  };
}

function cachePolicy(resources: ResourceSet, id: string, address: string): CachePolicy {
  const managed = MANAGED_CACHE_POLICIES.get(id);
  if (managed) return managed;
  const resource = resources.find('aws_cloudfront_cache_policy', 'id', id, `${address}.cache_policy_id`);
  const read = argumentsOf(resource);
  const [keyed] = read.blocks('parameters_in_cache_key_and_forwarded_to_origin');
  const parameters = argumentsOf({ ...resource, args: keyed ?? {} });
  const minTtl = read.number('min_ttl', 0);
  return {
    minTtl,
    defaultTtl: read.number('default_ttl', Math.max(86_400, minTtl)),
    maxTtl: read.number('max_ttl', Math.max(31_536_000, minTtl)),
    queryStrings: selection(resource, parameters.block('query_strings_config'), 'query_string'),
    cookies: selection(resource, parameters.block('cookies_config'), 'cookie'),
    headers: headerNames(resource, parameters.block('headers_config')),
    encodings: [
      ...(parameters.boolean('enable_accept_encoding_brotli', false) ? ['br'] : []),
      ...(parameters.boolean('enable_accept_encoding_gzip', false) ? ['gzip'] : []),
    ],
  };
}

function selection(
  resource: ResolvedResource,
  block: JsonObject | undefined,
  kind: 'query_string' | 'cookie',
): Selection {
  const read = argumentsOf({ ...resource, args: block ?? {} });
  const behavior = read.string(`${kind}_behavior`);
  if (behavior === 'none' || behavior === 'all') return { kind: behavior };
  if (behavior !== 'whitelist' && behavior !== 'allExcept') {
    throw new ConfigurationError(`${resource.address}.${kind}_behavior "${behavior}" is not one of CloudFront's.`);
  }
  return { kind: behavior, names: new Set(itemsOf(resource, read.block(`${kind}s`))) };
}

function headerNames(resource: ResolvedResource, block: JsonObject | undefined): string[] {
  const read = argumentsOf({ ...resource, args: block ?? {} });
  if ((read.optionalString('header_behavior') ?? 'none') === 'none') return [];
  return itemsOf(resource, read.block('headers')).map((name) => name.toLowerCase());
}

function itemsOf(resource: ResolvedResource, block: JsonObject | undefined): string[] {
  return argumentsOf({ ...resource, args: block ?? {} }).strings('items');
}
