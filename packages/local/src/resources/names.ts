import type { JsonObject } from '../json.ts';
import { argumentsOf, type AttributeContext, type DeclaredResource } from './resourceType.ts';

/** Attributes of domain names and certificates, which do nothing here. */
export function certificateAttributes(resource: DeclaredResource, { account, makeId }: AttributeContext): JsonObject {
  const domain = argumentsOf(resource).string('domain_name');
  const arn = `arn:aws:acm:us-east-1:${account.accountId}:certificate/${makeId(resource.address, 36, '0123456789abcdef')}`;
  const proof = makeId(`${resource.address} proof`, 32, '0123456789abcdef');
  return {
    id: arn,
    arn,
    domain_validation_options: [
      {
        domain_name: domain,
        resource_record_name: `_${proof}.${domain}.`,
        resource_record_type: 'CNAME',
        resource_record_value: `_${proof}.acm-validations.aws.`,
      },
    ],
  };
}

export function zoneAttributes(resource: DeclaredResource, { makeId }: AttributeContext): JsonObject {
  const id = `Z${makeId(resource.address, 20).toUpperCase()}`;
  const nameServers = [1, 2, 3, 4].map((number) => `ns-${number}.awsdns-0${number}.org`);
  return { id, zone_id: id, arn: `arn:aws:route53:::hostedzone/${id}`, name_servers: nameServers };
}

export function recordAttributes(resource: DeclaredResource): JsonObject {
  const read = argumentsOf(resource);
  const name = read.string('name').replace(/\.$/, '');
  return { id: `${read.string('zone_id')}_${name}_${read.string('type')}`, fqdn: name };
}

export function apiDomainAttributes(resource: DeclaredResource, { makeId }: AttributeContext): JsonObject {
  const id = argumentsOf(resource).string('domain_name');
  return {
    id,
    appsync_domain_name: `d${makeId(resource.address, 13)}.cloudfront.net`,
    hosted_zone_id: 'Z2FDTNDATAQYW2',
  };
}
