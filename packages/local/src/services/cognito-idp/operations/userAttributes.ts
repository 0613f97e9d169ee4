import type { JsonObject } from '../../../json.ts';
import { checkAttributes } from '../attributes.ts';
import { countSend, redeemCode, sendCode } from '../codes.ts';
import type { ContactAttribute } from '../config.ts';
import type { Cognito } from '../context.ts';
import { invalidParameter } from '../errors.ts';
import { readAttributes, readMap, readStrings, requireString } from '../input.ts';
import { changeAttributes, requireTokenHolder } from '../people.ts';

/** A changed address is unverified until its code comes back; one that the pool verifies gets a code at once. */
export async function updateUserAttributes(cognito: Cognito, input: JsonObject): Promise<JsonObject> {
  const { pool, client, user } = requireTokenHolder(cognito, requireString(input, 'AccessToken'));
  const changes = readAttributes(input, 'UserAttributes');
  checkAttributes(pool, changes, { client, existing: user });
  const addresses = pool.autoVerifiedAttributes.filter(
    (attribute) => changes.get(attribute) && changes.get(attribute) !== user.attributes[attribute],
  );
  for (const attribute of addresses) countSend(cognito, user, `VERIFY_${attribute}`);
  const changed = changeAttributes(cognito, pool, { user, changes });
  const clientMetadata = readMap(input, 'ClientMetadata');
  const call = { pool, userName: user.username, clientId: client.clientId, clientMetadata };
  const details: JsonObject[] = [];
  for (const attribute of addresses) {
    const purpose = `VERIFY_${attribute}` as const;
    details.push(await sendCode(cognito, call, { user: changed, attribute, purpose, source: 'UpdateUserAttribute' }));
  }
  return { CodeDeliveryDetailsList: details };
}

export async function getUserAttributeVerificationCode(cognito: Cognito, input: JsonObject): Promise<JsonObject> {
  const { pool, client, user } = requireTokenHolder(cognito, requireString(input, 'AccessToken'));
  const attribute = readContactAttribute(input);
  if (!user.attributes[attribute]) throw invalidParameter(`User has no ${attribute} to verify.`);
  countSend(cognito, user, `VERIFY_${attribute}`);
  const clientMetadata = readMap(input, 'ClientMetadata');
  const call = { pool, userName: user.username, clientId: client.clientId, clientMetadata };
  const purpose = `VERIFY_${attribute}` as const;
  return {
    CodeDeliveryDetails: await sendCode(cognito, call, { user, attribute, purpose, source: 'VerifyUserAttribute' }),
  };
}

export async function verifyUserAttribute(cognito: Cognito, input: JsonObject): Promise<JsonObject> {
  const { pool, user } = requireTokenHolder(cognito, requireString(input, 'AccessToken'));
  const attribute = readContactAttribute(input);
  const code = requireString(input, 'Code');
  await redeemCode(cognito, pool, { user, login: user.username, purpose: `VERIFY_${attribute}`, code });
  changeAttributes(cognito, pool, { user, changes: new Map([[`${attribute}_verified`, 'true']]) });
  return {};
}

/** As an update to nothing: what the client may not write or the pool requires stays. */
export function deleteUserAttributes(cognito: Cognito, input: JsonObject): JsonObject {
  const { pool, client, user } = requireTokenHolder(cognito, requireString(input, 'AccessToken'));
  const names = readStrings(input, 'UserAttributeNames') ?? [];
  const changes = new Map(names.map((name): [string, string] => [name, '']));
  checkAttributes(pool, changes, { client, existing: user });
  for (const name of names) {
    if (pool.usernameAttributes?.some((attribute) => attribute === name)) {
      throw invalidParameter(`Cannot delete the attribute ${name}, which users of this pool sign in with.`);
    }
    if (pool.schema?.some(({ name: known, required }) => required && known === name)) {
      throw invalidParameter(`Cannot delete the required attribute ${name}.`);
    }
  }
  changeAttributes(cognito, pool, { user, changes });
  return {};
}

function readContactAttribute(input: JsonObject): ContactAttribute {
  const name = requireString(input, 'AttributeName');
  if (name !== 'email' && name !== 'phone_number') throw invalidParameter(`Attribute ${name} cannot be verified.`);
  return name;
}
