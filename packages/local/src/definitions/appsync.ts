import type { JsonObject } from '../json.ts';
import { argumentsOf, ConfigurationError, type ResolvedResource } from '../resources/resourceType.ts';
import type {
  ApiKey,
  AppSyncApi,
  AuthenticationProvider,
  CacheDefinition,
  CachingBehavior,
  CachingConfig,
  DataSourceDefinition,
  FunctionDefinition,
  ResolverDefinition,
} from '../services/appsync/model.ts';
import type { Account } from '../aws/account.ts';
import { principalOfRole } from './principals.ts';
import type { ResourceSet } from './resourceSet.ts';

/** The GraphQL API of the Terraform, or null where there is none. */
export function appSyncApi(resources: ResourceSet, account: Account): AppSyncApi | null {
  const [api, ...others] = resources.ofType('aws_appsync_graphql_api');
  if (!api) return null;
  if (others.length > 0) {
    throw new ConfigurationError(
      `One GraphQL API can be served at a time, and the Terraform has ${others.length + 1}: ` +
        `${[api, ...others].map(({ address }) => address).join(', ')}.`,
    );
  }
  const read = argumentsOf(api);
  const apiId = String(api.attributes['id']);
  const inApi = (resource: ResolvedResource): boolean => resource.args['api_id'] === apiId;
  return {
    apiId,
    arn: String(api.attributes['arn']),
    name: read.string('name'),
    ...account,
    schema: read.string('schema'),
    defaultAuthentication: authentication(api, api.args),
    additionalAuthentication: read
      .blocks('additional_authentication_provider')
      .map((block) => authentication(api, block)),
    apiKeys: resources.ofType('aws_appsync_api_key').filter(inApi).map(apiKey),
    introspection: read.optionalString('introspection_config') !== 'DISABLED',
    queryDepthLimit: read.number('query_depth_limit', 0),
    resolverCountLimit: read.number('resolver_count_limit', 0),
    // The provider cannot set environment variables (terraform-provider-aws 6), so `ctx.env` is empty on AWS too.
    environment: {},
    ...apiCache(resources.ofType('aws_appsync_api_cache').filter(inApi)),
    dataSources: resources
      .ofType('aws_appsync_datasource')
      .filter(inApi)
      .map((source) => dataSource(source, resources)),
    functions: resources.ofType('aws_appsync_function').filter(inApi).map(pipelineFunction),
    resolvers: resources.ofType('aws_appsync_resolver').filter(inApi).map(resolver),
  };
}

function apiCache([resource]: readonly ResolvedResource[]): { readonly cache?: CacheDefinition } {
  if (resource === undefined) return {};
  const read = argumentsOf(resource);
  const behavior = read.string('api_caching_behavior');
  if (!isCachingBehavior(behavior)) {
    throw new ConfigurationError(
      `${resource.address}.api_caching_behavior: ${behavior} is not emulated by @hiroba/local`,
    );
  }
  return { cache: { address: resource.address, behavior, ttlSeconds: read.number('ttl', 0) } };
}

const isCachingBehavior = (text: string): text is CachingBehavior =>
  ['FULL_REQUEST_CACHING', 'PER_RESOLVER_CACHING', 'OPERATION_LEVEL_CACHING'].includes(text);

function authentication(api: ResolvedResource, block: JsonObject): AuthenticationProvider {
  const type = block['authentication_type'];
  if (type === 'API_KEY' || type === 'AWS_IAM') return { type };
  if (type !== 'AMAZON_COGNITO_USER_POOLS') {
    throw new ConfigurationError(
      `${api.address}: the authentication type ${String(type)} is not emulated by @hiroba/local`,
    );
  }
  const pool = argumentsOf({ ...api, args: block }).block('user_pool_config');
  if (!pool) throw new ConfigurationError(`${api.address}.user_pool_config is missing`);
  const regex = pool['app_id_client_regex'];
  return {
    type,
    userPoolId: String(pool['user_pool_id']),
    defaultAction: pool['default_action'] === 'DENY' ? 'DENY' : 'ALLOW',
    ...(typeof regex === 'string' ? { appIdClientRegex: regex } : {}),
  };
}

function apiKey(resource: ResolvedResource): ApiKey {
  const text = argumentsOf(resource).optionalString('expires');
  // AppSync gives seven days where nothing is said. Here such a key has no end, since nobody renews it on a laptop.
  const expires = text === undefined ? Number.POSITIVE_INFINITY : Date.parse(text);
  if (Number.isNaN(expires))
    throw new ConfigurationError(`${resource.address}.expires is not an RFC 3339 time: "${text}"`);
  return { key: String(resource.attributes['key']), expires };
}

function dataSource(resource: ResolvedResource, resources: ResourceSet): DataSourceDefinition {
  const read = argumentsOf(resource);
  const common = { name: read.string('name'), address: resource.address };
  const principal = () =>
    principalOfRole(resources, read.string('service_role_arn'), `${resource.address}.service_role_arn`);
  const type = read.string('type');
  switch (type) {
    case 'NONE':
      return { ...common, type };
    case 'AMAZON_DYNAMODB':
      return {
        ...common,
        type,
        tableName: String(block(resource, 'dynamodb_config')['table_name']),
        principal: principal(),
      };
    case 'AWS_LAMBDA':
      return {
        ...common,
        type,
        functionArn: String(block(resource, 'lambda_config')['function_arn']),
        principal: principal(),
      };
    case 'HTTP':
      return {
        ...common,
        type,
        ...http(resource),
        ...(read.optionalString('service_role_arn') ? { principal: principal() } : {}),
      };
    case 'AMAZON_EVENTBRIDGE':
      return {
        ...common,
        type,
        eventBusArn: String(block(resource, 'event_bridge_config')['event_bus_arn']),
        principal: principal(),
      };
    default:
      return { ...common, type: 'NOT_EMULATED', awsType: type };
  }
}

function http(resource: ResolvedResource): { endpoint: string; signingService?: string; signingRegion?: string } {
  const config = block(resource, 'http_config');
  const endpoint = String(config['endpoint']);
  const authorization = argumentsOf({ ...resource, args: config }).block('authorization_config');
  const iam = authorization && argumentsOf({ ...resource, args: authorization }).block('aws_iam_config');
  if (!iam) return { endpoint };
  return {
    endpoint,
    signingService: String(iam['signing_service_name']),
    signingRegion: String(iam['signing_region']),
  };
}

function block(resource: ResolvedResource, name: string): JsonObject {
  const found = argumentsOf(resource).block(name);
  if (!found) throw new ConfigurationError(`${resource.address}.${name} is missing`);
  return found;
}

function pipelineFunction(resource: ResolvedResource): FunctionDefinition {
  const read = argumentsOf(resource);
  return {
    functionId: String(resource.attributes['function_id']),
    name: read.string('name'),
    address: resource.address,
    dataSource: read.string('data_source'),
    code: read.string('code'),
  };
}

function resolver(resource: ResolvedResource): ResolverDefinition {
  const read = argumentsOf(resource);
  const code = read.optionalString('code');
  const dataSourceName = read.optionalString('data_source');
  if (read.optionalString('request_template') !== undefined || read.optionalString('response_template') !== undefined) {
    throw new ConfigurationError(
      `${resource.address} is written in VTL, which is not emulated by @hiroba/local: use APPSYNC_JS.`,
    );
  }
  const pipeline = read.block('pipeline_config');
  const functions = pipeline?.['functions'];
  return {
    typeName: read.string('type'),
    fieldName: read.string('field'),
    address: resource.address,
    kind: read.optionalString('kind') === 'PIPELINE' ? 'PIPELINE' : 'UNIT',
    functionIds: Array.isArray(functions) ? functions.map(String) : [],
    maxBatchSize: read.number('max_batch_size', 0),
    ...caching(read.block('caching_config')),
    ...(code === undefined ? {} : { code }),
    ...(dataSourceName === undefined ? {} : { dataSource: dataSourceName }),
  };
}

function caching(block: JsonObject | undefined): { readonly caching?: CachingConfig } {
  if (block === undefined) return {};
  const keys = block['caching_keys'];
  return { caching: { ttlSeconds: Number(block['ttl']), keys: Array.isArray(keys) ? keys.map(String) : [] } };
}
