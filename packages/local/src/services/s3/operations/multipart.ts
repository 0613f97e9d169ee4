import { createHash } from 'node:crypto';
import type { StreamedReply } from '../../../aws/streamedService.ts';
import { encryptionHeaders, readAttributes } from '../attributes.ts';
import { type Checksum, readAlgorithm } from '../body/checksums.ts';
import { verifiedBody } from '../body/verifiedBody.ts';
import { invalidArgument, noSuchUpload, s3Error } from '../errors.ts';
import { MAX_OBJECT_BYTES, MAX_PART_NUMBER } from '../limits.ts';
import type { Upload } from '../storage/uploads.ts';
import { xmlDocument } from '../xml.ts';
import { emptyReply, objectArn, type ObjectCall, quoted, type Tools, xmlReply } from './call.ts';
import { checksumHeaders, storeBody } from './putObject.ts';
import { writeContext } from './writeContext.ts';

export async function createMultipartUpload(call: ObjectCall, tools: Tools): Promise<StreamedReply> {
  const { headers, bucket, key } = call;
  await tools.authorize(call, 's3:PutObject', objectArn(call), writeContext(headers, false));
  const attributes = readAttributes(headers, bucket);
  await tools.authorizeKey(call, 'kms:GenerateDataKey', attributes.encryption);
  const checksum = uploadChecksum(headers);
  const { uploadId } = tools.change((changes) => {
    changes.begun(bucket);
    return tools.uploads.create({ bucket: bucket.name, key, attributes, checksum });
  });
  return xmlReply(xmlDocument('InitiateMultipartUploadResult', { Bucket: bucket.name, Key: key, UploadId: uploadId }), {
    ...encryptionHeaders(attributes.encryption),
    ...(checksum ? { 'x-amz-checksum-algorithm': checksum.algorithm, 'x-amz-checksum-type': checksum.type } : {}),
  });
}

/** CRC-64 is always of the whole object, the others are of the parts' checksums unless the client wants otherwise. */
function uploadChecksum(headers: ReadonlyMap<string, string>): Upload['checksum'] {
  const name = headers.get('x-amz-checksum-algorithm');
  const asked = headers.get('x-amz-checksum-type');
  if (name === undefined) {
    if (asked === undefined) return null;
    throw s3Error(
      'InvalidRequest',
      'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
    );
  }
  const algorithm = readAlgorithm('x-amz-checksum-algorithm', name);
  const type = asked ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE');
  const isPossible =
    type === 'FULL_OBJECT' ? algorithm.startsWith('CRC') : type === 'COMPOSITE' && algorithm !== 'CRC64NVME';
  if (!isPossible) {
    throw s3Error(
      'InvalidRequest',
      `The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
    );
  }
  return { algorithm, type: type as Checksum['type'] };
}

export async function uploadPart(call: ObjectCall, tools: Tools): Promise<StreamedReply> {
  const { headers, query } = call;
  const number = readPartNumber(query.get('partNumber') ?? '');
  await tools.authorize(call, 's3:PutObject', objectArn(call), writeContext(headers, false));
  const { uploadId, attributes } = findUpload(call, tools);
  await tools.authorizeKey(call, 'kms:Decrypt', attributes.encryption);
  const body = verifiedBody(call, MAX_OBJECT_BYTES);
  const segments = await storeBody(tools, body);
  const { size, md5, checksum } = body.measured();
  tools.change((changes) => {
    const stillThere = tools.uploads.find(uploadId);
    const part = { number, size, etag: md5, segments, checksum };
    if (!stillThere) {
      tools.blobs.release(segments);
      throw noSuchUpload(uploadId);
    }
    changes.unused(tools.uploads.putPart(uploadId, part).unused);
  });
  return emptyReply(200, {
    etag: quoted(md5),
    ...encryptionHeaders(attributes.encryption),
    ...checksumHeaders(checksum),
  });
}

function readPartNumber(text: string): number {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= MAX_PART_NUMBER) return number;
  throw invalidArgument('partNumber', text, 'Part number must be an integer between 1 and 10000, inclusive');
}

/** The upload that the query names, if it is one of this object. */
export function findUpload({ query, bucket, key }: ObjectCall, tools: Tools): Upload {
  const uploadId = query.get('uploadId') ?? '';
  const upload = tools.uploads.find(uploadId);
  if (upload?.bucket === bucket.name && upload.key === key) return upload;
  throw noSuchUpload(uploadId);
}

export async function abortMultipartUpload(call: ObjectCall, tools: Tools): Promise<StreamedReply> {
  await tools.authorize(call, 's3:AbortMultipartUpload', objectArn(call));
  const { uploadId } = findUpload(call, tools);
  tools.change((changes) => {
    for (const { segments } of tools.uploads.parts(uploadId)) changes.unused(segments);
    tools.uploads.remove(uploadId);
  });
  return emptyReply(204);
}

export const md5OfParts = (etags: readonly string[]): string =>
  `${createHash('md5')
    .update(Buffer.from(etags.join(''), 'hex'))
    .digest('hex')}-${etags.length}`;
