import { createHash } from 'node:crypto';
import type { StreamedReply } from '../../../aws/streamedService.ts';
import { checkedKey, isBucketName } from '../addressing.ts';
import { readAttributes } from '../attributes.ts';
import { type ChecksumAlgorithm, checksumElement, createDigest, readAlgorithm } from '../body/checksums.ts';
import { invalidArgument, preconditionFailed, s3Error } from '../errors.ts';
import { isNotModified, writeCondition } from '../preconditions.ts';
import type { ObjectAttributes, StoredObject } from '../storage/model.ts';
import { xmlDocument } from '../xml.ts';
import { eventSource, objectArn, type ObjectCall, quoted, type Tools, versionHeaders, xmlReply } from './call.ts';
import { findObject } from './findObject.ts';
import { commitNew, storeBody, writtenHeaders } from './putObject.ts';
import { writeContext } from './writeContext.ts';

export async function copyObject(call: ObjectCall, tools: Tools): Promise<StreamedReply> {
  const { headers, bucket, key } = call;
  const source = sourceCall(call, tools);
  const directive = readDirective(headers.get('x-amz-metadata-directive'));
  await tools.authorize(call, 's3:PutObject', objectArn(call), writeContext(headers, true));
  const condition = writeCondition(headers, key);
  const original = await findObject(source, tools, source.query.get('versionId'));
  if (isNotModified(headers, original, COPY_PREFIX)) throw preconditionFailed(`${COPY_PREFIX}If-None-Match`);
  refuseUnchanged(call, original, directive);
  const written = readAttributes(headers, bucket);
  await tools.authorizeKey(call, 'kms:GenerateDataKey', written.encryption);
  const kept =
    directive === 'COPY' ? { headers: original.attributes.headers, metadata: original.attributes.metadata } : {};
  const algorithm = headers.get('x-amz-checksum-algorithm');
  const copied = await copyContent(
    original,
    tools,
    algorithm === undefined
      ? original.attributes.checksum?.algorithm
      : readAlgorithm('x-amz-checksum-algorithm', algorithm),
  );
  const attributes: ObjectAttributes = { ...written, ...kept, checksum: copied.checksum };
  const stored = commitNew(
    tools,
    { bucket: bucket.name, key, size: original.size, etag: copied.etag, segments: copied.segments, attributes },
    { bucket, condition, event: 'ObjectCreated:Copy', source: eventSource(call) },
  );
  return copyReply(call, source, original, stored);
}

const COPY_PREFIX = 'x-amz-copy-source-';

/** The reading half of the call, of another bucket perhaps: `/bucket/key?versionId=...`, percent-encoded. */
function sourceCall(call: ObjectCall, tools: Tools): ObjectCall {
  const text = call.headers.get('x-amz-copy-source') ?? '';
  const [, path = '', versionId] = /^\/?(.*?)(?:\?versionId=(.+))?$/s.exec(text) ?? [];
  const decoded = decodedOrNull(path);
  const slash = decoded?.indexOf('/') ?? -1;
  const name = decoded?.slice(0, slash) ?? '';
  const key = decoded?.slice(slash + 1) ?? '';
  if (slash < 0 || key === '' || !isBucketName(name)) {
    const message = 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey';
    throw invalidArgument('x-amz-copy-source', text, message);
  }
  const query = new Map(versionId === undefined ? [] : [['versionId', versionId] as const]);
  return { ...call, bucket: tools.bucket(name), key: checkedKey(key), query };
}

function decodedOrNull(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function readDirective(text = 'COPY'): 'COPY' | 'REPLACE' {
  if (text === 'COPY' || text === 'REPLACE') return text;
  throw invalidArgument('x-amz-metadata-directive', text, 'Unknown metadata directive.');
}

function refuseUnchanged({ bucket, key, headers }: ObjectCall, original: StoredObject, directive: string): void {
  const isItself = original.bucket === bucket.name && original.key === key && original.isLatest;
  const changes = ['x-amz-storage-class', 'x-amz-server-side-encryption', 'x-amz-checksum-algorithm'];
  if (!isItself || directive === 'REPLACE' || changes.some((name) => headers.has(name))) return;
  const message =
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.";
  throw s3Error('InvalidRequest', message);
}

async function copyContent(
  { segments, size }: StoredObject,
  { blobs }: Tools,
  algorithm: ChecksumAlgorithm | undefined,
): Promise<Pick<StoredObject, 'segments' | 'etag'> & Pick<ObjectAttributes, 'checksum'>> {
  const md5 = createHash('md5');
  const digest = algorithm && createDigest(algorithm);
  async function* measured(): AsyncGenerator<Uint8Array> {
    for await (const piece of await blobs.read(segments, { start: 0, end: size - 1 })) {
      md5.update(piece as Buffer);
      digest?.update(piece as Buffer);
      yield piece as Buffer;
    }
  }
  const copied = await storeBody({ blobs }, { data: measured() });
  const checksum =
    digest && algorithm ? { algorithm, value: digest.digest().toString('base64'), type: 'FULL_OBJECT' as const } : null;
  return { segments: copied, etag: md5.digest('hex'), checksum };
}

function copyReply(call: ObjectCall, source: ObjectCall, original: StoredObject, stored: StoredObject): StreamedReply {
  const { checksum } = stored.attributes;
  const document = xmlDocument('CopyObjectResult', {
    LastModified: new Date(stored.modified).toISOString(),
    ETag: quoted(stored.etag),
    ...(checksum ? { [checksumElement(checksum.algorithm)]: checksum.value } : {}),
  });
  const sourceVersion = versionHeaders(source.bucket, original.versionId)['x-amz-version-id'];
  return xmlReply(document, {
    ...writtenHeaders(call.bucket, stored),
    ...(sourceVersion === undefined ? {} : { 'x-amz-copy-source-version-id': sourceVersion }),
  });
}
