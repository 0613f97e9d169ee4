import { AwsError } from '../../../aws/error.ts';
import type { StreamedReply } from '../../../aws/streamedService.ts';
import { checkedKey } from '../addressing.ts';
import { readDocument } from '../body/verifiedBody.ts';
import { malformedXml, s3Error } from '../errors.ts';
import { MAX_DELETED, MAX_DOCUMENT_BYTES } from '../limits.ts';
import { children, childText, parseXml, xmlDocument, type XmlObject } from '../xml.ts';
import { type BucketCall, type Tools, xmlReply } from './call.ts';
import { removeObject } from './deleteObject.ts';
import { algorithmOfHeader } from '../body/checksums.ts';

/** Each object is judged and deleted by itself; the answer names those that were not. */
export async function deleteObjects(call: BucketCall, tools: Tools): Promise<StreamedReply> {
  requireIntegrity(call);
  const request = parseXml(await readDocument(call, MAX_DOCUMENT_BYTES), 'Delete');
  const objects = children(request, 'Object').map((node) => ({
    key: childText(node, 'Key'),
    versionId: childText(node, 'VersionId') || undefined,
    etag: childText(node, 'ETag'),
  }));
  if (objects.length === 0 || objects.length > MAX_DELETED) throw malformedXml();
  const isQuiet = childText(request, 'Quiet') === 'true';
  const deleted: XmlObject[] = [];
  const errors: XmlObject[] = [];
  for (const { key, versionId, etag } of objects) {
    if (key === undefined || key === '') throw malformedXml();
    const named = { Key: key, VersionId: versionId };
    try {
      const headers = new Map(etag === undefined ? [] : [['if-match', etag] as const]);
      const removal = await removeObject({ ...call, headers, key: checkedKey(key) }, tools, versionId);
      deleted.push({ ...named, ...describe(removal, versionId) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      errors.push({ ...named, Code: error.code, Message: error.message });
    }
  }
  return xmlReply(xmlDocument('DeleteResult', { Deleted: isQuiet ? [] : deleted, Error: errors }));
}

function describe(
  { versionId, isMarker }: { readonly versionId: string | null; readonly isMarker: boolean },
  asked: string | undefined,
): XmlObject {
  if (!isMarker || versionId === null) return {};
  return { DeleteMarker: true, DeleteMarkerVersionId: asked ?? versionId };
}

/** A body that deletes a thousand objects must be known to be what was sent. */
function requireIntegrity({ headers }: BucketCall): void {
  const isProven = [...headers.keys()].some(
    (name) => name === 'content-md5' || name === 'x-amz-trailer' || algorithmOfHeader(name),
  );
  if (isProven) return;
  throw s3Error('InvalidRequest', 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*');
}
