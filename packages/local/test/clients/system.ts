import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import type { LocalOptions } from '../../src/index.ts';
import { control } from '../application/control.ts';
import { startGreenhouse } from '../application/start.ts';

const EVERYBODY = '@aws_api_key @aws_cognito_user_pools @aws_iam';
const SCHEMA = `
  type Query ${EVERYBODY} { readings(sensor: ID!, limit: Int): [Reading!]!  average(sensor: ID!): Average }
  type Mutation ${EVERYBODY} { record(sensor: ID!, celsius: Float!): Reading }
  type Subscription ${EVERYBODY} { recorded(sensor: ID): Reading @aws_subscribe(mutations: ["record"]) }
  type Reading ${EVERYBODY} { sensor: ID!  at: AWSDateTime!  celsius: Float! }
  type Average ${EVERYBODY} { sensor: ID!  celsius: Float!  readings: Int!  alert: Float }
`;

/** The greenhouse for callers of three modes, and a user of its pool. */
export async function startForClients(options: Partial<LocalOptions> = {}) {
  const started = await startGreenhouse(({ resource }) => {
    const api = resource.aws_appsync_graphql_api.api;
    Object.assign(api, {
      schema: SCHEMA,
      additional_authentication_provider: [
        { authentication_type: 'AWS_IAM' },
        {
          authentication_type: 'AMAZON_COGNITO_USER_POOLS',
          user_pool_config: { user_pool_id: '${aws_cognito_user_pool.gardeners.id}', default_action: 'ALLOW' },
        },
      ],
    });
    const { Query_readings, Query_average, Mutation_record } = resource.aws_appsync_resolver;
    Object.assign(resource, { aws_appsync_resolver: { Query_readings, Query_average, Mutation_record } });
    Object.assign(resource, {
      aws_cognito_user_pool: { gardeners: { name: 'gardeners' } },
      aws_cognito_user_pool_client: {
        app: {
          name: 'app',
          user_pool_id: '${aws_cognito_user_pool.gardeners.id}',
          explicit_auth_flows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
        },
      },
    });
  }, options);
  return { ...started, token: () => signIn(started.system) };
}

async function signIn(system: Awaited<ReturnType<typeof startGreenhouse>>['system']): Promise<string> {
  const { userPoolId, userPoolClientId } = system.configuration ?? {};
  const { accessKeyId, secretAccessKey } = system.credentials;
  const cognito = new CognitoIdentityProviderClient({
    endpoint: system.endpoints.aws,
    region: 'eu-central-1',
    credentials: { accessKeyId, secretAccessKey },
  });
  const user = { UserPoolId: userPoolId ?? '', Username: 'ann' };
  await cognito.send(new AdminCreateUserCommand({ ...user, MessageAction: 'SUPPRESS' }));
  await cognito.send(new AdminSetUserPasswordCommand({ ...user, Password: 'Greenhouse-1', Permanent: true }));
  const input = { UserPoolId: userPoolId ?? '', ClientId: userPoolClientId ?? '', Username: 'ann' };
  const { AccessToken } = await control(system, 'sign-in', input);
  return String(AccessToken);
}
