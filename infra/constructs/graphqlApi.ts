import { AppsyncApiKey, AppsyncGraphqlApi, CloudwatchLogGroup, Construct, IamRole, IamRolePolicy } from '../aws.ts';
import { apiKeyQuarters } from '../apiKeyQuarters.ts';
import { allow, trust } from '../iamPolicy.ts';
import type { Stack } from '../stacks/stack.ts';
import { terraformLiteral } from '../terraformLiteral.ts';
import type { UserPool } from './userPool.ts';

export interface GraphqlApiProps {
  /** SDL as AppSync takes it. */
  readonly schema: string;
  readonly members: UserPool;
}

/** The API: members by the user pool; the public by API key; handlers, for the `publish*` mutations, by IAM. */
export function graphqlApi(stack: Stack, { schema, members }: GraphqlApiProps): AppsyncGraphqlApi {
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
  });
  logs(scope, { stack, api, role: logRole });
  return api;
}

/** AppSync writes to a group named after the API's id. Made here, so that it has a retention and the role its exact ARN. */
function logs(scope: Construct, { stack, api, role }: { stack: Stack; api: AppsyncGraphqlApi; role: IamRole }): void {
  const group = new CloudwatchLogGroup(scope, 'logs', {
    name: `/aws/appsync/apis/${api.id}`,
    retentionInDays: stack.config.logRetentionDays,
  });
  new IamRolePolicy(scope, 'policy', { name: 'logs', role: role.name, policy: allow([writeLogs(group)]) });
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
