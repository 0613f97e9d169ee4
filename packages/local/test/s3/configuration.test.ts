import { PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { openStore, outcome, put, read, type Terraform } from './support.ts';

const of = (type: string, args: JsonObject): Terraform => ({ [type]: { pictures: { bucket: 'pictures', ...args } } });

describe('a bucket that cannot be run', () => {
  it.each<[Terraform, string]>([
    [{ aws_s3_bucket: { b: { bucket: 'My_Bucket' } } }, 'aws_s3_bucket.b.bucket "My_Bucket" is no name for a bucket.'],
    [
      { aws_s3_bucket: { b: { bucket: 'b-b', versioning: [{ enabled: true }] } } },
      'aws_s3_bucket.b.versioning has been replaced by a resource of its own: write that.',
    ],
    [
      { aws_s3_bucket: { b: { bucket: 'b-b', object_lock_enabled: true } } },
      'aws_s3_bucket.b.object_lock_enabled has been replaced by a resource of its own: write that.',
    ],
    [
      of('aws_s3_bucket_ownership_controls', { rule: { object_ownership: 'ObjectWriter' } }),
      'aws_s3_bucket_ownership_controls.pictures: object_ownership ObjectWriter lets access lists count, which are not emulated by @hiroba/local: use BucketOwnerEnforced.',
    ],
    [
      of('aws_s3_bucket_versioning', { versioning_configuration: { status: 'On' } }),
      'aws_s3_bucket_versioning.pictures.status "On" is not Enabled, Suspended or Disabled.',
    ],
    [
      of('aws_s3_bucket_versioning', { versioning_configuration: { status: 'Enabled', mfa_delete: 'Enabled' } }),
      'aws_s3_bucket_versioning.pictures.mfa_delete is not emulated by @hiroba/local.',
    ],
    [
      of('aws_s3_bucket_cors_configuration', { cors_rule: [{ allowed_origins: ['*'], allowed_methods: ['PATCH'] }] }),
      'aws_s3_bucket_cors_configuration.pictures: unsupported method "PATCH" in allowed_methods.',
    ],
    [
      of('aws_s3_bucket_cors_configuration', { cors_rule: [{ allowed_origins: ['*.*'], allowed_methods: ['GET'] }] }),
      'aws_s3_bucket_cors_configuration.pictures: "*.*" can not have more than one wildcard.',
    ],
    [
      { aws_s3_bucket_cors_configuration: { c: { bucket: 'none', cors_rule: [] } } },
      'aws_s3_bucket_cors_configuration.c.bucket needs an aws_s3_bucket whose bucket is "none", and the Terraform has none. It has: aws_s3_bucket.pictures (pictures).',
    ],
    [
      { aws_s3_bucket_policy: { a: { bucket: 'pictures', policy: '{}' }, b: { bucket: 'pictures', policy: '{}' } } },
      'aws_s3_bucket_policy.b and aws_s3_bucket_policy.a are both of the bucket pictures.',
    ],
  ])('%#: stops the start and says why', async (terraform, message) => {
    await expect(openStore(terraform)).rejects.toThrow(message);
  });

  it('a policy with an action that AWS does not have stops the start', async () => {
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:GetObjekt', Resource: 'arn:aws:s3:::pictures/*' }],
    });
    await expect(openStore(of('aws_s3_bucket_policy', { policy }))).rejects.toThrow('AWS has no action "s3:GetObjekt"');
  });
});

describe('a bucket that leaves the Terraform', () => {
  it('cannot be reached, and has its objects again when it is back', async () => {
    const store = await openStore({});
    await put(store, 'a', 'kept');
    await store.apply({ aws_s3_bucket: { other: { bucket: 'other' } } });
    expect(await outcome(store.root.send(new PutObjectCommand({ Bucket: 'pictures', Key: 'b', Body: 'x' })))).toBe(
      '404 NoSuchBucket',
    );
    await store.apply({});
    expect(await read(store, 'a')).toBe('kept');
  });
});
