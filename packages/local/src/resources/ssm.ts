import type { JsonObject } from '../json.ts';
import { argumentsOf, type AttributeContext, type DeclaredResource } from './resourceType.ts';

export function parameterAttributes(resource: DeclaredResource, { account }: AttributeContext): JsonObject {
  const name = argumentsOf(resource).string('name');
  const path = name.startsWith('/') ? name : `/${name}`;
  return { id: name, arn: `arn:aws:ssm:${account.region}:${account.accountId}:parameter${path}`, version: 1 };
}
