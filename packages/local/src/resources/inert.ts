import type { JsonObject } from '../json.ts';
import { argumentsOf, type AttributeContext, type DeclaredResource } from './resourceType.ts';

/** Attributes that others refer to, of resources that do nothing here. */
export function onlyAnId(resource: DeclaredResource, { makeId }: AttributeContext): JsonObject {
  return { id: makeId(resource.address, 14).toUpperCase() };
}

export function distributionAttributes(resource: DeclaredResource, { account, makeId }: AttributeContext): JsonObject {
  const id = `E${makeId(resource.address, 13).toUpperCase()}`;
  return {
    id,
    arn: `arn:aws:cloudfront::${account.accountId}:distribution/${id}`,
    domain_name: `d${makeId(resource.address, 13)}.cloudfront.net`,
    hosted_zone_id: 'Z2FDTNDATAQYW2',
  };
}

/** As in `Key-Pair-Id`. */
export function publicKeyAttributes(resource: DeclaredResource, { makeId }: AttributeContext): JsonObject {
  return { id: `K${makeId(resource.address, 13).toUpperCase()}` };
}

export function logGroupAttributes(resource: DeclaredResource, { account }: AttributeContext): JsonObject {
  const name = argumentsOf(resource).string('name');
  return { id: name, arn: `arn:aws:logs:${account.region}:${account.accountId}:log-group:${name}` };
}

/** What most services add: an id, and an ARN that ends in the name, or in the id where there is none. */
export function named(service: string, kind: string) {
  return (resource: DeclaredResource, { account, makeId }: AttributeContext): JsonObject => {
    const id = makeId(resource.address, 36, '0123456789abcdef');
    const name = argumentsOf(resource).optionalString('name');
    const last = kind === '' ? (name ?? id) : `${kind}/${name ?? id}`;
    return { id, key_id: id, arn: `arn:aws:${service}:${account.region}:${account.accountId}:${last}` };
  };
}

export function oidcProviderAttributes(resource: DeclaredResource, { account }: AttributeContext): JsonObject {
  const host = argumentsOf(resource)
    .string('url')
    .replace(/^https:\/\//, '');
  const arn = `arn:aws:iam::${account.accountId}:oidc-provider/${host}`;
  return { id: arn, arn };
}
