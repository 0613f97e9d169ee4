import type { JsonObject } from '../json.ts';
import { ALPHANUMERIC } from '../data/ids.ts';
import { argumentsOf, type AttributeContext, type DeclaredResource } from './resourceType.ts';

export function userPoolAttributes(resource: DeclaredResource, { account, makeId }: AttributeContext): JsonObject {
  const id = `${account.region}_${makeId(resource.address, 9, ALPHANUMERIC)}`;
  return {
    id,
    arn: `arn:aws:cognito-idp:${account.region}:${account.accountId}:userpool/${id}`,
    endpoint: `cognito-idp.${account.region}.amazonaws.com/${id}`,
  };
}

export function clientAttributes(resource: DeclaredResource, { makeId }: AttributeContext): JsonObject {
  const id = makeId(resource.address, 26);
  if (!argumentsOf(resource).boolean('generate_secret', false)) return { id };
  return { id, client_secret: makeId(`${resource.address}/secret`, 51) };
}

/** Its id is `POOL_ID:NAME`. */
export function identityProviderAttributes(resource: DeclaredResource): JsonObject {
  const read = argumentsOf(resource);
  return { id: `${read.string('user_pool_id')}:${read.string('provider_name')}` };
}

export function identityPoolAttributes(resource: DeclaredResource, { account, makeId }: AttributeContext): JsonObject {
  const hex = makeId(resource.address, 32, '0123456789abcdef');
  const id = `${account.region}:${hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`;
  return { id, arn: `arn:aws:cognito-identity:${account.region}:${account.accountId}:identitypool/${id}` };
}

/** Its id is the pool's. */
export function identityRolesAttributes(resource: DeclaredResource): JsonObject {
  return { id: argumentsOf(resource).string('identity_pool_id') };
}

/** Its id is the domain, or the part of it before `.auth.`. */
export function domainAttributes(resource: DeclaredResource): JsonObject {
  return { id: argumentsOf(resource).string('domain') };
}

export function groupAttributes(resource: DeclaredResource): JsonObject {
  const read = argumentsOf(resource);
  return { id: `${read.string('user_pool_id')}/${read.string('name')}` };
}
