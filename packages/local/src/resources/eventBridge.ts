import type { JsonObject } from '../json.ts';
import { argumentsOf, type AttributeContext, type DeclaredResource } from './resourceType.ts';

export function eventBusAttributes(resource: DeclaredResource, { account }: AttributeContext): JsonObject {
  const name = argumentsOf(resource).string('name');
  return { id: name, name, arn: `arn:aws:events:${account.region}:${account.accountId}:event-bus/${name}` };
}
