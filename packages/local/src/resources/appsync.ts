import type { JsonObject } from '../json.ts';
import { argumentsOf, type AttributeContext, type DeclaredResource } from './resourceType.ts';

export function apiAttributes(
  resource: DeclaredResource,
  { account, makeId, endpoints }: AttributeContext,
): JsonObject {
  const id = makeId(resource.address, 26);
  return {
    id,
    arn: `arn:aws:appsync:${account.region}:${account.accountId}:apis/${id}`,
    uris: { GRAPHQL: endpoints.graphql, REALTIME: endpoints.realtime },
  };
}

export function apiKeyAttributes(resource: DeclaredResource, { makeId }: AttributeContext): JsonObject {
  const key = `da2-${makeId(resource.address, 26)}`;
  return { id: `${argumentsOf(resource).string('api_id')}:${key}`, key };
}

export function dataSourceAttributes(resource: DeclaredResource, { account }: AttributeContext): JsonObject {
  const read = argumentsOf(resource);
  const apiId = read.string('api_id');
  const name = read.string('name');
  return { id: `${apiId}-${name}`, arn: `${apiArn(account, apiId)}/datasources/${name}` };
}

export function functionAttributes(resource: DeclaredResource, { account, makeId }: AttributeContext): JsonObject {
  const apiId = argumentsOf(resource).string('api_id');
  const functionId = makeId(resource.address, 26);
  return {
    id: `${apiId}-${functionId}`,
    function_id: functionId,
    arn: `${apiArn(account, apiId)}/functions/${functionId}`,
  };
}

export function resolverAttributes(resource: DeclaredResource, { account }: AttributeContext): JsonObject {
  const read = argumentsOf(resource);
  const apiId = read.string('api_id');
  const type = read.string('type');
  const field = read.string('field');
  return { id: `${apiId}-${type}-${field}`, arn: `${apiArn(account, apiId)}/types/${type}/resolvers/${field}` };
}

function apiArn({ region, accountId }: AttributeContext['account'], apiId: string): string {
  return `arn:aws:appsync:${region}:${accountId}:apis/${apiId}`;
}
