import { createHash } from 'node:crypto';
import type { JsonObject } from '../json.ts';
import { argumentsOf, type AttributeContext, type DeclaredResource } from './resourceType.ts';

export function bucketAttributes(resource: DeclaredResource, { account, makeId }: AttributeContext): JsonObject {
  const read = argumentsOf(resource);
  const name =
    read.optionalString('bucket') ??
    `${read.optionalString('bucket_prefix') ?? 'bucket-'}${makeId(resource.address, 20)}`;
  return {
    id: name,
    bucket: name,
    arn: `arn:aws:s3:::${name}`,
    bucket_region: account.region,
    bucket_domain_name: `${name}.s3.amazonaws.com`,
    bucket_regional_domain_name: `${name}.s3.${account.region}.amazonaws.com`,
  };
}

/** Of a bucket's policy, its rules and the like: their id is the bucket's name. */
export function ofBucket(resource: DeclaredResource): JsonObject {
  return { id: argumentsOf(resource).string('bucket') };
}

/** Only the ETag of text can be known before the file beside the stack is read. */
export function objectAttributes(resource: DeclaredResource): JsonObject {
  const read = argumentsOf(resource);
  const [bucket, key] = [read.string('bucket'), read.string('key')];
  const content = read.optionalString('content');
  const known: JsonObject = { id: `${bucket}/${key}`, arn: `arn:aws:s3:::${bucket}/${key}` };
  return content === undefined ? known : { ...known, etag: createHash('md5').update(content).digest('hex') };
}
