import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { openStore, outcome, policy, put, roleWith, START, type Store, type Terraform } from './support.ts';

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html

const Bucket = 'pictures';
/** As the store calls `aws_kms_key.own`. */
const OWN = 'arn:aws:kms:eu-central-1:123456789012:key/awskmskeyown000000000000000000000000';
const ACCOUNT = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::123456789012:root' },
  Action: 'kms:*',
  Resource: '*',
};
const ofStore = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
const allowKey = (Action: string | string[], Condition?: JsonObject): JsonObject => ({
  Effect: 'Allow',
  Action,
  Resource: OWN,
  ...(Condition ? { Condition } : {}),
});

/** The bucket `pictures` has a key of the account's own, `plain` has none. */
const encrypted: Terraform = {
  aws_s3_bucket: { pictures: { bucket: 'pictures' }, plain: { bucket: 'plain' } },
  aws_kms_key: { own: { policy: policy(ACCOUNT) } },
  aws_s3_bucket_server_side_encryption_configuration: {
    pictures: {
      bucket: 'pictures',
      rule: {
        apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms', kms_master_key_id: OWN },
      },
    },
  },
};

/** A store with an object in each bucket, and a role that may do everything there, and with the key what is said. */
async function storeFor(statements: readonly JsonObject[]): Promise<Store> {
  const store = await openStore({ ...encrypted, ...roleWith('worker', ofStore, ...statements) });
  await put(store, 'there');
  await put(store, 'there', 'content', 'plain');
  return store;
}

const NO_KEY = '403 AccessDenied';

const requests = {
  GetObject: (store: Store) => outcome(store.as('worker').send(new GetObjectCommand({ Bucket, Key: 'there' }))),
  HeadObject: (store: Store) => outcome(store.as('worker').send(new HeadObjectCommand({ Bucket, Key: 'there' }))),
  PutObject: (store: Store) => outcome(store.as('worker').send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }))),
  'CopyObject from there': (store: Store) =>
    outcome(
      store.as('worker').send(new CopyObjectCommand({ Bucket: 'plain', Key: 'a', CopySource: 'pictures/there' })),
    ),
  'CopyObject to there': (store: Store) =>
    outcome(store.as('worker').send(new CopyObjectCommand({ Bucket, Key: 'a', CopySource: 'plain/there' }))),
  'a presigned GetObject': async (store: Store) => {
    const url = await getSignedUrl(store.as('worker'), new GetObjectCommand({ Bucket, Key: 'there' }), {
      signingDate: new Date(START),
    });
    return statusOf(await fetch(url));
  },
  'a form': async (store: Store) => {
    const { url, fields } = await createPresignedPost(store.as('worker'), { Bucket, Key: 'a' });
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob(['x']));
    return statusOf(await fetch(url, { method: 'POST', body: form }));
  },
};

async function statusOf(response: Response): Promise<string> {
  const code = /<Code>(\w+)/.exec(await response.text())?.[1];
  return code === undefined ? String(response.status) : `${response.status} ${code}`;
}

describe('an object with a key of the account', () => {
  it.each<[keyof typeof requests, needed: string, other: string, done: string]>([
    ['GetObject', 'kms:Decrypt', 'kms:GenerateDataKey', '200'],
    ['PutObject', 'kms:GenerateDataKey', 'kms:Decrypt', '200'],
    ['CopyObject from there', 'kms:Decrypt', 'kms:GenerateDataKey', '200'],
    ['CopyObject to there', 'kms:GenerateDataKey', 'kms:Decrypt', '200'],
    ['a presigned GetObject', 'kms:Decrypt', 'kms:GenerateDataKey', '200'],
    ['a form', 'kms:GenerateDataKey', 'kms:Decrypt', '204'],
  ])('%s asks for %s', async (request, needed, other, done) => {
    expect(await requests[request](await storeFor([allowKey(other)]))).toBe(NO_KEY);
    expect(await requests[request](await storeFor([allowKey(needed)]))).toBe(done);
  });

  it('HeadObject asks for kms:Decrypt, and says nothing of what is missing', async () => {
    expect(await requests.HeadObject(await storeFor([]))).toBe('403 Unknown');
    expect(await requests.HeadObject(await storeFor([allowKey('kms:Decrypt')]))).toBe('200');
  });

  it('is named with what is missing', async () => {
    const store = await storeFor([]);
    await expect(store.as('worker').send(new GetObjectCommand({ Bucket, Key: 'there' }))).rejects.toThrow(
      `assumed-role/worker is not authorized to perform: kms:Decrypt on resource: ${OWN}`,
    );
  });

  it('that is not there is not asked about', async () => {
    const store = await storeFor([]);
    expect(await outcome(store.as('worker').send(new GetObjectCommand({ Bucket, Key: 'nowhere' })))).toBe(
      '404 NoSuchKey',
    );
  });

  it('keeps it when the bucket gets another', async () => {
    const store = await storeFor([]);
    await store.apply({
      ...roleWith('worker', ofStore),
      aws_s3_bucket: { pictures: { bucket: 'pictures' } },
      aws_kms_key: { own: { policy: policy(ACCOUNT) } },
    });
    await put(store, 'new');
    expect(await requests.GetObject(store)).toBe(NO_KEY);
    expect(await outcome(store.as('worker').send(new GetObjectCommand({ Bucket, Key: 'new' })))).toBe('200');
  });

  it('has the one that its request names, whatever the bucket has', async () => {
    const store = await storeFor([]);
    const write = (input: object) =>
      outcome(store.as('worker').send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x', ...input })));
    expect(await write({ ServerSideEncryption: 'AES256' })).toBe('200');
    expect(await write({ Bucket: 'plain', ServerSideEncryption: 'aws:kms', SSEKMSKeyId: OWN })).toBe(NO_KEY);
    // The key that AWS manages for S3 lets in whom S3 lets in.
    expect(await write({ Bucket: 'plain', ServerSideEncryption: 'aws:kms' })).toBe('200');
  });
});

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions
describe('an upload in parts', () => {
  it('asks for kms:GenerateDataKey at its beginning, and for kms:Decrypt at each part', async () => {
    const store = await storeFor([allowKey('kms:GenerateDataKey')]);
    const target = { Bucket, Key: 'large' };
    const summed = { ...target, ChecksumAlgorithm: 'CRC32' } as const;
    const { UploadId } = await store.as('worker').send(new CreateMultipartUploadCommand(summed));
    const part = { ...summed, UploadId, PartNumber: 1 };
    expect(await outcome(store.as('worker').send(new UploadPartCommand({ ...part, Body: 'x' })))).toBe(NO_KEY);

    const { ETag, ChecksumCRC32 } = await store.root.send(new UploadPartCommand({ ...part, Body: 'x' }));
    const whole = { ...target, UploadId, MultipartUpload: { Parts: [{ PartNumber: 1, ETag, ChecksumCRC32 }] } };
    // For the checksum of the whole the parts are read.
    expect(await outcome(store.as('worker').send(new CompleteMultipartUploadCommand(whole)))).toBe(NO_KEY);
    const reader = await storeFor([allowKey('kms:Decrypt')]);
    expect(await outcome(reader.as('worker').send(new CreateMultipartUploadCommand(target)))).toBe(NO_KEY);
  });
});

describe('a condition of the key', () => {
  const reads = async (Condition: JsonObject): Promise<string> =>
    requests.GetObject(await storeFor([allowKey('kms:Decrypt', Condition)]));

  it('may ask that S3 asks, and whose account', async () => {
    const via = (service: string) => ({ StringEquals: { 'kms:ViaService': `${service}.eu-central-1.amazonaws.com` } });
    expect(await reads(via('s3'))).toBe('200');
    expect(await reads(via('sqs'))).toBe(NO_KEY);
    expect(await reads({ StringEquals: { 'kms:CallerAccount': '123456789012' } })).toBe('200');
    expect(await reads({ StringEquals: { 'kms:CallerAccount': '999999999999' } })).toBe(NO_KEY);
  });
});
