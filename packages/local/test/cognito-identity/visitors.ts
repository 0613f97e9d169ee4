import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sha256 } from '@aws-crypto/sha256-js';
import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  CognitoIdentityProviderClient,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { SignatureV4 } from '@smithy/signature-v4';
import { onTestFinished } from 'vitest';
import { type ManualClock, manualClock } from '../../src/clock.ts';
import type { AccessKey, SessionKey } from '../../src/aws/credentials.ts';
import { type LocalOptions, type LocalSystem, startLocal } from '../../src/index.ts';
import { control } from '../application/control.ts';

/** A small application: `whoAmI` is open to guests, `members` to users, `secret` to whom a policy lets. */
export function visitorsTerraform() {
  const api = '${aws_appsync_graphql_api.api.arn}';
  const allowing = (...fields: string[]) =>
    document([
      {
        Effect: 'Allow',
        Action: 'appsync:GraphQL',
        Resource: fields.map((field) => `${api}/types/Query/fields/${field}`),
      },
    ]);
  const code =
    'export const request = () => ({ payload: null }); export const response = (ctx) => JSON.stringify(ctx.identity);';
  const resolver = (field: string) => ({
    api_id: '${aws_appsync_graphql_api.api.id}',
    type: 'Query',
    field,
    data_source: '${aws_appsync_datasource.none.name}',
    code,
    runtime: { name: 'APPSYNC_JS', runtime_version: '1.0.0' },
  });
  return {
    provider: { aws: [{ region: 'us-east-1' }] },
    resource: {
      aws_cognito_user_pool: { people: { name: 'people' }, strangers: { name: 'strangers' } },
      aws_cognito_user_pool_client: {
        web: { name: 'web', user_pool_id: '${aws_cognito_user_pool.people.id}' },
        other: { name: 'other', user_pool_id: '${aws_cognito_user_pool.people.id}' },
        strangers: { name: 'strangers', user_pool_id: '${aws_cognito_user_pool.strangers.id}' },
      },
      aws_cognito_identity_pool: {
        visitors: {
          identity_pool_name: 'visitors',
          allow_unauthenticated_identities: true,
          allow_classic_flow: false,
          cognito_identity_providers: [
            {
              provider_name: '${aws_cognito_user_pool.people.endpoint}',
              client_id: '${aws_cognito_user_pool_client.web.id}',
              server_side_token_check: true,
            },
          ],
        },
      },
      aws_cognito_identity_pool_roles_attachment: {
        visitors: {
          identity_pool_id: '${aws_cognito_identity_pool.visitors.id}',
          roles: {
            authenticated: '${aws_iam_role.users.arn}',
            unauthenticated: '${aws_iam_role.guests.arn}',
          } as Record<string, string>,
        },
      },
      aws_iam_role: {
        guests: { name: 'guests', assume_role_policy: trusting('unauthenticated') },
        users: { name: 'users', assume_role_policy: trusting('authenticated') },
      },
      aws_iam_role_policy: {
        guests: { name: 'reads', role: '${aws_iam_role.guests.name}', policy: allowing('whoAmI') },
        users: { name: 'reads', role: '${aws_iam_role.users.name}', policy: allowing('whoAmI', 'members') },
      },
      aws_appsync_graphql_api: {
        api: {
          name: 'visitors',
          authentication_type: 'AWS_IAM',
          additional_authentication_provider: [
            {
              authentication_type: 'AMAZON_COGNITO_USER_POOLS',
              user_pool_config: { user_pool_id: '${aws_cognito_user_pool.people.id}', aws_region: 'us-east-1' },
            },
          ],
          schema: 'type Query { whoAmI: String members: String secret: String }',
        },
      },
      aws_appsync_datasource: {
        none: { api_id: '${aws_appsync_graphql_api.api.id}', name: 'none', type: 'NONE' },
      },
      aws_appsync_resolver: { who: resolver('whoAmI'), members: resolver('members'), secret: resolver('secret') },
    },
    output: { user_pool_client_id: { value: '${aws_cognito_user_pool_client.web.id}' } },
  };
}

export type VisitorsTerraform = ReturnType<typeof visitorsTerraform>;

const document = (Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });

/** The trust policy of a role for identities; `conditions` replaces what is asked of them. */
export function trusting(type: string, conditions?: object): string {
  const Condition = conditions ?? {
    StringEquals: { 'cognito-identity.amazonaws.com:aud': '${aws_cognito_identity_pool.visitors.id}' },
    'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': type },
  };
  const Principal = { Federated: 'cognito-identity.amazonaws.com' };
  return document([{ Effect: 'Allow', Principal, Action: 'sts:AssumeRoleWithWebIdentity', Condition }]);
}

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

export interface Keys extends SessionKey {
  readonly expiration: Date;
}

export interface Visitors {
  readonly system: LocalSystem;
  readonly clock: ManualClock;
  readonly log: readonly string[];
  readonly poolId: string;
  /** An operation of the service, unsigned as browsers send it. */
  ask(operation: string, input: object): Promise<Answer>;
  guestId(): Promise<string>;
  /** The keys in the answer to GetCredentialsForIdentity. */
  keysOf(identityId: string, logins?: Record<string, string>): Promise<Keys>;
  /** A new user's ID token, from the pool of that name and the client of the output. */
  idToken(username: string, pool?: string): Promise<string>;
  disable(username: string): Promise<void>;
  /** `Logins` with a token, said to be of that pool. */
  logins(token: string, pool?: string): Promise<Record<string, string>>;
  graphql(query: string, key: AccessKey): Promise<Answer>;
  stop(): Promise<void>;
}

/** 2026-11-22T01:52:09Z */
export const NOON = Date.UTC(2026, 10, 22, 1, 52, 9);

export async function startVisitors(
  change: (terraform: VisitorsTerraform) => void = () => undefined,
  options: Partial<LocalOptions> & { readonly clock?: ManualClock } = {},
): Promise<Visitors> {
  const folder = await mkdtemp(join(tmpdir(), 'visitors-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const terraform = visitorsTerraform();
  change(terraform);
  await writeFile(join(folder, 'main.tf.json'), JSON.stringify(terraform));
  const clock = options.clock ?? manualClock(NOON);
  const log: string[] = [];
  const onLog = (line: string): void => void log.push(line);
  const system = await startLocal({ from: folder, port: 0, awsPort: 0, dataDirectory: null, onLog, ...options, clock });
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= system.close());
  onTestFinished(stop);
  return { system, clock, log, stop, poolId: system.configuration?.identityPoolId ?? '', ...callsOf(system) };
}

function callsOf(system: LocalSystem) {
  const { endpoints, credentials, configuration } = system;
  const IdentityPoolId = configuration?.identityPoolId ?? '';
  const cognito = new CognitoIdentityProviderClient({ endpoint: endpoints.aws, region: 'us-east-1', credentials });

  async function ask(operation: string, input: object): Promise<Answer> {
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityService.${operation}`,
    };
    const response = await fetch(`${endpoints.aws}/`, { method: 'POST', headers, body: JSON.stringify(input) });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }
  async function poolId(name: string): Promise<string> {
    const { UserPools = [] } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }));
    return UserPools.find(({ Name }) => Name === name)?.Id ?? '';
  }

  return {
    ask,
    async guestId() {
      return String((await ask('GetId', { IdentityPoolId })).body['IdentityId']);
    },
    async keysOf(IdentityId: string, Logins?: Record<string, string>) {
      const { body } = await ask('GetCredentialsForIdentity', { IdentityId, ...(Logins ? { Logins } : {}) });
      if (!body['Credentials']) throw new Error(JSON.stringify(body));
      const key = body['Credentials'] as Record<string, string>;
      return {
        accessKeyId: key['AccessKeyId'] ?? '',
        secretAccessKey: key['SecretKey'] ?? '',
        sessionToken: key['SessionToken'] ?? '',
        expiration: new Date(Number(key['Expiration']) * 1_000),
      };
    },
    async idToken(Username: string, pool = 'people') {
      const UserPoolId = await poolId(pool);
      await cognito.send(new AdminCreateUserCommand({ UserPoolId, Username, MessageAction: 'SUPPRESS' }));
      const tokens = await control(system, 'sign-in', {
        UserPoolId,
        ClientId: configuration?.userPoolClientId ?? '',
        Username,
      });
      return String(tokens['IdToken']);
    },
    async disable(Username: string) {
      await cognito.send(new AdminDisableUserCommand({ UserPoolId: await poolId('people'), Username }));
    },
    logins: async (token: string, pool = 'people') => ({
      [`cognito-idp.us-east-1.amazonaws.com/${await poolId(pool)}`]: token,
    }),
    graphql: (query: string, key: AccessKey) => signedQuery(new URL(endpoints.graphql), query, key),
  };
}

async function signedQuery(url: URL, query: string, key: AccessKey): Promise<Answer> {
  const body = JSON.stringify({ query });
  const signer = new SignatureV4({ credentials: key, region: 'us-east-1', service: 'appsync', sha256: Sha256 });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    port: Number(url.port),
    path: url.pathname,
    headers: { host: url.host, 'content-type': 'application/json' },
    body,
  });
  const response = await fetch(url, { method: 'POST', headers, body });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
