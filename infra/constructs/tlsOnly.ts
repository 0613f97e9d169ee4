import { type S3Bucket, S3BucketPolicy } from '../aws.ts';
import { policy } from '../iamPolicy.ts';
import type { Stack } from '../stacks/stack.ts';

/**
 * Nobody reads or writes the bucket without TLS; who may at all is said by IAM policies.
 * @param readers ARNs of the only roles that may read an object, whatever the policies of others say; absent: no such rule.
 */
export function readableOverTls(stack: Stack, key: string, bucket: S3Bucket, readers?: readonly string[]): void {
  const refusePlainHttp = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [bucket.arn, `${bucket.arn}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  const refuseOtherReaders = readers && {
    Effect: 'Deny',
    Principal: '*',
    Action: ['s3:GetObject', 's3:GetObjectVersion'],
    Resource: `${bucket.arn}/*`,
    Condition: { ArnNotEquals: { 'aws:PrincipalArn': readers } },
  };
  new S3BucketPolicy(stack.group('bucket policies'), key, {
    bucket: bucket.id,
    policy: policy([refusePlainHttp, ...(refuseOtherReaders ? [refuseOtherReaders] : [])]),
  });
}
