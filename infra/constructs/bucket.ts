import {
  Construct,
  type KmsKey,
  S3Bucket,
  S3BucketCorsConfiguration,
  S3BucketLifecycleConfiguration,
  S3BucketOwnershipControls,
  S3BucketPublicAccessBlock,
  S3BucketServerSideEncryptionConfigurationA as S3BucketEncryption,
  S3BucketVersioningA as S3BucketVersioning,
} from '../aws.ts';
import type { Stack } from '../stacks/stack.ts';

export interface BucketProps {
  /** Names of buckets are unique in the world. */
  readonly name: string;
  /** Absent: S3's own key. */
  readonly key?: KmsKey | undefined;
  /** Days that a replaced or deleted object can be brought back. */
  readonly keepReplacedDays: number;
  /** Days after which objects are deleted; absent: they stay. */
  readonly expireDays?: number;
  /** Pages of any site may post a form here: the form itself is signed, and cookies play no part. */
  readonly takesForms?: boolean;
  /** Terraform refuses to delete it at every stage. */
  readonly preventDestroy?: boolean;
}

/** A private bucket: no public access, no access lists, encrypted, with its objects' last versions. It has no policy yet. */
export function bucket(stack: Stack, key: string, props: BucketProps): S3Bucket {
  const scope = new Construct(stack.group('private buckets'), key);
  const resource = new S3Bucket(scope, 'resource', {
    bucket: props.name,
    ...(props.preventDestroy
      ? { lifecycle: { preventDestroy: true } }
      : { lifecycle: stack.lifecycle(), ...disposable(stack) }),
  });
  new S3BucketPublicAccessBlock(scope, 'public_access', {
    bucket: resource.id,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new S3BucketOwnershipControls(scope, 'ownership', {
    bucket: resource.id,
    rule: { objectOwnership: 'BucketOwnerEnforced' },
  });
  new S3BucketEncryption(scope, 'encryption', { bucket: resource.id, rule: [encryption(props.key)] });
  const versioning = new S3BucketVersioning(scope, 'versioning', {
    bucket: resource.id,
    versioningConfiguration: { status: 'Enabled' },
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
      {
        id: 'forget-replaced-objects',
        status: 'Enabled',
        filter: [{ prefix: '' }],
        noncurrentVersionExpiration: [{ noncurrentDays: props.keepReplacedDays }],
      },
      ...(props.expireDays === undefined ? [] : [expiry(props.expireDays)]),
    ],
    // Rules about versions are refused before there are any.
    dependsOn: [versioning],
  });
  if (props.takesForms) {
    new S3BucketCorsConfiguration(scope, 'cors', {
      bucket: resource.id,
      corsRule: [{ allowedMethods: ['POST'], allowedOrigins: ['*'], allowedHeaders: ['*'], maxAgeSeconds: 3600 }],
    });
  }
  return resource;
}

function expiry(days: number) {
  return { id: 'forget-old-objects', status: 'Enabled', filter: [{ prefix: '' }], expiration: [{ days }] };
}

/** A stage that may be destroyed is destroyed with its objects, which AWS would otherwise keep the bucket for. */
function disposable({ config }: Stack): { forceDestroy?: true } {
  return config.deletionProtection ? {} : { forceDestroy: true };
}

function encryption(key: KmsKey | undefined) {
  if (!key) return { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } };
  return {
    applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.arn },
    // One request to KMS for many objects. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html
    bucketKeyEnabled: true,
  };
}
