import {
  AcmCertificate,
  AcmCertificateValidation,
  AppsyncDomainName,
  AppsyncDomainNameApiAssociation,
  type AppsyncGraphqlApi,
  type CloudfrontDistribution,
  Construct,
  Route53Record,
  Route53Zone,
} from '../aws.ts';
import type { Stack } from '../stacks/stack.ts';
import type { ProviderChoice } from './usEast1.ts';

/** The stage's own zone: whoever holds the domain above points to its name servers, which are an output. */
export function zone(stack: Stack, domain: string): Route53Zone {
  const own = new Route53Zone(stack, 'domain', {
    name: domain,
    comment: stack.named('domain'),
    // Another zone would have other name servers.
    lifecycle: stack.lifecycle(),
  });
  new Route53Record(stack.group('records'), 'certificate_authorities', {
    zoneId: own.zoneId,
    name: domain,
    type: 'CAA',
    ttl: 3600,
    records: ['0 issue "amazon.com"', '0 issuewild ";"'],
  });
  return own;
}

export interface CertificateProps {
  readonly domain: string;
  readonly zone: Route53Zone;
  /** CloudFront and AppSync take certificates of us-east-1 only. */
  readonly usEast1: ProviderChoice;
}

/** @returns the ARN of a certificate for one name, known when it is valid. */
export function certificateArn(stack: Stack, key: string, { domain, zone, usEast1 }: CertificateProps): string {
  const scope = new Construct(stack.group('certificates'), key);
  const certificate = new AcmCertificate(scope, 'resource', {
    ...usEast1,
    domainName: domain,
    validationMethod: 'DNS',
    lifecycle: { createBeforeDestroy: true },
  });
  // A certificate of one name is proved by one record.
  const proof = `tolist(${certificate.fqn}.domain_validation_options)[0]`;
  const record = new Route53Record(scope, 'proof', {
    zoneId: zone.zoneId,
    name: `\${${proof}.resource_record_name}`,
    type: `\${${proof}.resource_record_type}`,
    records: [`\${${proof}.resource_record_value}`],
    ttl: 300,
    allowOverwrite: true,
  });
  const validation = new AcmCertificateValidation(scope, 'validation', {
    ...usEast1,
    certificateArn: certificate.arn,
    validationRecordFqdns: [record.fqdn],
  });
  return validation.certificateArn;
}

/** The site at the domain itself, by IPv4 and IPv6. */
export function siteRecords(stack: Stack, zone: Route53Zone, edge: CloudfrontDistribution): void {
  for (const type of ['A', 'AAAA']) {
    new Route53Record(stack.group('records'), `site_${type.toLowerCase()}`, {
      zoneId: zone.zoneId,
      name: zone.name,
      type,
      alias: { name: edge.domainName, zoneId: edge.hostedZoneId, evaluateTargetHealth: false },
    });
  }
}

export interface ApiDomainProps {
  readonly domain: string;
  readonly certificateArn: string;
  readonly zone: Route53Zone;
  readonly api: AppsyncGraphqlApi;
}

/** The API under a name that stays when the API is replaced: `/graphql`, and `/graphql/realtime` for subscriptions. */
export function apiDomain(stack: Stack, { domain, certificateArn, zone, api }: ApiDomainProps): void {
  const name = new AppsyncDomainName(stack, 'api', {
    domainName: domain,
    certificateArn,
    description: stack.named('api'),
  });
  new AppsyncDomainNameApiAssociation(stack.group('api domains'), 'api', {
    apiId: api.id,
    domainName: name.domainName,
  });
  new Route53Record(stack.group('records'), 'api', {
    zoneId: zone.zoneId,
    name: domain,
    type: 'A',
    alias: { name: name.appsyncDomainName, zoneId: name.hostedZoneId, evaluateTargetHealth: false },
  });
}
