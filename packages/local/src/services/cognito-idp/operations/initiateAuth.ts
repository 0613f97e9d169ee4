import { NotEmulated } from '../../../aws/error.ts';
import type { JsonObject } from '../../../json.ts';
import { type Client, type Cognito, requireClient } from '../context.ts';
import { invalidParameter } from '../errors.ts';
import { readMap, requireString } from '../input.ts';
import { checkSecretHash } from '../people.ts';
import { checkPassword, completeSignIn, requireParameter, type SignIn, startSrp } from '../signIn.ts';
import { refreshTokens } from './getTokensFromRefreshToken.ts';

type Flow = (cognito: Cognito, signIn: SignIn) => JsonObject | Promise<JsonObject>;

async function passwordFlow(cognito: Cognito, signIn: SignIn): Promise<JsonObject> {
  const login = requireParameter(signIn.parameters, 'USERNAME');
  const password = requireParameter(signIn.parameters, 'PASSWORD');
  checkSecretHash(signIn.client, signIn.parameters.get('SECRET_HASH'), [login]);
  return completeSignIn(cognito, signIn, await checkPassword(cognito, signIn, { login, password }));
}

function srpFlow(cognito: Cognito, signIn: SignIn): JsonObject {
  const login = requireParameter(signIn.parameters, 'USERNAME');
  checkSecretHash(signIn.client, signIn.parameters.get('SECRET_HASH'), [login]);
  return startSrp(cognito, signIn);
}

async function refreshFlow(
  cognito: Cognito,
  { pool, client, parameters, clientMetadata }: SignIn,
): Promise<JsonObject> {
  // In our words: AWS documents the refusal, not its text.
  if (client.refreshTokenRotation) {
    throw invalidParameter('The client rotates refresh tokens: renew with GetTokensFromRefreshToken.');
  }
  const token = requireParameter(parameters, 'REFRESH_TOKEN');
  const checkUser = (names: readonly string[]) => checkSecretHash(client, parameters.get('SECRET_HASH'), names);
  const result = await refreshTokens(cognito, { pool, client, token, clientMetadata, checkUser });
  return { ChallengeParameters: {}, AuthenticationResult: result };
}

interface FlowEntry {
  /** What the client must allow. */
  readonly permission: string;
  readonly refusal: string;
  readonly run: Flow;
}

const SRP: FlowEntry = {
  permission: 'ALLOW_USER_SRP_AUTH',
  refusal: 'USER_SRP_AUTH is not enabled for the client.',
  run: srpFlow,
};
const REFRESH: FlowEntry = {
  permission: 'ALLOW_REFRESH_TOKEN_AUTH',
  refusal: 'Auth flow not enabled for this client',
  run: refreshFlow,
};
const ADMIN_PASSWORD: FlowEntry = {
  permission: 'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  refusal: 'Auth flow not enabled for this client',
  run: passwordFlow,
};

const PUBLIC_FLOWS: ReadonlyMap<string, FlowEntry> = new Map([
  ['USER_SRP_AUTH', SRP],
  [
    'USER_PASSWORD_AUTH',
    {
      permission: 'ALLOW_USER_PASSWORD_AUTH',
      refusal: 'USER_PASSWORD_AUTH flow not enabled for this client',
      run: passwordFlow,
    },
  ],
  ['REFRESH_TOKEN_AUTH', REFRESH],
  ['REFRESH_TOKEN', REFRESH],
]);

const ADMIN_FLOWS: ReadonlyMap<string, FlowEntry> = new Map([
  ['USER_SRP_AUTH', SRP],
  ['ADMIN_USER_PASSWORD_AUTH', ADMIN_PASSWORD],
  ['ADMIN_NO_SRP_AUTH', ADMIN_PASSWORD],
  ['REFRESH_TOKEN_AUTH', REFRESH],
  ['REFRESH_TOKEN', REFRESH],
]);

/** The other flow's, and those to come. */
const NOT_EMULATED = new Set(['USER_AUTH', 'CUSTOM_AUTH']);

export function initiateAuth(cognito: Cognito, input: JsonObject): Promise<JsonObject> {
  return start(cognito, input, PUBLIC_FLOWS);
}

export function adminInitiateAuth(cognito: Cognito, input: JsonObject): Promise<JsonObject> {
  const { pool } = requireClient(cognito, requireString(input, 'ClientId'));
  if (pool.poolId !== requireString(input, 'UserPoolId')) {
    throw invalidParameter('Client does not belong to the user pool');
  }
  return start(cognito, input, ADMIN_FLOWS);
}

async function start(cognito: Cognito, input: JsonObject, flows: ReadonlyMap<string, FlowEntry>): Promise<JsonObject> {
  const { client, pool } = requireClient(cognito, requireString(input, 'ClientId'));
  const name = requireString(input, 'AuthFlow');
  if (NOT_EMULATED.has(name)) throw new NotEmulated(`AuthFlow ${name}`);
  const flow = flows.get(name);
  if (!flow) throw invalidParameter(`Unsupported AuthFlow ${name} for this operation`);
  requireFlow(client, flow);
  return flow.run(cognito, {
    pool,
    client,
    parameters: readMap(input, 'AuthParameters'),
    clientMetadata: readMap(input, 'ClientMetadata'),
  });
}

function requireFlow({ explicitAuthFlows }: Client, { permission, refusal }: FlowEntry): void {
  if (!explicitAuthFlows.includes(permission)) throw invalidParameter(refusal);
}
