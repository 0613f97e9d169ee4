import type { StreamedReply } from '../../../aws/streamedService.ts';
import { checksumElement } from '../body/checksums.ts';
import { notImplemented } from '../errors.ts';
import { MAX_LISTED } from '../limits.ts';
import { xmlDocument } from '../xml.ts';
import { type BucketCall, objectArn, type ObjectCall, quoted, type Tools, xmlReply } from './call.ts';
import { readListParameters } from './listing.ts';
import { findUpload } from './multipart.ts';

/** The uploads that nobody has ended, in one page. */
export async function listMultipartUploads(call: BucketCall, tools: Tools): Promise<StreamedReply> {
  const { query, bucket } = call;
  const { prefix, delimiter, limit, encode, encodingType } = readListParameters(call, 'max-uploads');
  await tools.authorize(call, 's3:ListBucketMultipartUploads', bucket.arn);
  if (delimiter !== '' || query.get('key-marker')) throw notImplemented('Delimiters and pages of ListMultipartUploads');
  const uploads = tools.uploads.list(bucket.name, prefix);
  if (uploads.length > limit) throw notImplemented(`A list of more than ${limit} uploads`);
  return xmlReply(
    xmlDocument('ListMultipartUploadsResult', {
      Bucket: bucket.name,
      KeyMarker: '',
      UploadIdMarker: '',
      Prefix: encode(prefix),
      MaxUploads: limit,
      EncodingType: encodingType,
      IsTruncated: false,
      Upload: uploads.map(({ key, uploadId, initiated, attributes }) => ({
        Key: encode(key),
        UploadId: uploadId,
        StorageClass: attributes.storageClass,
        Initiated: new Date(initiated).toISOString(),
      })),
    }),
  );
}

export async function listParts(call: ObjectCall, tools: Tools): Promise<StreamedReply> {
  const { query, bucket, key } = call;
  await tools.authorize(call, 's3:ListMultipartUploadParts', objectArn(call));
  const { uploadId, attributes } = findUpload(call, tools);
  const limit = Math.min(Number(query.get('max-parts') ?? MAX_LISTED) || MAX_LISTED, MAX_LISTED);
  const marker = Number(query.get('part-number-marker') ?? 0) || 0;
  const after = tools.uploads.parts(uploadId).filter(({ number }) => number > marker);
  const page = after.slice(0, limit);
  return xmlReply(
    xmlDocument('ListPartsResult', {
      Bucket: bucket.name,
      Key: key,
      UploadId: uploadId,
      StorageClass: attributes.storageClass,
      PartNumberMarker: marker,
      NextPartNumberMarker: page.at(-1)?.number ?? 0,
      MaxParts: limit,
      IsTruncated: after.length > limit,
      Part: page.map(({ number, modified, etag, size, checksum }) => ({
        PartNumber: number,
        LastModified: new Date(modified).toISOString(),
        ETag: quoted(etag),
        Size: size,
        ...(checksum ? { [checksumElement(checksum.algorithm)]: checksum.value } : {}),
      })),
    }),
  );
}
