import type { JsonObject } from '../../json.ts';
import { violated } from './errors.ts';

/** Readers of request members. They refuse what the service's model refuses, and never repeat a token. */

const ID = { pattern: /^[\w-]+:[0-9a-f-]+$/, maximum: 55 } as const;
const MAX_LOGINS = 10;
const MAX_TOKEN_LENGTH = 50_000;
const MAX_PROVIDER_LENGTH = 128;

/** `IdentityPoolId` or `IdentityId`; messages begin with a small letter. */
export function requireId(input: JsonObject, name: 'IdentityPoolId' | 'IdentityId'): string {
  const value = Object.hasOwn(input, name) ? input[name] : null;
  const member = `${name[0]?.toLowerCase()}${name.slice(1)}`;
  if (value === null || value === undefined) throw violated(member, 'Member must not be null', 'null ');
  if (typeof value !== 'string') throw violated(member, 'Member must be a string');
  if (value.length > ID.maximum) throw violated(member, `Member must have length less than or equal to ${ID.maximum}`);
  if (!ID.pattern.test(value)) {
    throw violated(member, 'Member must satisfy regular expression pattern: [\\w-]+:[0-9a-f-]+', `'${value}' `);
  }
  return value;
}

/** `Logins`: the token of each provider. */
export function readLogins(input: JsonObject): ReadonlyMap<string, string> {
  const value = Object.hasOwn(input, 'Logins') ? input['Logins'] : null;
  if (value === null || value === undefined) return new Map();
  if (typeof value !== 'object' || Array.isArray(value)) throw violated('logins', 'Member must be a map');
  const entries = Object.entries(value);
  if (entries.length > MAX_LOGINS) {
    throw violated('logins', `Member must have length less than or equal to ${MAX_LOGINS}`);
  }
  return new Map(
    entries.map(([provider, token]) => {
      if (typeof token !== 'string' || token === '')
        throw violated('logins', 'Map value must be a string of 1 or more');
      if (provider.length > MAX_PROVIDER_LENGTH || token.length > MAX_TOKEN_LENGTH) {
        throw violated('logins', 'Map keys and values must not be longer than the model says');
      }
      return [provider, token];
    }),
  );
}
