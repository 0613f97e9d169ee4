import { createPublicKey } from 'node:crypto';
import { block, blocks, isTrue, number, text, type Block } from '../model/json.ts';
import type { Resource, System } from '../model/system.ts';
import { resourceRule, type Fault, type Rule } from '../rule.ts';
import { aclHasKnownBadInputs } from './waf.ts';

const DISTRIBUTION = ['aws_cloudfront_distribution'] as const;
const TLS_1_2 = new Set(['TLSv1.2_2021', 'TLSv1.2_2025', 'TLSv1.3_2025']);
/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html */
const MANAGED_WITH_HSTS = new Set([
  '67f7725c-6f97-4210-82d7-5512b31e9d03',
  'e61eb60c-9c35-4d20-a928-2b84e02af89c',
  'eaab4381-ed33-4a86-88ca-d9558dc6cd63',
]);

export const cloudfront: readonly Rule[] = [
  resourceRule({
    id: 'cloudfront/https',
    scanners: ['CKV_AWS_34', 'AWS-0012'],
    reason: 'Nothing travels in the clear.',
    types: DISTRIBUTION,
    inspect: ({ args }) =>
      behavioursOf(args)
        .filter(({ viewer_protocol_policy: policy }) => policy !== 'https-only' && policy !== 'redirect-to-https')
        .map((each) => ({
          problem: `lets HTTP in for ${pathOf(each)}`,
          fix: 'set viewerProtocolPolicy to redirect-to-https',
        })),
  }),
  resourceRule({
    id: 'cloudfront/tls-version',
    scanners: ['CKV_AWS_174', 'AWS-0013'],
    reason: 'TLS 1.2 and newer only. The certificate of cloudfront.net takes TLS 1.0 and cannot be told otherwise.',
    types: DISTRIBUTION,
    inspect: ({ args }) =>
      TLS_1_2.has(text(block(args.viewer_certificate).minimum_protocol_version))
        ? undefined
        : { problem: 'takes TLS older than 1.2', fix: 'set viewerCertificate.minimumProtocolVersion to TLSv1.2_2021' },
  }),
  resourceRule({
    id: 'cloudfront/custom-certificate',
    scanners: ['CKV2_AWS_42'],
    reason: 'Served under a name of our own, a distribution can be replaced without anybody noticing.',
    types: DISTRIBUTION,
    inspect: ({ args }) =>
      text(block(args.viewer_certificate).acm_certificate_arn) === ''
        ? { problem: 'is served under cloudfront.net', fix: 'set HIROBA_DOMAIN' }
        : undefined,
  }),
  resourceRule({
    id: 'cloudfront/certificate-region',
    scanners: [],
    reason: 'CloudFront takes certificates of us-east-1 and of no other Region.',
    types: DISTRIBUTION,
    inspect: (distribution, system) => {
      const certificate = certificateOf(distribution, system);
      const region = certificate && regionOf(certificate, system);
      return region === undefined || region === 'us-east-1'
        ? undefined
        : {
            problem: `has ${certificate?.address} of ${region}`,
            fix: 'make the certificate with the us-east-1 provider',
          };
    },
  }),
  resourceRule({
    id: 'cloudfront/web-acl',
    scanners: ['CKV_AWS_68', 'AWS-0011'],
    reason: 'A rate rule stops one address from buying us traffic.',
    types: DISTRIBUTION,
    inspect: ({ args }) =>
      text(args.web_acl_id) === ''
        ? { problem: 'has no web ACL', fix: 'set webAclId to a CLOUDFRONT web ACL (webAcl in infra/rungs.ts)' }
        : undefined,
  }),
  resourceRule({
    id: 'cloudfront/web-acl-known-bad-inputs',
    scanners: ['CKV2_AWS_47'],
    reason: 'The managed group refuses Log4j lookups and the like before an origin sees them.',
    types: DISTRIBUTION,
    inspect: (distribution, system) => {
      const acl = system.follow(distribution, distribution.args.web_acl_id)?.resource;
      return acl && !aclHasKnownBadInputs(acl)
        ? { problem: `has ${acl.address} without KnownBadInputs`, fix: 'add AWSManagedRulesKnownBadInputsRuleSet' }
        : undefined;
    },
  }),
  resourceRule({
    id: 'cloudfront/log',
    scanners: ['CKV_AWS_86', 'AWS-0010'],
    reason: 'Requests can be counted and looked up. Both ways count: the old bucket log and the newer log delivery.',
    types: DISTRIBUTION,
    inspect: (distribution, system) => {
      const delivered = system
        .ofType('aws_cloudwatch_log_delivery_source')
        .some((source) => system.follow(source, source.args.resource_arn)?.resource === distribution);
      return delivered || blocks(distribution.args.logging_config).length > 0
        ? undefined
        : { problem: 'writes no log', fix: 'add a log delivery source, or loggingConfig' };
    },
  }),
  resourceRule({
    id: 'cloudfront/root-object',
    scanners: ['CKV_AWS_305'],
    reason: 'Without one, `/` asks the bucket for its list.',
    types: DISTRIBUTION,
    inspect: ({ args }) =>
      text(args.default_root_object) === ''
        ? { problem: 'has no root object', fix: 'set defaultRootObject to index.html' }
        : undefined,
  }),
  resourceRule({
    id: 'cloudfront/security-headers',
    scanners: ['CKV2_AWS_32', 'CKV_AWS_259'],
    reason: 'Browsers are told to stay on HTTPS (HSTS) and not to guess content types.',
    types: DISTRIBUTION,
    inspect: (distribution, system) =>
      behavioursOf(distribution.args)
        .filter((each) => !hasHsts(distribution, each, system))
        .map((each) => ({
          problem: `answers ${pathOf(each)} without strict transport security`,
          fix: 'set responseHeadersPolicyId to a policy with it',
        })),
  }),
  resourceRule({
    id: 'cloudfront/origin-access-control',
    scanners: ['CKV2_AWS_46'],
    reason: 'Buckets answer this distribution and nobody else.',
    types: DISTRIBUTION,
    inspect: (distribution, system) =>
      blocks(distribution.args.origin)
        .filter((origin) => system.follow(distribution, origin.domain_name)?.resource.type === 'aws_s3_bucket')
        .filter((origin) => system.follow(distribution, origin.origin_access_control_id) === undefined)
        .map((origin) => ({
          problem: `reads the bucket of origin ${text(origin.origin_id)} as anybody`,
          fix: 'set originAccessControlId',
        })),
  }),
  resourceRule({
    id: 'cloudfront/origin-tls',
    scanners: ['CKV2_AWS_54', 'CKV2_AWS_72'],
    reason: 'CloudFront speaks TLS 1.2 to what it fetches from.',
    types: DISTRIBUTION,
    inspect: ({ args }) =>
      blocks(args.origin)
        .filter((origin) => blocks(origin.custom_origin_config).some((config) => !speaksTls(config)))
        .map((origin) => ({
          problem: `fetches origin ${text(origin.origin_id)} by other than TLS 1.2`,
          fix: "set originProtocolPolicy 'https-only' and originSslProtocols ['TLSv1.2']",
        })),
  }),
  resourceRule({
    id: 'cloudfront/origin-ids',
    scanners: [],
    reason: 'CloudFront refuses a behaviour of an origin that it does not have; Terraform does not look.',
    types: DISTRIBUTION,
    inspect: ({ args }) => originFaults(args),
  }),
  resourceRule({
    id: 'cloudfront/public-key',
    scanners: [],
    reason:
      'CloudFront refuses other keys when all else of the stack is there; a key without its last line break is made anew each time.',
    types: ['aws_cloudfront_public_key'],
    inspect: ({ args }) =>
      isCloudFrontKey(text(args.encoded_key))
        ? undefined
        : { problem: 'is no public RSA key of 2048 bits in PEM', fix: 'set HIROBA_CDN_PUBLIC_KEY' },
  }),
  resourceRule({
    id: 'cloudfront/price-class',
    scanners: [],
    reason: 'A class that does not exist is refused after everything else was made.',
    types: DISTRIBUTION,
    inspect: ({ args }) =>
      ['PriceClass_All', 'PriceClass_200', 'PriceClass_100'].includes(text(args.price_class))
        ? undefined
        : { problem: `has the price class "${text(args.price_class)}"`, fix: 'use PriceClass_100, _200 or _All' },
  }),
];

function isCloudFrontKey(pem: string): boolean {
  if (!pem.startsWith('-----BEGIN PUBLIC KEY-----') || !pem.endsWith('\n')) return false;
  try {
    return createPublicKey(pem).asymmetricKeyDetails?.modulusLength === 2048;
  } catch {
    return false;
  }
}

function behavioursOf(args: Block): readonly Block[] {
  return [...blocks(args.default_cache_behavior), ...blocks(args.ordered_cache_behavior)];
}

function pathOf(behaviour: Block): string {
  return text(behaviour.path_pattern) || 'everything else';
}

/** The certificate itself, or the one whose validation is waited for. */
function certificateOf(distribution: Resource, system: System): Resource | undefined {
  const arn = block(distribution.args.viewer_certificate).acm_certificate_arn;
  const found = system.follow(distribution, arn)?.resource;
  return found?.type === 'aws_acm_certificate_validation'
    ? system.follow(found, found.args.certificate_arn)?.resource
    : found;
}

/** By the resource's own `region`, its provider's, or that of the stack's provider without an alias. */
function regionOf(resource: Resource, { stacks }: System): string | undefined {
  if (typeof resource.args.region === 'string') return resource.args.region;
  const providers = stacks.find(({ name }) => name === resource.stack)?.document.provider.aws ?? [];
  const [, alias] = text(resource.args.provider).split('.');
  const provider = providers.find((each) => (alias ? each.alias === alias : each.alias === undefined));
  return provider && text(provider.region);
}

function hasHsts(distribution: Resource, behaviour: Block, system: System): boolean {
  const policy = behaviour.response_headers_policy_id;
  if (MANAGED_WITH_HSTS.has(text(policy))) return true;
  const own = system.follow(distribution, policy)?.resource.args;
  const hsts = block(block(own?.security_headers_config).strict_transport_security);
  return (number(hsts.access_control_max_age_sec) ?? 0) >= 31_536_000 && isTrue(hsts.override ?? true);
}

function speaksTls({ origin_protocol_policy: policy, origin_ssl_protocols: protocols }: Block): boolean {
  return policy === 'https-only' && Array.isArray(protocols) && protocols.every((each) => each === 'TLSv1.2');
}

function originFaults(args: Block): readonly Fault[] {
  const ids = [...blocks(args.origin), ...blocks(args.origin_group)].map((each) => text(each.origin_id));
  const behaviours = behavioursOf(args);
  const targets = behaviours.map((each) => text(each.target_origin_id));
  const members = blocks(args.origin_group).flatMap((group) =>
    blocks(group.member).map((each) => text(each.origin_id)),
  );
  return [
    ...behaviours
      .filter((each) => !ids.includes(text(each.target_origin_id)))
      .map((each) => ({
        problem: `sends ${pathOf(each)} to the origin ${text(each.target_origin_id)}, which it does not have`,
        fix: `use one of ${ids.join(', ')}`,
      })),
    ...ids
      .filter((id, at) => ids.indexOf(id) !== at)
      .map((id) => ({ problem: `has two origins ${id}`, fix: 'give each its own originId' })),
    ...ids
      .filter((id) => !targets.includes(id) && !members.includes(id))
      .map((id) => ({
        problem: `has the origin ${id}, to which nothing is sent`,
        fix: 'add a behaviour or remove it',
      })),
  ];
}
