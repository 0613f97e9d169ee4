import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { AwsError } from '../../src/aws/error.ts';
import { type ManualClock, manualClock } from '../../src/clock.ts';
import { createSealing } from '../../src/data/sealing.ts';
import type { Authorizer } from '../../src/aws/service.ts';
import type { JsonObject } from '../../src/json.ts';
import { systemRandom } from '../../src/random.ts';
import {
  createCognitoIdp,
  type InvokeTrigger,
  type UserPoolClientDefinition,
  type UserPoolDefinition,
} from '../../src/services/cognito-idp/index.ts';
import { createOutbox } from '../../src/services/outbox/index.ts';

export const POOL_ID = 'us-east-1_Ab3dEf9hI';
export const CLIENT_ID = '1h57kf5cpq17m0eml12EXAMPLE';
export const PASSWORD = 'Hiroba!2026';
/** 2026-11-22T01:52:09Z */
export const NOON = Date.UTC(2026, 10, 22, 1, 52, 9);

const pool: UserPoolDefinition = {
  poolId: POOL_ID,
  name: 'members',
  arn: `arn:aws:cognito-idp:us-east-1:123456789012:userpool/${POOL_ID}`,
  address: 'aws_cognito_user_pool.members',
  passwordPolicy: {
    minimumLength: 10,
    requireUppercase: true,
    requireLowercase: true,
    requireNumbers: true,
    requireSymbols: true,
    temporaryPasswordValidityDays: 7,
  },
  autoVerifiedAttributes: ['email'],
  mfa: 'OFF',
  mfaFactors: [],
  lambdaTriggers: {},
};

const client: UserPoolClientDefinition = {
  clientId: CLIENT_ID,
  poolId: POOL_ID,
  name: 'web',
  explicitAuthFlows: [
    'ALLOW_USER_SRP_AUTH',
    'ALLOW_USER_PASSWORD_AUTH',
    'ALLOW_ADMIN_USER_PASSWORD_AUTH',
    'ALLOW_REFRESH_TOKEN_AUTH',
  ],
  preventUserExistenceErrors: 'ENABLED',
};

export interface Request {
  readonly operation: string;
  readonly input: JsonObject;
}

export interface Options {
  readonly pool?: Partial<UserPoolDefinition>;
  readonly client?: Partial<UserPoolClientDefinition>;
  readonly invokeTrigger?: InvokeTrigger;
  readonly authorizer?: Authorizer;
  readonly clock?: ManualClock;
  readonly path?: string;
}

/** One pool with one client, behind a server that speaks Cognito's protocol to unmodified clients. */
export async function startCognito(options: Options = {}) {
  const clock = options.clock ?? manualClock(NOON);
  const outbox = createOutbox({ clock });
  const database = new DatabaseSync(options.path ?? ':memory:');
  const cognito = createCognitoIdp({
    database,
    account: { region: 'us-east-1', accountId: '123456789012' },
    clock,
    wallClock: clock,
    sealing: createSealing(options.path === undefined ? null : dirname(options.path), systemRandom),
    random: systemRandom,
    outbox,
    authorizer: options.authorizer ?? { authorize: () => undefined },
    invokeTrigger: options.invokeTrigger,
  });
  cognito.provisionPool({ ...pool, ...options.pool });
  cognito.provisionClient({ ...client, ...options.client });

  const requests: Request[] = [];
  const call = async (operation: string, input: JsonObject): Promise<JsonObject> => {
    requests.push({ operation, input });
    return cognito.call(operation, input, { arn: 'anonymous' });
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const operation = String(request.headers['x-amz-target']).replace('AWSCognitoIdentityProviderService.', '');
    const [status, body] = await call(operation, JSON.parse(Buffer.concat(chunks).toString()) as JsonObject).then(
      (answer): [number, unknown] => [200, answer],
      (error: unknown): [number, unknown] =>
        error instanceof AwsError
          ? [error.statusCode, { __type: error.code, message: error.message }]
          : [500, { __type: 'Defect', message: String(error) }],
    );
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const sdk = new CognitoIdentityProviderClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-secret' },
    maxAttempts: 1,
  });

  return {
    cognito,
    clock,
    outbox,
    database,
    requests,
    url,
    sdk,
    call,
    /** The last code sent to this address. */
    lastCode(to: string): string {
      return /\b\d{6}\b/.exec(outbox.list({ to }).at(-1)?.body ?? '')?.[0] ?? 'no code';
    },
    /** A confirmed user with `PASSWORD`. */
    async addUser(username: string, password = PASSWORD): Promise<void> {
      await call('AdminCreateUser', {
        UserPoolId: POOL_ID,
        Username: username,
        MessageAction: 'SUPPRESS',
        UserAttributes: [
          { Name: 'email', Value: `${username.split('@')[0]}@example.com` },
          { Name: 'email_verified', Value: 'true' },
        ],
      });
      await call('AdminSetUserPassword', {
        UserPoolId: POOL_ID,
        Username: username,
        Password: password,
        Permanent: true,
      });
    },
    /** Signs in by password; the tokens, or the challenge. */
    signIn(username: string, password = PASSWORD): Promise<JsonObject> {
      return call('InitiateAuth', {
        ClientId: CLIENT_ID,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: username, PASSWORD: password },
      });
    },
    async tokens(username: string): Promise<{ AccessToken: string; IdToken: string; RefreshToken: string }> {
      const answer = await this.signIn(username);
      return answer['AuthenticationResult'] as { AccessToken: string; IdToken: string; RefreshToken: string };
    },
    async close(): Promise<void> {
      sdk.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      if (database.isOpen) database.close();
    },
  };
}

export type TestCognito = Awaited<ReturnType<typeof startCognito>>;

/** The claims of a token, unchecked. */
export function readClaims(token: string): JsonObject {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as JsonObject;
}

/** A wrong code of the same form. */
export const wrongCode = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
