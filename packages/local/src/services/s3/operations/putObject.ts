import type { StreamedReply } from '../../../aws/streamedService.ts';
import { encryptionHeaders, readAttributes } from '../attributes.ts';
import { checksumHeader, type Checksum } from '../body/checksums.ts';
import { verifiedBody, type VerifiedBody } from '../body/verifiedBody.ts';
import type { BucketDefinition } from '../definition.ts';
import { MAX_OBJECT_BYTES } from '../limits.ts';
import { writeCondition } from '../preconditions.ts';
import type { Segment } from '../storage/blobs.ts';
import type { NewObject, StoredObject } from '../storage/model.ts';
import {
  type CommitOptions,
  emptyReply,
  eventSource,
  objectArn,
  type ObjectCall,
  quoted,
  type Tools,
  versionHeaders,
} from './call.ts';
import { writeContext } from './writeContext.ts';

export async function putObject(call: ObjectCall, tools: Tools): Promise<StreamedReply> {
  const { headers, bucket, key } = call;
  await tools.authorize(call, 's3:PutObject', objectArn(call), writeContext(headers, true));
  const attributes = readAttributes(headers, bucket);
  await tools.authorizeKey(call, 'kms:GenerateDataKey', attributes.encryption);
  const condition = writeCondition(headers, key);
  // Asked before the body is read, too: a client need not send what is refused anyway.
  condition(tools.rows.latest(bucket.name, key));
  const body = verifiedBody(call, MAX_OBJECT_BYTES);
  const segments = await storeBody(tools, body);
  const { size, md5, checksum } = body.measured();
  const stored = commitNew(
    tools,
    { bucket: bucket.name, key, size, etag: md5, segments, attributes: { ...attributes, checksum } },
    { bucket, condition, event: 'ObjectCreated:Put', source: eventSource(call) },
  );
  return emptyReply(200, { etag: quoted(stored.etag), ...writtenHeaders(bucket, stored) });
}

/** An empty object needs no file. */
export async function storeBody(
  { blobs }: Pick<Tools, 'blobs'>,
  { data }: Pick<VerifiedBody, 'data'>,
): Promise<readonly Segment[]> {
  const segment = await blobs.write(data);
  if (segment.size > 0) return [segment];
  blobs.release([segment]);
  return [];
}

/** Commits an object whose files nothing else refers to. When it is refused, nothing is left of it. */
export function commitNew(tools: Tools, object: NewObject, options: CommitOptions): StoredObject {
  try {
    return tools.commit(object, options);
  } catch (error) {
    tools.blobs.release(object.segments);
    throw error;
  }
}

/** What the answers to all writes say, but for the ETag, which some say in a document. */
export function writtenHeaders(
  bucket: BucketDefinition,
  { attributes, versionId }: StoredObject,
): Record<string, string> {
  return {
    ...encryptionHeaders(attributes.encryption),
    ...checksumHeaders(attributes.checksum),
    ...versionHeaders(bucket, versionId),
  };
}

export function checksumHeaders(checksum: Checksum | null): Record<string, string> {
  if (!checksum) return {};
  return { [checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksum.type };
}
