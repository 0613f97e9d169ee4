import type { StreamedReply } from '../../../aws/streamedService.ts';
import {
  checkedValue,
  type Checksum,
  type ChecksumAlgorithm,
  algorithmOfHeader,
  checksumElement,
  createDigest,
} from '../body/checksums.ts';
import { badChecksum, readDocument } from '../body/verifiedBody.ts';
import { malformedXml, noSuchUpload, s3Error } from '../errors.ts';
import { MAX_DOCUMENT_BYTES, MIN_PART_BYTES } from '../limits.ts';
import { writeCondition } from '../preconditions.ts';
import type { Part, Upload } from '../storage/uploads.ts';
import { children, childText, parseXml, xmlDocument, type XmlNode } from '../xml.ts';
import { eventSource, objectArn, type ObjectCall, quoted, type Tools, xmlReply } from './call.ts';
import { findUpload, md5OfParts } from './multipart.ts';
import { writtenHeaders } from './putObject.ts';
import { writeContext } from './writeContext.ts';

/** The parts become one object without being copied: its content is their files, one after the other. */
export async function completeMultipartUpload(call: ObjectCall, tools: Tools): Promise<StreamedReply> {
  const { headers, bucket, key } = call;
  await tools.authorize(call, 's3:PutObject', objectArn(call), writeContext(headers, true));
  const upload = findUpload(call, tools);
  // To make the checksum of the whole the parts are read.
  if (upload.checksum !== null) await tools.authorizeKey(call, 'kms:Decrypt', upload.attributes.encryption);
  const given = await readPartList(call);
  const parts = chosenParts(given, tools.uploads.parts(upload.uploadId));
  const checksum = await wholeChecksum(upload, parts, tools);
  refuseOtherChecksum(headers, checksum);
  const stored = tools.commit(
    {
      bucket: bucket.name,
      key,
      size: parts.reduce((sum, part) => sum + part.size, 0),
      etag: md5OfParts(parts.map(({ etag }) => etag)),
      segments: parts.flatMap(({ segments }) => segments),
      attributes: { ...upload.attributes, checksum, parts: parts.length },
    },
    {
      bucket,
      condition: writeCondition(headers, key),
      event: 'ObjectCreated:CompleteMultipartUpload',
      source: eventSource(call),
      also: (changes) => {
        if (!tools.uploads.find(upload.uploadId)) throw noSuchUpload(upload.uploadId);
        const used = new Set(parts.flatMap(({ segments }) => segments.map(({ blob }) => blob)));
        const left = tools.uploads.parts(upload.uploadId).flatMap(({ segments }) => segments);
        // A part may have been sent anew in the meantime, and the file of the old one is gone.
        if (left.filter(({ blob }) => used.has(blob)).length !== used.size) throw invalidPart({});
        changes.unused(left.filter(({ blob }) => !used.has(blob)));
        tools.uploads.remove(upload.uploadId);
      },
    },
  );
  const document = xmlDocument('CompleteMultipartUploadResult', {
    Location: `/${bucket.name}/${key}`,
    Bucket: bucket.name,
    Key: key,
    ETag: quoted(stored.etag),
    ...(checksum ? { [checksumElement(checksum.algorithm)]: checksum.value, ChecksumType: checksum.type } : {}),
  });
  return xmlReply(document, writtenHeaders(bucket, stored));
}

interface GivenPart {
  readonly number: number;
  readonly etag: string;
  readonly node: XmlNode;
}

async function readPartList(call: ObjectCall): Promise<readonly GivenPart[]> {
  // A checksum in the headers is one of the object, not of this document.
  const headers = new Map([...call.headers].filter(([name]) => !algorithmOfHeader(name)));
  const request = parseXml(await readDocument({ ...call, headers }, MAX_DOCUMENT_BYTES), 'CompleteMultipartUpload');
  const parts = children(request, 'Part').map((node) => ({
    number: Number(childText(node, 'PartNumber') ?? Number.NaN),
    etag: (childText(node, 'ETag') ?? '').replace(/^"(.*)"$/, '$1'),
    node,
  }));
  if (parts.length === 0 || parts.some(({ number }) => !Number.isInteger(number))) throw malformedXml();
  if (parts.some(({ number }, index) => number <= (parts[index - 1]?.number ?? 0))) {
    throw s3Error(
      'InvalidPartOrder',
      'The list of parts was not in ascending order. The parts list must be specified in order by part number.',
    );
  }
  return parts;
}

function chosenParts(given: readonly GivenPart[], sent: readonly Part[]): readonly Part[] {
  const byNumber = new Map(sent.map((part) => [part.number, part]));
  return given.map(({ number, etag, node }, index) => {
    const part = byNumber.get(number);
    if (!part || part.etag !== etag || !agrees(node, part.checksum)) {
      throw invalidPart({ PartNumber: number, ETag: etag });
    }
    if (part.size < MIN_PART_BYTES && index < given.length - 1) {
      const message = 'Your proposed upload is smaller than the minimum allowed size';
      throw s3Error('EntityTooSmall', message, {
        ProposedSize: part.size,
        MinSizeAllowed: MIN_PART_BYTES,
        PartNumber: number,
        ETag: etag,
      });
    }
    return part;
  });
}

const invalidPart = (details: Readonly<Record<string, string | number>>) =>
  s3Error(
    'InvalidPart',
    "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    details,
  );

function agrees(node: XmlNode, checksum: Checksum | null): boolean {
  if (!checksum) return true;
  const claimed = childText(node, checksumElement(checksum.algorithm));
  return claimed === undefined || claimed === checksum.value;
}

async function wholeChecksum({ checksum }: Upload, parts: readonly Part[], tools: Tools): Promise<Checksum | null> {
  if (!checksum) return null;
  const { algorithm, type } = checksum;
  if (parts.some((part) => part.checksum?.algorithm !== algorithm)) {
    throw s3Error(
      'InvalidRequest',
      `The upload was created using a ${algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part.`,
    );
  }
  if (type === 'COMPOSITE') return { algorithm, type, value: `${digestOfDigests(algorithm, parts)}-${parts.length}` };
  return { algorithm, type, value: await digestOfContent(algorithm, parts, tools) };
}

function digestOfDigests(algorithm: ChecksumAlgorithm, parts: readonly Part[]): string {
  const digest = createDigest(algorithm);
  for (const part of parts) digest.update(Buffer.from(part.checksum?.value ?? '', 'base64'));
  return digest.digest().toString('base64');
}

async function digestOfContent(
  algorithm: ChecksumAlgorithm,
  parts: readonly Part[],
  { blobs }: Tools,
): Promise<string> {
  const digest = createDigest(algorithm);
  const segments = parts.flatMap((part) => part.segments);
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  for await (const piece of await blobs.read(segments, { start: 0, end: size - 1 })) digest.update(piece as Buffer);
  return digest.digest().toString('base64');
}

/** What the client says the whole object's checksum is. */
function refuseOtherChecksum(headers: ReadonlyMap<string, string>, checksum: Checksum | null): void {
  for (const [name, value] of headers) {
    const algorithm = algorithmOfHeader(name);
    if (!algorithm) continue;
    if (!checksum || checksum.algorithm !== algorithm) throw badChecksum(algorithm);
    const [digest = ''] = value.split('-');
    checkedValue(algorithm, digest);
    const same = value === checksum.value || (!value.includes('-') && digest === checksum.value.split('-')[0]);
    if (!same) throw badChecksum(algorithm);
  }
}
