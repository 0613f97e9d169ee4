import type { JsonObject } from '../json.ts';
import { argumentsOf, type AttributeContext, type DeclaredResource } from './resourceType.ts';

export function lambdaFunctionAttributes(resource: DeclaredResource, { account }: AttributeContext): JsonObject {
  const name = argumentsOf(resource).string('function_name');
  const arn = `arn:aws:lambda:${account.region}:${account.accountId}:function:${name}`;
  return {
    id: name,
    arn,
    qualified_arn: `${arn}:$LATEST`,
    version: '$LATEST',
    invoke_arn: `arn:aws:apigateway:${account.region}:lambda:path/2015-03-31/functions/${arn}/invocations`,
  };
}

export function aliasAttributes(resource: DeclaredResource, { account }: AttributeContext): JsonObject {
  const read = argumentsOf(resource);
  const named = read.string('function_name').split(':function:').at(-1) ?? '';
  const arn = `arn:aws:lambda:${account.region}:${account.accountId}:function:${named}:${read.string('name')}`;
  return { id: arn, arn };
}

/** `function` or `function:qualifier`. */
export function eventInvokeConfigAttributes(resource: DeclaredResource): JsonObject {
  const read = argumentsOf(resource);
  const qualifier = read.optionalString('qualifier') ?? '';
  return { id: qualifier === '' ? read.string('function_name') : `${read.string('function_name')}:${qualifier}` };
}

/** The host name is AWS's own: requests for it are answered in process, by CloudFront's origin. */
export function functionUrlAttributes(resource: DeclaredResource, { account, makeId }: AttributeContext): JsonObject {
  const name = argumentsOf(resource).string('function_name').split(':function:').at(-1) ?? '';
  const urlId = makeId(resource.address, 32);
  return {
    id: name,
    url_id: urlId,
    function_arn: `arn:aws:lambda:${account.region}:${account.accountId}:function:${name}`,
    function_url: `https://${urlId}.lambda-url.${account.region}.on.aws/`,
  };
}

export function eventSourceMappingAttributes(
  resource: DeclaredResource,
  { account, makeId }: AttributeContext,
): JsonObject {
  const uuid = makeId(resource.address, 32, '0123456789abcdef').replace(
    /^(.{8})(.{4})(.{4})(.{4})(.{12})$/,
    '$1-$2-$3-$4-$5',
  );
  return {
    id: uuid,
    uuid,
    arn: `arn:aws:lambda:${account.region}:${account.accountId}:event-source-mapping:${uuid}`,
    function_arn: argumentsOf(resource).string('function_name'),
  };
}
