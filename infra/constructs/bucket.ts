import { Construct, S3Bucket, S3BucketLifecycleConfiguration, S3BucketPublicAccessBlock } from '../aws.ts';
import type { Stack } from '../stacks/stack.ts';

/** A bucket that nobody reads but through CloudFront. The edge stack gives it its policy, since only that knows the distribution. */
export function bucket(stack: Stack, key: string): S3Bucket {
  const scope = new Construct(stack.group('private buckets'), key);
  // Names of buckets are unique in the world.
  const resource = new S3Bucket(scope, 'resource', { bucket: `${stack.named(key)}-${stack.accountId}` });
  new S3BucketPublicAccessBlock(scope, 'public_access', {
    bucket: resource.id,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new S3BucketLifecycleConfiguration(scope, 'lifecycle', {
    bucket: resource.id,
    rule: [
      {
        id: 'abort-unfinished-uploads',
        status: 'Enabled',
        filter: [{ prefix: '' }],
        abortIncompleteMultipartUpload: [{ daysAfterInitiation: 1 }],
      },
    ],
  });
  return resource;
}
