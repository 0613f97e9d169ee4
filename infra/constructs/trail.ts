import { Cloudtrail, type KmsKey, type S3Bucket, S3BucketPolicy } from '../aws.ts';
import { policy } from '../iamPolicy.ts';
import type { Stack } from '../stacks/stack.ts';
import { bucket } from './bucket.ts';

const KEEP_REPLACED_DAYS = 365;

/**
 * Who changed what in the account, and which persons touched the data. Requests of the service itself are left out: at $1
 * for a million they would cost more than the tables (decision 0014).
 */
export function trail(stack: Stack, key: KmsKey | undefined): void {
  const name = stack.named('trail');
  const arn = `arn:aws:cloudtrail:${stack.config.region}:${stack.accountId}:trail/${name}`;
  const records = bucket(stack, 'trail', {
    name: `${name}-${stack.accountId}`,
    key,
    keepReplacedDays: KEEP_REPLACED_DAYS,
  });
  const access = new S3BucketPolicy(stack.group('bucket policies'), 'trail', {
    bucket: records.id,
    policy: policy(writtenBy(stack, { records, arn })),
  });
  new Cloudtrail(stack, 'trail', {
    name,
    s3BucketName: records.bucket,
    isMultiRegionTrail: true,
    includeGlobalServiceEvents: true,
    enableLogFileValidation: true,
    ...(key ? { kmsKeyId: key.arn } : {}),
    advancedEventSelector: [
      { name: 'changes in the account', fieldSelector: [is('eventCategory', 'Management'), is('readOnly', 'false')] },
      data(
        stack,
        'AWS::DynamoDB::Table',
        `arn:aws:dynamodb:${stack.config.region}:${stack.accountId}:table/${stack.named('')}`,
      ),
      data(stack, 'AWS::S3::Object', `arn:aws:s3:::${stack.named('')}`),
    ],
    dependsOn: [access],
  });
}

function is(field: string, ...values: readonly string[]) {
  return { field, equalTo: [...values] };
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/filtering-data-events.html */
function data(stack: Stack, type: string, arnPrefix: string) {
  return {
    name: `${type} by persons`,
    fieldSelector: [
      is('eventCategory', 'Data'),
      is('resources.type', type),
      { field: 'resources.ARN', startsWith: [arnPrefix] },
      // Services such as CloudFront have no ARN; roles of this stage are those of its own functions and data sources.
      {
        field: 'userIdentity.arn',
        startsWith: [`arn:aws:iam::${stack.accountId}:`, `arn:aws:sts::${stack.accountId}:`],
        notStartsWith: [`arn:aws:sts::${stack.accountId}:assumed-role/${stack.named('')}`],
      },
    ],
  };
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html */
function writtenBy(stack: Stack, { records, arn }: { readonly records: S3Bucket; readonly arn: string }): object[] {
  const Principal = { Service: 'cloudtrail.amazonaws.com' };
  const source = { 'aws:SourceArn': arn };
  return [
    {
      Sid: 'TrailLooks',
      Effect: 'Allow',
      Principal,
      Action: 's3:GetBucketAcl',
      Resource: records.arn,
      Condition: { StringEquals: source },
    },
    {
      Sid: 'TrailWrites',
      Effect: 'Allow',
      Principal,
      Action: 's3:PutObject',
      Resource: `${records.arn}/AWSLogs/${stack.accountId}/*`,
      Condition: { StringEquals: { ...source, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    },
    {
      Sid: 'RefusePlainHttp',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [records.arn, `${records.arn}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ];
}
