import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { openStore, outcome, policy, put, raw, roleWith, sendSigned, type Terraform } from './support.ts';

const Bucket = 'pictures';
const objects = 'arn:aws:s3:::pictures/*';
const everywhere = ['arn:aws:s3:::pictures', objects];
const allow = (Action: string | string[], Resource: string | string[], more: JsonObject = {}): JsonObject => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

/** A bucket policy, and a bucket that lets the public in as far as the policy says. */
const openTo = (...statements: JsonObject[]): Terraform => ({
  aws_s3_bucket_policy: { pictures: { bucket: 'pictures', policy: policy(...statements) } },
  aws_s3_bucket_public_access_block: {
    pictures: { bucket: 'pictures', block_public_policy: false, restrict_public_buckets: false },
  },
});

const refusePlainHttp = {
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: everywhere,
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};

describe('a role', () => {
  it('may do what its policy says, and nothing else', async () => {
    const store = await openStore(roleWith('writer', allow('s3:PutObject', objects)));
    const writer = store.as('writer');
    expect(await outcome(writer.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' })))).toBe('200');
    expect(await outcome(writer.send(new GetObjectCommand({ Bucket, Key: 'a' })))).toBe('403 AccessDenied');
    expect(await outcome(writer.send(new DeleteObjectCommand({ Bucket, Key: 'a' })))).toBe('403 AccessDenied');
    expect(await outcome(writer.send(new HeadBucketCommand({ Bucket })))).toBe('403 Unknown');
    expect(await outcome(writer.send(new ListBucketsCommand({})))).toBe('403 AccessDenied');
  });

  it('is told what it lacks, with the address', async () => {
    const store = await openStore(roleWith('writer', allow('s3:PutObject', objects)));
    await expect(store.as('writer').send(new GetObjectCommand({ Bucket, Key: 'a' }))).rejects.toThrow(
      'User: arn:aws:sts::123456789012:assumed-role/writer is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::pictures/a because no identity-based policy allows the s3:GetObject action (aws_iam_role.writer in the Terraform; nearest statement: aws_iam_role_policy.writer/Statement[0] allows s3:PutObject on it)',
    );
  });

  it.each([
    ['mine/a', '200'],
    ['mine/a*', '200'],
    ['mine/a\nb\u2028', '200'],
    ['*', '403 AccessDenied'],
    ['min?/a', '403 AccessDenied'],
    ['m*', '403 AccessDenied'],
    ['mine', '403 AccessDenied'],
    ['MINE/a', '403 AccessDenied'],
    ['${aws:PrincipalArn}', '403 AccessDenied'],
  ])('that may write below mine/ writes %j: %s', async (Key, expected) => {
    const store = await openStore(roleWith('writer', allow('s3:PutObject', 'arn:aws:s3:::pictures/mine/*')));
    expect(await outcome(store.as('writer').send(new PutObjectCommand({ Bucket, Key, Body: 'x' })))).toBe(expected);
  });

  it.each<[string, JsonObject, object, string]>([
    [
      'the encryption that it is bound to',
      { StringEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
      { ServerSideEncryption: 'aws:kms' },
      '200',
    ],
    [
      'another encryption',
      { StringEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
      { ServerSideEncryption: 'AES256' },
      '403 AccessDenied',
    ],
    ['no encryption', { StringEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } }, {}, '403 AccessDenied'],
    ['what is new', { Null: { 's3:if-none-match': 'false' } }, { IfNoneMatch: '*' }, '200'],
    ['what may be old', { Null: { 's3:if-none-match': 'false' } }, {}, '403 AccessDenied'],
    ['with its own signature', { StringEquals: { 's3:authType': 'REST-HEADER' } }, {}, '200'],
    ['with a presigned one only', { StringEquals: { 's3:authType': 'REST-QUERY-STRING' } }, {}, '403 AccessDenied'],
    ['from this machine', { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } }, {}, '200'],
    ['over TLS, as which requests count here', { Bool: { 'aws:SecureTransport': 'true' } }, {}, '200'],
  ])('writes %s', async (_, Condition, input, expected) => {
    const store = await openStore(roleWith('writer', allow('s3:PutObject', objects, { Condition })));
    const written = store.as('writer').send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x', ...input }));
    expect(await outcome(written)).toBe(expected);
  });
});

describe('a bucket policy', () => {
  it('that denies requests without TLS denies none here', async () => {
    const store = await openStore({
      ...roleWith('writer', allow('s3:*', everywhere)),
      aws_s3_bucket_policy: { pictures: { bucket: 'pictures', policy: policy(refusePlainHttp) } },
    });
    expect(await outcome(store.as('writer').send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' })))).toBe('200');
  });

  it('gives a role what its own policies do not', async () => {
    const role = roleWith('reader', allow('s3:ListBucket', 'arn:aws:s3:::pictures'));
    const Principal = { AWS: 'arn:aws:iam::123456789012:role/reader' };
    const store = await openStore({
      ...role,
      aws_s3_bucket_policy: {
        pictures: { bucket: 'pictures', policy: policy(allow('s3:GetObject', objects, { Principal })) },
      },
    });
    await put(store, 'a');
    expect(await outcome(store.as('reader').send(new GetObjectCommand({ Bucket, Key: 'a' })))).toBe('200');
  });

  it('takes from all but one role what their policies give', async () => {
    const store = await openStore({
      aws_iam_role: { ...roleWith('moderator').aws_iam_role, ...roleWith('other').aws_iam_role },
      aws_iam_role_policy: {
        ...roleWith('moderator', allow('s3:GetObject', objects)).aws_iam_role_policy,
        ...roleWith('other', allow('s3:GetObject', objects)).aws_iam_role_policy,
      },
      aws_s3_bucket_policy: {
        pictures: {
          bucket: 'pictures',
          policy: policy({
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:GetObject',
            Resource: objects,
            Condition: { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/moderator' } },
          }),
        },
      },
    });
    await put(store, 'evidence');
    const get = (role: string) => outcome(store.as(role).send(new GetObjectCommand({ Bucket, Key: 'evidence' })));
    expect([await get('moderator'), await get('other')]).toEqual(['200', '403 AccessDenied']);
  });
});

describe('the public', () => {
  const readable = allow('s3:GetObject', 'arn:aws:s3:::pictures/public/*', { Principal: '*' });

  it('reads what a policy opens to everybody, and nothing beside it', async () => {
    const store = await openStore(openTo(readable));
    for (const key of ['public/a', 'private/a']) await put(store, key);
    const get = async (path: string) => (await raw(store, { path: `/pictures/${path}` })).status;
    expect([await get('public/a'), await get('private/a'), await get('public*'), await get('public/none')]).toEqual([
      200, 403, 403, 403,
    ]);
    expect((await raw(store, { method: 'PUT', path: '/pictures/public/a', body: 'x' })).status).toBe(403);
    expect((await raw(store, { path: '/pictures?list-type=2' })).status).toBe(403);
  });

  it('may not say how the answer is to look', async () => {
    const store = await openStore(openTo(readable));
    await put(store, 'public/a');
    const answer = await raw(store, { path: '/pictures/public/a?response-content-type=text/html' });
    expect([answer.status, answer.code]).toEqual([400, 'InvalidRequest']);
  });

  it('is kept out by the block, whatever the policy says', async () => {
    const store = await openStore({
      ...openTo(readable),
      aws_s3_bucket_public_access_block: { pictures: { bucket: 'pictures', restrict_public_buckets: true } },
    });
    await put(store, 'public/a');
    const answer = await raw(store, { path: '/pictures/public/a' });
    expect([answer.status, answer.code]).toEqual([403, 'AccessDenied']);
    expect(answer.message).toContain('aws_s3_bucket_public_access_block keeps the public out');
    expect((await sendSigned(store, { path: '/pictures/public/a' })).status).toBe(200);
  });

  it.each<[string, Terraform, string]>([
    [
      'that blocks it',
      { aws_s3_bucket_public_access_block: { pictures: { bucket: 'pictures', block_public_policy: true } } },
      'aws_s3_bucket_public_access_block.pictures',
    ],
    ['that says nothing of it', {}, 'the block of public access that every new bucket has'],
  ])('is not let in by a policy at a bucket %s: the start is refused', async (_, block, by) => {
    const { aws_s3_bucket_policy: policies } = openTo(readable);
    await expect(openStore({ aws_s3_bucket_policy: policies ?? {}, ...block })).rejects.toThrow(
      `aws_s3_bucket_policy.pictures lets everybody in, which ${by} refuses (block_public_policy).`,
    );
  });

  it.each([
    [
      'one distribution',
      {
        Principal: '*',
        Condition: { StringEquals: { 'aws:SourceArn': 'arn:aws:cloudfront::123456789012:distribution/E1' } },
      },
    ],
    ['a service', { Principal: { Service: 'cloudfront.amazonaws.com' } }],
    ['a role', { Principal: { AWS: 'arn:aws:iam::123456789012:role/r' } }],
  ])('is not %s', async (_, who) => {
    const { aws_s3_bucket_policy: policies } = openTo(allow('s3:GetObject', objects, who));
    await expect(openStore({ aws_s3_bucket_policy: policies ?? {} })).resolves.toBeTruthy();
  });
});
