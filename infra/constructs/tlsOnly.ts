import { type S3Bucket, S3BucketPolicy } from '../aws.ts';
import { policy } from '../iamPolicy.ts';
import type { Stack } from '../stacks/stack.ts';

/** Nobody reads or writes the bucket without TLS; who may at all is said by IAM policies. */
export function readableOverTls(stack: Stack, key: string, bucket: S3Bucket): void {
  const refusePlainHttp = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [bucket.arn, `${bucket.arn}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  new S3BucketPolicy(stack.group('bucket policies'), key, { bucket: bucket.id, policy: policy([refusePlainHttp]) });
}
