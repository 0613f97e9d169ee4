import type { JsonObject } from '../../../json.ts';
import { aliasesOf } from '../attributes.ts';
import { countSend, deliveryDetails, redeemCode, sendCode } from '../codes.ts';
import { type Cognito, type Pool, requireClient, requirePool } from '../context.ts';
import { aliasExists, codeMismatch, invalidParameter, notAuthorized, userNotFound } from '../errors.ts';
import { optionalBoolean, optionalString, readMap, requireString } from '../input.ts';
import { changeUser, checkSecretHash, findUser, requireUser, subjectOf } from '../people.ts';
import type { User } from '../store/users.ts';
import { postConfirmation } from '../triggers.ts';
import { attributeToVerify } from './signUp.ts';

const UNKNOWN = 'Username/client id combination not found.';

export async function confirmSignUp(cognito: Cognito, input: JsonObject): Promise<JsonObject> {
  const { client, pool } = requireClient(cognito, requireString(input, 'ClientId'));
  const login = requireString(input, 'Username');
  const code = requireString(input, 'ConfirmationCode');
  checkSecretHash(client, optionalString(input, 'SecretHash'), [login]);
  const user = findUser(cognito, pool, login);
  if (!user && client.preventUserExistenceErrors === 'LEGACY') throw userNotFound(UNKNOWN);
  if (user) requireUnconfirmed(user);
  const attribute = user && attributeToVerify(pool, user);
  const takeOver = optionalBoolean(input, 'ForceAliasCreation');
  if (user && attribute && !takeOver) refuseTakenAlias(cognito, pool, { user, attribute });
  await redeemCode(cognito, pool, { user, login, purpose: 'SIGN_UP', code });
  if (!user) throw codeMismatch();

  const verified = attribute ? { [`${attribute}_verified`]: 'true' } : {};
  const current = cognito.users.find(pool.poolId, user.username) ?? user;
  if (attribute && takeOver) releaseAlias(cognito, pool, { user: current, attribute });
  const confirmed = changeUser(cognito, pool, {
    username: user.username,
    change: { status: 'CONFIRMED', attributes: { ...current.attributes, ...verified } },
  });
  const clientMetadata = readMap(input, 'ClientMetadata');
  const call = { pool, userName: user.username, clientId: client.clientId, clientMetadata };
  await postConfirmation(cognito, call, { source: 'PostConfirmation_ConfirmSignUp', user: confirmed });
  return {};
}

export async function adminConfirmSignUp(cognito: Cognito, input: JsonObject): Promise<JsonObject> {
  const pool = requirePool(cognito, requireString(input, 'UserPoolId'));
  const user = requireUser(cognito, pool, requireString(input, 'Username'));
  requireUnconfirmed(user);
  const { username } = user;
  const confirmed = changeUser(cognito, pool, { username, change: { status: 'CONFIRMED' } });
  const call = { pool, userName: username, clientMetadata: readMap(input, 'ClientMetadata') };
  await postConfirmation(cognito, call, { source: 'PostConfirmation_ConfirmSignUp', user: confirmed });
  return {};
}

/** Where existence is hidden, an unknown name is told that a code is on its way. */
export async function resendConfirmationCode(cognito: Cognito, input: JsonObject): Promise<JsonObject> {
  const { client, pool } = requireClient(cognito, requireString(input, 'ClientId'));
  const login = requireString(input, 'Username');
  checkSecretHash(client, optionalString(input, 'SecretHash'), [login]);
  const user = findUser(cognito, pool, login);
  if (!user && client.preventUserExistenceErrors === 'LEGACY') throw userNotFound(UNKNOWN);
  if (user && user.status !== 'UNCONFIRMED') throw invalidParameter('User is already confirmed.');
  const attribute = user && attributeToVerify(pool, user);
  if (user && !attribute) throw invalidParameter('Auto verification not turned on.');
  countSend(cognito, subjectOf(pool, user, login), 'SIGN_UP');
  if (!user || !attribute) return { CodeDeliveryDetails: simulatedDelivery(login) };
  const call = {
    pool,
    userName: user.username,
    clientId: client.clientId,
    clientMetadata: readMap(input, 'ClientMetadata'),
  };
  return {
    CodeDeliveryDetails: await sendCode(cognito, call, { user, attribute, purpose: 'SIGN_UP', source: 'ResendCode' }),
  };
}

/** What an unknown name is shown instead of its address. */
export const simulatedDelivery = (login: string) =>
  deliveryDetails('email', login.includes('@') ? login : `${login}@example.com`);

function requireUnconfirmed({ status }: User): void {
  if (status !== 'UNCONFIRMED') throw notAuthorized(`User cannot be confirmed. Current status is ${status}`);
}

interface AliasClaim {
  readonly user: User;
  readonly attribute: 'email' | 'phone_number';
}

/** The aliases this user will have once the address is verified, as far as another user holds them. */
function takenAlias(cognito: Cognito, pool: Pool, { user, attribute }: AliasClaim) {
  const verified = { ...user, attributes: { ...user.attributes, [`${attribute}_verified`]: 'true' } };
  const alias = aliasesOf(pool, verified).find((candidate) => candidate.attribute === attribute);
  const owner = alias && cognito.users.aliasOwner(pool.poolId, alias);
  return owner === user.username ? undefined : owner;
}

function refuseTakenAlias(cognito: Cognito, pool: Pool, claim: AliasClaim): void {
  if (takenAlias(cognito, pool, claim) !== undefined) throw aliasExists(claim.attribute);
}

/** `ForceAliasCreation`: the previous holder keeps the address, unverified, and no longer signs in with it. */
function releaseAlias(cognito: Cognito, pool: Pool, claim: AliasClaim): void {
  const owner = takenAlias(cognito, pool, claim);
  const previous = owner === undefined ? undefined : cognito.users.find(pool.poolId, owner);
  if (!previous) return;
  const attributes = { ...previous.attributes, [`${claim.attribute}_verified`]: 'false' };
  changeUser(cognito, pool, { username: previous.username, change: { attributes } });
}
