import type { JsonObject } from '../json.ts';
import { argumentsOf, type AttributeContext, type DeclaredResource } from './resourceType.ts';

export function roleAttributes(resource: DeclaredResource, { account, makeId }: AttributeContext): JsonObject {
  const read = argumentsOf(resource);
  const name = read.string('name');
  const path = read.optionalString('path') ?? '/';
  const unique = makeId(`role/${name}`, 17, UPPER_CASE);
  return { id: name, arn: `arn:aws:iam::${account.accountId}:role${path}${name}`, unique_id: `AROA${unique}` };
}

export function rolePolicyAttributes(resource: DeclaredResource): JsonObject {
  const read = argumentsOf(resource);
  return { id: `${read.string('role')}:${read.optionalString('name') ?? resource.name}` };
}

const UPPER_CASE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
