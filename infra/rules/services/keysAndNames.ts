import { block, isTrue, text, texts } from '../model/json.ts';
import { policiesOf, statementsOf } from '../model/policy.ts';
import { resourceRule, type Rule } from '../rule.ts';

const KEY = ['aws_kms_key'] as const;
const CERTIFICATE = ['aws_acm_certificate'] as const;
const ZONE = ['aws_route53_zone'] as const;

/** KMS, ACM, Route 53 and SES. */
export const keysAndNames: readonly Rule[] = [
  resourceRule({
    id: 'kms/rotation',
    scanners: ['CKV_AWS_7', 'AWS-0065'],
    reason: 'A key is replaced every year without anybody doing anything.',
    types: KEY,
    inspect: ({ args }) =>
      text(args.customer_master_key_spec || 'SYMMETRIC_DEFAULT') !== 'SYMMETRIC_DEFAULT' ||
      isTrue(args.enable_key_rotation)
        ? undefined
        : { problem: 'is never rotated', fix: 'set enableKeyRotation' },
  }),
  resourceRule({
    id: 'kms/no-public-principal',
    scanners: ['CKV_AWS_33'],
    reason: 'A key that everyone may use protects nothing.',
    types: ['aws_kms_key', 'aws_kms_key_policy'],
    inspect: (key, system) =>
      policiesOf(system)
        .filter(({ resource }) => resource === key)
        .flatMap(statementsOf)
        .some(
          ({ effect, principals, conditions }) =>
            effect === 'Allow' && principals.includes('*') && Object.keys(conditions).length === 0,
        )
        ? {
            problem: 'may be used by everyone',
            fix: 'name the principals, or add kms:CallerAccount and kms:ViaService',
          }
        : undefined,
  }),
  resourceRule({
    id: 'kms/policy',
    scanners: ['CKV2_AWS_64'],
    reason: 'Who may use a key is written down, not left to what KMS gives a key without a policy.',
    types: KEY,
    inspect: (key, system) =>
      text(key.args.policy) !== '' ||
      system.ofType('aws_kms_key_policy').some((each) => system.follow(each, each.args.key_id)?.resource === key)
        ? undefined
        : { problem: 'has no policy', fix: 'set policy' },
  }),
  resourceRule({
    id: 'acm/replaced-safely',
    scanners: ['CKV_AWS_233'],
    reason: 'A certificate in use cannot be deleted: the new one is made first.',
    types: CERTIFICATE,
    inspect: ({ args }) =>
      isTrue(block(args.lifecycle).create_before_destroy)
        ? undefined
        : { problem: 'is destroyed before its successor exists', fix: 'set lifecycle.createBeforeDestroy' },
  }),
  resourceRule({
    id: 'acm/transparency',
    scanners: ['CKV_AWS_234'],
    reason: 'Browsers refuse certificates that are in no public log.',
    types: CERTIFICATE,
    inspect: ({ args }) =>
      block(args.options).certificate_transparency_logging_preference === 'DISABLED'
        ? { problem: 'is in no transparency log', fix: 'remove certificateTransparencyLoggingPreference' }
        : undefined,
  }),
  resourceRule({
    id: 'acm/no-wildcard',
    scanners: ['CKV2_AWS_71'],
    reason: 'The key of one name does not speak for every name.',
    types: CERTIFICATE,
    inspect: ({ args }) =>
      [text(args.domain_name), ...texts(args.subject_alternative_names)]
        .filter((domain) => domain.includes('*'))
        .map((domain) => ({ problem: `is for ${domain}`, fix: 'name each domain' })),
  }),
  resourceRule({
    id: 'acm/dns-validation',
    scanners: [],
    reason: 'A certificate validated by DNS renews itself; one validated by mail waits for a person.',
    types: CERTIFICATE,
    inspect: ({ args }) =>
      args.validation_method === 'DNS'
        ? undefined
        : { problem: 'is not validated by DNS', fix: "set validationMethod to 'DNS'" },
  }),
  resourceRule({
    id: 'route53/dnssec',
    scanners: ['CKV2_AWS_38'],
    reason: 'Answers about our names can be verified.',
    types: ZONE,
    inspect: (zone, system) =>
      system
        .ofType('aws_route53_hosted_zone_dnssec')
        .some((each) => system.follow(each, each.args.hosted_zone_id)?.resource === zone)
        ? undefined
        : { problem: 'is not signed', fix: 'add a Route53HostedZoneDnssec and its key-signing key' },
  }),
  resourceRule({
    id: 'route53/query-log',
    scanners: ['CKV2_AWS_39'],
    reason: 'Who asked for which name can be found out.',
    types: ZONE,
    inspect: (zone, system) =>
      system.ofType('aws_route53_query_log').some((each) => system.follow(each, each.args.zone_id)?.resource === zone)
        ? undefined
        : { problem: 'writes no query log', fix: 'add a Route53QueryLog' },
  }),
  resourceRule({
    id: 'ses/tls',
    scanners: ['CKV_AWS_365'],
    reason: 'Mail is handed over in TLS or not at all.',
    types: ['aws_ses_configuration_set', 'aws_sesv2_configuration_set'],
    inspect: ({ args }) =>
      text(block(args.delivery_options).tls_policy).toUpperCase() === 'REQUIRE'
        ? undefined
        : {
            problem: 'sends mail in the clear when the other side asks for it',
            fix: "set deliveryOptions.tlsPolicy to 'REQUIRE'",
          },
  }),
];
