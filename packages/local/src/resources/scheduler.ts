import type { JsonObject } from '../json.ts';
import { argumentsOf, type AttributeContext, type DeclaredResource } from './resourceType.ts';

/** A name is made up where the Terraform leaves it out. */
export function scheduleAttributes(resource: DeclaredResource, { account, makeId }: AttributeContext): JsonObject {
  const read = argumentsOf(resource);
  const prefix = read.optionalString('name_prefix') ?? 'terraform-';
  const name = read.optionalString('name') ?? `${prefix}${makeId(resource.address, 26)}`;
  const group = read.optionalString('group_name') ?? 'default';
  return {
    id: `${group}/${name}`,
    name,
    group_name: group,
    arn: `arn:aws:scheduler:${account.region}:${account.accountId}:schedule/${group}/${name}`,
  };
}
