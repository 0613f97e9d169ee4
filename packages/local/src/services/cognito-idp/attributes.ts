import type { JsonObject, JsonValue } from '../../json.ts';
import type { AttributeDefinition } from './config.ts';
import type { Client, Pool } from './context.ts';
import { invalidParameter, notAuthorized } from './errors.ts';
import type { StringMap } from './input.ts';
import type { Alias, User } from './store/users.ts';

/** OpenID Connect's standard claims, which every pool has. */
const STANDARD = new Set(
  `address birthdate email email_verified family_name gender given_name locale middle_name name nickname phone_number
   phone_number_verified picture preferred_username profile updated_at website zoneinfo`.split(/\s+/),
);
const VERIFIED_FLAGS = ['email_verified', 'phone_number_verified'];
const EMAIL = /^[^\s@<>()",;:\\[\]]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/i;
const PHONE_NUMBER = /^\+[1-9]\d{1,14}$/;

export const isEmail = (value: string) => EMAIL.test(value) && !value.includes('..');
export const isPhoneNumber = (value: string) => PHONE_NUMBER.test(value);

/**
 * Checks attributes against the pool's schema and the client's right to write them. `client` is absent for an
 * administrator, `existing` for a new user, who must have what the pool requires unless `partial`.
 */
export function checkAttributes(
  pool: Pool,
  attributes: StringMap,
  { client, existing, partial = existing !== undefined }: { client?: Client; existing?: User; partial?: boolean } = {},
): void {
  const definitions = new Map(pool.schema?.map((definition) => [definition.name, definition]));
  for (const [name, value] of attributes) {
    const definition = definitions.get(name);
    if (!STANDARD.has(name) && !(definition && name.startsWith('custom:'))) {
      if (name === 'sub') throw invalidParameter('Cannot modify the non-mutable attribute sub');
      throw nonConforming(name, 'Attribute does not exist in the schema.');
    }
    if (client && !mayWrite(client, name)) {
      throw notAuthorized('A client attempted to write unauthorized attribute');
    }
    if (existing && definition?.mutable === false && existing.attributes[name] !== value) {
      throw invalidParameter(`user.${name}: Attribute cannot be updated.`);
    }
    checkValue(name, value, definition);
  }
  if (partial) return;
  for (const { name, required } of definitions.values()) {
    if (required && name !== 'sub' && !attributes.get(name)) throw nonConforming(name, 'The attribute is required');
  }
}

/** Clients never write the flags that say an address was verified. */
function mayWrite(client: Client, name: string): boolean {
  return !VERIFIED_FLAGS.includes(name) && (client.writeAttributes?.includes(name) ?? true);
}

function checkValue(name: string, value: string, definition: AttributeDefinition | undefined): void {
  if (name === 'email' && value !== '' && !isEmail(value)) throw invalidParameter('Invalid email address format.');
  if (name === 'phone_number' && value !== '' && !isPhoneNumber(value)) {
    throw invalidParameter('Invalid phone number format.');
  }
  if (VERIFIED_FLAGS.includes(name) && value !== 'true' && value !== 'false') {
    throw nonConforming(name, 'Attribute must be either true or false');
  }
  if (!definition) return;
  const { dataType = 'String', minimum = -Infinity, maximum = Infinity } = definition;
  if (dataType === 'Number') {
    const number = /^-?\d+$/.test(value) ? Number(value) : NaN;
    if (!(number >= minimum && number <= maximum)) throw nonConforming(name, 'Number is not in the allowed range');
  } else if (dataType === 'Boolean') {
    if (value !== 'true' && value !== 'false') throw nonConforming(name, 'Attribute must be either true or false');
  } else if (dataType === 'String') {
    if (value.length < minimum) throw nonConforming(name, `String must be no shorter than ${minimum} characters`);
    if (value.length > maximum) throw nonConforming(name, `String must be no longer than ${maximum} characters`);
  }
}

const nonConforming = (name: string, problem: string) =>
  invalidParameter(`Attributes did not conform to the schema: ${name}: ${problem}`);

/** The user's attributes after a change; a new address is unverified, an empty value removes. */
export function mergeAttributes(user: Pick<User, 'attributes'>, changes: StringMap): Record<string, string> {
  const merged = new Map(Object.entries(user.attributes));
  for (const [name, value] of changes) {
    const flag = `${name}_verified`;
    if (VERIFIED_FLAGS.includes(flag) && merged.get(name) !== value) {
      if (value === '') merged.delete(flag);
      else merged.set(flag, 'false');
    }
    if (value === '') merged.delete(name);
    else merged.set(name, value);
  }
  for (const flag of VERIFIED_FLAGS) {
    const explicit = changes.get(flag);
    if (explicit !== undefined) merged.set(flag, explicit);
  }
  return Object.fromEntries(merged);
}

/** Names and values of sign-in are compared without case when the pool says so. */
export function foldCase(pool: Pool, value: string): string {
  return pool.usernameCaseSensitive === false ? value.toLowerCase() : value;
}

/** Under which other names this user signs in: username attributes at once, aliases when verified. */
export function aliasesOf(pool: Pool, user: Pick<User, 'attributes' | 'status'>): readonly Alias[] {
  // Who comes from elsewhere signs in there: their addresses are no names here, and may be another's, too.
  if (user.status === 'EXTERNAL_PROVIDER') return [];
  const usernameAttributes = pool.usernameAttributes ?? [];
  const verified = (pool.aliasAttributes ?? []).filter((name) =>
    name === 'preferred_username' ? user.status !== 'UNCONFIRMED' : user.attributes[`${name}_verified`] === 'true',
  );
  return [...usernameAttributes, ...verified].flatMap((attribute) => {
    const value = user.attributes[attribute];
    return value ? [{ attribute, value: foldCase(pool, value) }] : [];
  });
}

/** `[{Name, Value}]` with `sub` first, as GetUser and ListUsers give them; a client sees what it may read. */
export function attributeList(user: User, client?: Client): JsonValue[] {
  const readable = Object.entries(user.attributes).filter(([name]) => client?.readAttributes?.includes(name) ?? true);
  return [['sub', user.sub] as const, ...readable].map(([Name, Value]) => ({ Name, Value }));
}

/** A user as administrators see it: epoch seconds, `Attributes` or `UserAttributes` added by the caller. */
export function userSummary(user: User): JsonObject {
  return {
    Username: user.username,
    UserCreateDate: user.createdAt / 1_000,
    UserLastModifiedDate: user.modifiedAt / 1_000,
    Enabled: user.enabled,
    UserStatus: user.status,
  };
}
