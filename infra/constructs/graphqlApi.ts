import {
  AppsyncApiCache,
  AppsyncApiKey,
  AppsyncGraphqlApi,
  CloudwatchLogGroup,
  Construct,
  IamRole,
  IamRolePolicy,
  type KmsKey,
  XraySamplingRule,
} from '../aws.ts';
import { apiKeyQuarters } from '../apiKeyQuarters.ts';
import { allow, trust } from '../iamPolicy.ts';
import type { Stack } from '../stacks/stack.ts';
import { terraformLiteral } from '../terraformLiteral.ts';
import type { UserPool } from './userPool.ts';

export interface GraphqlApiProps {
  /** SDL as AppSync takes it. */
  readonly schema: string;
  readonly members: UserPool;
  readonly logKey: KmsKey | undefined;
}

export interface GraphqlApi {
  readonly api: AppsyncGraphqlApi;
  readonly logGroup: CloudwatchLogGroup;
}

/**
 * The API: members by the user pool; the public by API key, or by IAM with keys of the identity pool; handlers, for the
 * `publish*` mutations, by IAM.
 */
export function graphqlApi(stack: Stack, { schema, members, logKey }: GraphqlApiProps): GraphqlApi {
  const scope = new Construct(stack, 'graphql');
  const logRole = new IamRole(scope, 'role', {
    name: stack.named('graphql-logs'),
    assumeRolePolicy: trust('appsync.amazonaws.com', { accountId: stack.accountId }),
  });
  const api = new AppsyncGraphqlApi(scope, 'resource', {
    name: stack.named('graphql'),
    schema: terraformLiteral(schema),
    authenticationType: 'AMAZON_COGNITO_USER_POOLS',
    userPoolConfig: {
      userPoolId: members.pool.id,
      awsRegion: stack.config.region,
      appIdClientRegex: members.client.id,
      // Applies to what carries no directive, which the primary mode may then read; every root field carries one.
      defaultAction: 'ALLOW',
    },
    additionalAuthenticationProvider: [{ authenticationType: 'API_KEY' }, { authenticationType: 'AWS_IAM' }],
    introspectionConfig: stack.config.introspection ? 'ENABLED' : 'DISABLED',
    queryDepthLimit: 10,
    resolverCountLimit: 500,
    logConfig: { cloudwatchLogsRoleArn: logRole.arn, fieldLogLevel: 'ERROR', excludeVerboseContent: true },
    ...observed(stack),
  });
  cache(stack, api);
  if (stack.config.switches.xraySamplingPercent > 0) sampling(stack, api);
  return { api, logGroup: logs(scope, { stack, api, role: logRole, logKey }) };
}

function observed({ config }: Stack) {
  const { resolverMetrics, xraySamplingPercent } = config.switches;
  return {
    ...(resolverMetrics ? { enhancedMetricsConfig: ALL_METRICS } : {}),
    ...(xraySamplingPercent > 0 ? { xrayEnabled: true } : {}),
  };
}

/** The provider cannot opt single resolvers in, so it is all of them. */
const ALL_METRICS = {
  dataSourceLevelMetricsBehavior: 'FULL_REQUEST_DATA_SOURCE_METRICS',
  operationLevelMetricsConfig: 'ENABLED',
  resolverLevelMetricsBehavior: 'FULL_REQUEST_RESOLVER_METRICS',
} as const;

/** Encryption cannot be switched on later: https://docs.aws.amazon.com/appsync/latest/devguide/enabling-caching.html */
function cache(stack: Stack, api: AppsyncGraphqlApi): void {
  const size = stack.config.switches.apiCache;
  if (!size) return;
  new AppsyncApiCache(stack, 'cache', {
    apiId: api.id,
    apiCachingBehavior: 'PER_RESOLVER_CACHING',
    type: size,
    // What a resolver without a time of its own would get; each has one.
    ttl: 30,
    atRestEncryptionEnabled: true,
    transitEncryptionEnabled: true,
  });
}

function sampling(stack: Stack, api: AppsyncGraphqlApi): void {
  new XraySamplingRule(stack, 'requests', {
    // At most 32 characters.
    ruleName: stack.named('graphql'),
    priority: 1000,
    version: 1,
    // One request a second is always followed, and of the others this part.
    reservoirSize: 1,
    fixedRate: stack.config.switches.xraySamplingPercent / 100,
    resourceArn: api.arn,
    host: '*',
    httpMethod: '*',
    serviceName: '*',
    serviceType: '*',
    urlPath: '*',
  });
}

/** AppSync writes to a group named after the API's id. Made here, so that it has a retention and the role its exact ARN. */
function logs(
  scope: Construct,
  { stack, api, role, logKey }: { stack: Stack; api: AppsyncGraphqlApi; role: IamRole; logKey: KmsKey | undefined },
): CloudwatchLogGroup {
  const group = new CloudwatchLogGroup(scope, 'logs', {
    name: `/aws/appsync/apis/${api.id}`,
    retentionInDays: stack.config.logRetentionDays,
    ...(logKey ? { kmsKeyId: logKey.arn } : {}),
  });
  new IamRolePolicy(scope, 'policy', { name: 'logs', role: role.name, policy: allow([writeLogs(group)]) });
  return group;
}

/** Streams in a log group are named by the service as it goes. */
export function writeLogs(group: CloudwatchLogGroup): { actions: string[]; resources: string[] } {
  return { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [`${group.arn}:log-stream:*`] };
}

/** The keys of this quarter and the last. @returns the newest, which clients are told. */
export function apiKeys(stack: Stack, api: AppsyncGraphqlApi): AppsyncApiKey {
  const [newest, previous] = apiKeyQuarters(stack.config.now).map(
    ({ id, expires }) =>
      new AppsyncApiKey(stack, `key_${id}`, { apiId: api.id, description: `public, ${id}`, expires }),
  );
  if (!newest || !previous) throw new Error('There are two API keys at any time.');
  return newest;
}
