import type { Block } from '../model/json.ts';
import type { Draft, Mistake } from './draft.ts';

const BUCKET = 'data/aws_s3_bucket.mistake (data/aws_s3_bucket.mistake)';
const CDN = 'edge/aws_cloudfront_distribution.mistake (edge/aws_cloudfront_distribution.mistake)';
const KEY = 'edge/aws_cloudfront_public_key.mistake (edge/aws_cloudfront_public_key.mistake)';
const ACL = 'edge/aws_wafv2_web_acl.mistake (edge/aws_wafv2_web_acl.mistake)';
const CERTIFICATE = 'edge/aws_acm_certificate.mistake (edge/aws_acm_certificate.mistake)';
const ZONE = 'edge/aws_route53_zone.mistake (edge/aws_route53_zone.mistake)';

const bucket = ({ add }: Draft): void => add('data/aws_s3_bucket.mistake', { bucket: 'hiroba-mistake' });
const cdn =
  (args: Block) =>
  ({ add }: Draft): void =>
    add('edge/aws_cloudfront_distribution.mistake', args);
const acl =
  (rules: readonly Block[]) =>
  ({ add }: Draft): void =>
    add('edge/aws_wafv2_web_acl.mistake', { scope: 'CLOUDFRONT', rule: rules });

/** Buckets, the CDN, the firewall and names. */
export const edgeMistakes: readonly Mistake[] = [
  {
    title: 'a bucket may become public',
    rule: 's3/public-access-blocked',
    lines: [
      `${BUCKET} does not block_public_acls: set it in an S3BucketPublicAccessBlock`,
      `${BUCKET} does not block_public_policy: set it in an S3BucketPublicAccessBlock`,
      `${BUCKET} does not ignore_public_acls: set it in an S3BucketPublicAccessBlock`,
      `${BUCKET} does not restrict_public_buckets: set it in an S3BucketPublicAccessBlock`,
    ],
    make: bucket,
  },
  {
    title: 'a bucket is encrypted by an algorithm that does not exist',
    rule: 's3/encrypted',
    lines: [`${BUCKET} is encrypted by AES128: use aws:kms or AES256`],
    make: (draft) => {
      bucket(draft);
      draft.add('data/aws_s3_bucket_server_side_encryption_configuration.mistake', {
        bucket: '${aws_s3_bucket.mistake.id}',
        rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'AES128' } }],
      });
    },
  },
  {
    title: 'a bucket is encrypted with a key of AWS',
    rule: 's3/customer-key',
    lines: [`${BUCKET} is not encrypted with a key of our own: add an S3BucketServerSideEncryptionConfiguration`],
    make: bucket,
  },
  {
    title: 'a bucket keeps no earlier versions',
    rule: 's3/versioning',
    lines: [`${BUCKET} keeps no earlier versions: add an S3BucketVersioning that is Enabled`],
    make: bucket,
  },
  {
    title: 'a bucket writes no access log',
    rule: 's3/access-log',
    lines: [`${BUCKET} writes no access log: add an S3BucketLogging`],
    make: bucket,
  },
  {
    title: 'a bucket has no lifecycle',
    rule: 's3/lifecycle',
    lines: [`${BUCKET} has no lifecycle: add an S3BucketLifecycleConfiguration`],
    make: bucket,
  },
  {
    title: 'unfinished uploads stay',
    rule: 's3/abort-uploads',
    lines: [`${BUCKET} keeps unfinished uploads for ever: add abortIncompleteMultipartUpload to its lifecycle`],
    make: bucket,
  },
  {
    title: 'ACLs decide who reads',
    rule: 's3/acls-disabled',
    lines: [
      'data/aws_s3_bucket_ownership_controls.mistake (data/aws_s3_bucket_ownership_controls.mistake) lets ACLs decide: set objectOwnership to BucketOwnerEnforced',
    ],
    make: ({ add }) =>
      add('data/aws_s3_bucket_ownership_controls.mistake', { rule: { object_ownership: 'ObjectWriter' } }),
  },
  {
    title: 'a bucket is public by its ACL',
    rule: 's3/no-public-acl',
    lines: [`${BUCKET} has the ACL public-read: remove acl`],
    make: ({ add }) => add('data/aws_s3_bucket.mistake', { acl: 'public-read' }),
  },
  {
    title: 'a bucket is public by its policy',
    rule: 's3/no-public-policy',
    lines: [
      'edge/aws_s3_bucket_policy.mistake (edge/aws_s3_bucket_policy.mistake) allows everyone: name the principal',
    ],
    make: ({ add }) => {
      const Statement = [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::a/*' }];
      add('edge/aws_s3_bucket_policy.mistake', { policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
    },
  },
  {
    title: 'a bucket answers without TLS',
    rule: 's3/tls-only',
    lines: [`${BUCKET} answers without TLS: deny s3:* where aws:SecureTransport is false`],
    make: bucket,
  },
  {
    title: 'a bucket has a name that S3 refuses',
    rule: 's3/bucket-name',
    lines: [`${BUCKET} is named Hiroba_Photos: use 3-63 lower-case letters, digits and hyphens (no dots: TLS)`],
    make: ({ add }) => add('data/aws_s3_bucket.mistake', { bucket: 'Hiroba_Photos' }),
  },
  {
    title: 'the CDN lets HTTP in',
    rule: 'cloudfront/https',
    lines: [`${CDN} lets HTTP in for everything else: set viewerProtocolPolicy to redirect-to-https`],
    make: cdn({ default_cache_behavior: { viewer_protocol_policy: 'allow-all' } }),
  },
  {
    title: 'the CDN takes TLS 1.0',
    rule: 'cloudfront/tls-version',
    lines: [`${CDN} takes TLS older than 1.2: set viewerCertificate.minimumProtocolVersion to TLSv1.2_2021`],
    make: cdn({ viewer_certificate: { minimum_protocol_version: 'TLSv1' } }),
  },
  {
    title: 'the CDN has no name of its own',
    rule: 'cloudfront/custom-certificate',
    lines: [`${CDN} is served under cloudfront.net: set HIROBA_DOMAIN`],
    make: cdn({ viewer_certificate: { cloudfront_default_certificate: true } }),
  },
  {
    title: 'the certificate of the CDN is of another Region',
    rule: 'cloudfront/certificate-region',
    lines: [`${CDN} has aws_acm_certificate.tokyo of ap-northeast-1: make the certificate with the us-east-1 provider`],
    make: (draft) => {
      draft.add('edge/aws_acm_certificate.tokyo', { region: 'ap-northeast-1' });
      cdn({ viewer_certificate: { acm_certificate_arn: '${aws_acm_certificate.tokyo.arn}' } })(draft);
    },
  },
  {
    title: 'the CDN has no web ACL',
    rule: 'cloudfront/web-acl',
    lines: [`${CDN} has no web ACL: set webAclId to a CLOUDFRONT web ACL (webAcl in infra/rungs.ts)`],
    make: cdn({}),
  },
  {
    title: 'the web ACL of the CDN lets Log4j lookups through',
    rule: 'cloudfront/web-acl-known-bad-inputs',
    lines: [`${CDN} has aws_wafv2_web_acl.mistake without KnownBadInputs: add AWSManagedRulesKnownBadInputsRuleSet`],
    make: (draft) => {
      acl([])(draft);
      cdn({ web_acl_id: '${aws_wafv2_web_acl.mistake.arn}' })(draft);
    },
  },
  {
    title: 'the CDN writes no log',
    rule: 'cloudfront/log',
    lines: [`${CDN} writes no log: add a log delivery source, or loggingConfig`],
    make: cdn({}),
  },
  {
    title: 'the CDN has no root object',
    rule: 'cloudfront/root-object',
    lines: [`${CDN} has no root object: set defaultRootObject to index.html`],
    make: cdn({}),
  },
  {
    title: 'a behaviour of the CDN sends no security headers',
    rule: 'cloudfront/security-headers',
    lines: [`${CDN} answers /a/* without strict transport security: set responseHeadersPolicyId to a policy with it`],
    make: cdn({ ordered_cache_behavior: [{ path_pattern: '/a/*' }] }),
  },
  {
    title: 'the CDN reads a bucket as anybody',
    rule: 'cloudfront/origin-access-control',
    lines: [
      'data/aws_cloudfront_distribution.mistake (data/aws_cloudfront_distribution.mistake) reads the bucket of origin photos as anybody: set originAccessControlId',
    ],
    make: (draft) => {
      bucket(draft);
      draft.add('data/aws_cloudfront_distribution.mistake', {
        origin: [{ origin_id: 'photos', domain_name: '${aws_s3_bucket.mistake.bucket_regional_domain_name}' }],
      });
    },
  },
  {
    title: 'the CDN fetches from an origin over HTTP',
    rule: 'cloudfront/origin-tls',
    lines: [
      `${CDN} fetches origin api by other than TLS 1.2: set originProtocolPolicy 'https-only' and originSslProtocols ['TLSv1.2']`,
    ],
    make: cdn({ origin: [{ origin_id: 'api', custom_origin_config: { origin_protocol_policy: 'http-only' } }] }),
  },
  {
    title: 'a behaviour names an origin that is not there',
    rule: 'cloudfront/origin-ids',
    lines: [
      `${CDN} sends everything else to the origin sites, which it does not have: use one of site`,
      `${CDN} has the origin site, to which nothing is sent: add a behaviour or remove it`,
    ],
    make: cdn({ origin: [{ origin_id: 'site' }], default_cache_behavior: { target_origin_id: 'sites' } }),
  },
  {
    title: 'the public key is a private one',
    rule: 'cloudfront/public-key',
    lines: [`${KEY} is no public RSA key of 2048 bits in PEM: set HIROBA_CDN_PUBLIC_KEY`],
    make: ({ add }) => add('edge/aws_cloudfront_public_key.mistake', { encoded_key: '-----BEGIN PRIVATE KEY-----\n' }),
  },
  {
    title: 'a price class does not exist',
    rule: 'cloudfront/price-class',
    lines: [`${CDN} has the price class "PriceClass_300": use PriceClass_100, _200 or _All`],
    make: cdn({ price_class: 'PriceClass_300' }),
  },
  {
    title: 'a web ACL has no rules',
    rule: 'waf/has-rules',
    lines: [`${ACL} has no rules: add a rate rule or a managed group`],
    make: acl([]),
  },
  {
    title: 'a rule of a web ACL does nothing',
    rule: 'waf/rule-action',
    lines: [`${ACL} has the rule rate without an action: set action or overrideAction`],
    make: acl([{ name: 'rate', priority: 1 }]),
  },
  {
    title: 'a web ACL lets known bad inputs through',
    rule: 'waf/known-bad-inputs',
    lines: [`${ACL} lets known bad inputs through: add AWSManagedRulesKnownBadInputsRuleSet`],
    make: acl([]),
  },
  {
    title: 'a web ACL writes no log',
    rule: 'waf/log',
    lines: [`${ACL} writes no log: add a Wafv2WebAclLoggingConfiguration`],
    make: acl([]),
  },
  {
    title: 'two rules of a web ACL have one priority',
    rule: 'waf/priorities',
    lines: [`${ACL} has the rule second at priority 1, which another one has: give each rule a priority of its own`],
    make: acl([
      { name: 'first', priority: 1 },
      { name: 'second', priority: 1 },
    ]),
  },
  {
    title: 'a rate rule limits to less than WAF counts',
    rule: 'waf/rate-limit',
    lines: [`${ACL} limits rate to 5: use 10 or more`],
    make: acl([{ name: 'rate', priority: 1, statement: { rate_based_statement: { limit: 5 } } }]),
  },
  {
    title: 'a web ACL for CloudFront is associated with an API',
    rule: 'waf/scope',
    lines: [
      'edge/aws_wafv2_web_acl_association.mistake (edge/aws_wafv2_web_acl_association.mistake) associates aws_wafv2_web_acl.mistake of scope CLOUDFRONT: make a REGIONAL web ACL',
    ],
    make: (draft) => {
      acl([])(draft);
      draft.add('edge/aws_wafv2_web_acl_association.mistake', { web_acl_arn: '${aws_wafv2_web_acl.mistake.arn}' });
    },
  },
  {
    title: 'a certificate is deleted before the next one exists',
    rule: 'acm/replaced-safely',
    lines: [`${CERTIFICATE} is destroyed before its successor exists: set lifecycle.createBeforeDestroy`],
    make: ({ add }) => add('edge/aws_acm_certificate.mistake', {}),
  },
  {
    title: 'a certificate is in no public log',
    rule: 'acm/transparency',
    lines: [`${CERTIFICATE} is in no transparency log: remove certificateTransparencyLoggingPreference`],
    make: ({ add }) =>
      add('edge/aws_acm_certificate.mistake', {
        options: { certificate_transparency_logging_preference: 'DISABLED' },
      }),
  },
  {
    title: 'a certificate is for every name',
    rule: 'acm/no-wildcard',
    lines: [`${CERTIFICATE} is for *.hiroba.example: name each domain`],
    make: ({ add }) => add('edge/aws_acm_certificate.mistake', { domain_name: '*.hiroba.example' }),
  },
  {
    title: 'a certificate is validated by mail',
    rule: 'acm/dns-validation',
    lines: [`${CERTIFICATE} is not validated by DNS: set validationMethod to 'DNS'`],
    make: ({ add }) => add('edge/aws_acm_certificate.mistake', { validation_method: 'EMAIL' }),
  },
  {
    title: 'a zone is not signed',
    rule: 'route53/dnssec',
    lines: [`${ZONE} is not signed: add a Route53HostedZoneDnssec and its key-signing key`],
    make: ({ add }) => add('edge/aws_route53_zone.mistake', { name: 'hiroba.example' }),
  },
  {
    title: 'a zone writes no query log',
    rule: 'route53/query-log',
    lines: [`${ZONE} writes no query log: add a Route53QueryLog`],
    make: ({ add }) => add('edge/aws_route53_zone.mistake', { name: 'hiroba.example' }),
  },
  {
    title: 'mail may be sent in the clear',
    rule: 'ses/tls',
    lines: [
      "edge/aws_sesv2_configuration_set.mistake (edge/aws_sesv2_configuration_set.mistake) sends mail in the clear when the other side asks for it: set deliveryOptions.tlsPolicy to 'REQUIRE'",
    ],
    make: ({ add }) =>
      add('edge/aws_sesv2_configuration_set.mistake', { delivery_options: { tls_policy: 'OPTIONAL' } }),
  },
];
