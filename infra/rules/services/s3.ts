import { block, blocks, isTrue, text, type Block } from '../model/json.ts';
import { policiesOf, statementsOf } from '../model/policy.ts';
import type { Resource, System } from '../model/system.ts';
import { interpolationsOf } from '../model/template.ts';
import { resourceRule, type Fault, type Inspect, type Rule } from '../rule.ts';

const BUCKET = ['aws_s3_bucket'] as const;

export const s3: readonly Rule[] = [
  resourceRule({
    id: 's3/public-access-blocked',
    scanners: [
      ...['CKV_AWS_53', 'CKV_AWS_54', 'CKV_AWS_55', 'CKV_AWS_56', 'CKV2_AWS_6'],
      ...['AWS-0086', 'AWS-0087', 'AWS-0091', 'AWS-0093', 'AWS-0094'],
    ],
    reason: 'No policy and no ACL that somebody adds later opens a bucket to the world.',
    types: BUCKET,
    inspect: (bucket, system) => {
      const [access] = settingsOf(bucket, system, 'aws_s3_bucket_public_access_block');
      const open = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'];
      return open
        .filter((setting) => !isTrue(access?.args[setting]))
        .map((setting) => ({ problem: `does not ${setting}`, fix: `set it in an S3BucketPublicAccessBlock` }));
    },
  }),
  resourceRule({
    id: 's3/encrypted',
    scanners: ['CKV_AWS_19', 'AWS-0088'],
    reason: 'S3 encrypts every object since January 2023; the algorithm stated must be one that exists.',
    types: BUCKET,
    inspect: (bucket, system) => {
      const algorithm = encryptionOf(bucket, system).sse_algorithm;
      return algorithm === undefined || ['AES256', 'aws:kms', 'aws:kms:dsse'].includes(text(algorithm))
        ? undefined
        : { problem: `is encrypted by ${text(algorithm)}`, fix: 'use aws:kms or AES256' };
    },
  }),
  resourceRule({
    id: 's3/customer-key',
    scanners: ['CKV_AWS_145', 'AWS-0132'],
    reason: 'With a key of our own, access to the objects can be seen and ended in one place.',
    types: BUCKET,
    inspect: (bucket, system) => {
      const { sse_algorithm: algorithm, kms_master_key_id: key } = encryptionOf(bucket, system);
      return text(algorithm).startsWith('aws:kms') && text(key) !== ''
        ? undefined
        : {
            problem: 'is not encrypted with a key of our own',
            fix: 'add an S3BucketServerSideEncryptionConfiguration',
          };
    },
  }),
  resourceRule({
    id: 's3/versioning',
    scanners: ['CKV_AWS_21', 'AWS-0090'],
    reason: 'An object that was overwritten or deleted by mistake is still there.',
    types: BUCKET,
    inspect: (bucket, system) =>
      settingsOf(bucket, system, 'aws_s3_bucket_versioning').some(
        ({ args }) => block(args.versioning_configuration).status === 'Enabled',
      )
        ? undefined
        : { problem: 'keeps no earlier versions', fix: 'add an S3BucketVersioning that is Enabled' },
  }),
  resourceRule({
    id: 's3/access-log',
    scanners: ['CKV_AWS_18', 'AWS-0089'],
    reason: 'Who read which object can be found out afterwards.',
    types: BUCKET,
    inspect: needs('aws_s3_bucket_logging', 'writes no access log', 'add an S3BucketLogging'),
  }),
  resourceRule({
    id: 's3/lifecycle',
    scanners: ['CKV2_AWS_61'],
    reason: 'What nobody needs any more is deleted or moved without anybody remembering to.',
    types: BUCKET,
    inspect: needs(
      'aws_s3_bucket_lifecycle_configuration',
      'has no lifecycle',
      'add an S3BucketLifecycleConfiguration',
    ),
  }),
  resourceRule({
    id: 's3/abort-uploads',
    scanners: ['CKV_AWS_300'],
    reason: 'Parts of an upload that never ended are paid for and seen by nobody.',
    types: BUCKET,
    inspect: (bucket, system) =>
      settingsOf(bucket, system, 'aws_s3_bucket_lifecycle_configuration').some(({ args }) =>
        blocks(args.rule).some(
          (rule) => rule.status === 'Enabled' && blocks(rule.abort_incomplete_multipart_upload).length > 0,
        ),
      )
        ? undefined
        : { problem: 'keeps unfinished uploads for ever', fix: 'add abortIncompleteMultipartUpload to its lifecycle' },
  }),
  resourceRule({
    id: 's3/acls-disabled',
    scanners: ['CKV2_AWS_65'],
    reason: 'Policies alone decide; BucketOwnerEnforced is what S3 gives a bucket that says nothing.',
    types: ['aws_s3_bucket_ownership_controls'],
    inspect: ({ args }) =>
      block(args.rule).object_ownership === 'BucketOwnerEnforced'
        ? undefined
        : { problem: 'lets ACLs decide', fix: 'set objectOwnership to BucketOwnerEnforced' },
  }),
  resourceRule({
    id: 's3/no-public-acl',
    scanners: ['CKV_AWS_20', 'CKV_AWS_57', 'AWS-0092'],
    reason: 'Nobody reads or writes but through CloudFront and signed addresses.',
    types: ['aws_s3_bucket', 'aws_s3_bucket_acl'],
    inspect: ({ args }) =>
      /public|authenticated-read/.test(text(args.acl))
        ? { problem: `has the ACL ${text(args.acl)}`, fix: 'remove acl' }
        : undefined,
  }),
  resourceRule({
    id: 's3/no-public-policy',
    scanners: ['CKV_AWS_70'],
    reason: 'An Allow for everyone is a public bucket, whatever its conditions say today.',
    types: ['aws_s3_bucket_policy'],
    inspect: (policy, system) =>
      statementsFor(policy, system).some(({ effect, principals }) => effect === 'Allow' && principals.includes('*'))
        ? { problem: 'allows everyone', fix: 'name the principal' }
        : undefined,
  }),
  resourceRule({
    id: 's3/tls-only',
    scanners: [],
    reason: 'Encrypted in transit is refused otherwise, not hoped for.',
    types: BUCKET,
    inspect: (bucket, system) =>
      settingsOf(bucket, system, 'aws_s3_bucket_policy')
        .flatMap((policy) => statementsFor(policy, system))
        .some(
          ({ effect, conditions }) => effect === 'Deny' && block(conditions.Bool)['aws:SecureTransport'] === 'false',
        )
        ? undefined
        : { problem: 'answers without TLS', fix: 'deny s3:* where aws:SecureTransport is false' },
  }),
  resourceRule({
    id: 's3/bucket-name',
    scanners: [],
    reason: 'S3 refuses the name when it is made; Terraform does not look.',
    types: BUCKET,
    inspect: ({ args }) => nameFault(text(args.bucket)),
  }),
];

function settingsOf(bucket: Resource, system: System, type: string): readonly Resource[] {
  return system.ofType(type).filter((each) => system.follow(each, each.args.bucket)?.resource === bucket);
}

function needs(type: string, problem: string, fix: string): Inspect {
  return (bucket, system) => (settingsOf(bucket, system, type).length > 0 ? undefined : { problem, fix });
}

function encryptionOf(bucket: Resource, system: System): Block {
  const [encryption] = settingsOf(bucket, system, 'aws_s3_bucket_server_side_encryption_configuration');
  return block(block(encryption?.args.rule).apply_server_side_encryption_by_default);
}

function statementsFor(policy: Resource, system: System) {
  return policiesOf(system)
    .filter(({ resource }) => resource === policy)
    .flatMap(statementsOf);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html. An account id stands for what is evaluated. */
function nameFault(written: string): Fault | undefined {
  if (written === '') return { problem: 'has no name', fix: 'set bucket' };
  const name = interpolationsOf(written).reduceRight(
    (text, { at, end }) => `${text.slice(0, at)}123456789012${text.slice(end)}`,
    written,
  );
  const allowed =
    /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name) &&
    !/^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|--x-s3|--table-s3)$/.test(name);
  return allowed
    ? undefined
    : { problem: `is named ${written}`, fix: 'use 3-63 lower-case letters, digits and hyphens (no dots: TLS)' };
}
