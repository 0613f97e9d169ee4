import type { JsonObject } from '../json.ts';
import type { IdMaker } from '../data/ids.ts';
import { argumentsOf, type AttributeContext, type DeclaredResource } from './resourceType.ts';

export function roleAttributes(resource: DeclaredResource, { account, makeId }: AttributeContext): JsonObject {
  const read = argumentsOf(resource);
  const name = read.string('name');
  const path = read.optionalString('path') ?? '/';
  const arn = `arn:aws:iam::${account.accountId}:role${path}${name}`;
  return { id: name, arn, unique_id: roleUniqueId(name, makeId) };
}

/** What AWS calls the role where its name may be used again, as in the `SenderId` of a message. */
export function roleUniqueId(roleName: string, makeId: IdMaker): string {
  return `AROA${makeId(`role/${roleName}`, 17, UPPER_CASE)}`;
}

export function rolePolicyAttributes(resource: DeclaredResource): JsonObject {
  const read = argumentsOf(resource);
  return { id: `${read.string('role')}:${read.optionalString('name') ?? resource.name}` };
}

const UPPER_CASE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
