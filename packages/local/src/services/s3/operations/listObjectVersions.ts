import type { StreamedReply } from '../../../aws/streamedService.ts';
import { invalidArgument } from '../errors.ts';
import { listVersions } from '../storage/versions.ts';
import type { StoredObject } from '../storage/model.ts';
import { xmlDocument, type XmlObject } from '../xml.ts';
import { type BucketCall, type Tools, xmlReply } from './call.ts';
import { commonPrefixes, listedObject, type ListParameters, readListParameters } from './listing.ts';

export async function listObjectVersions(call: BucketCall, tools: Tools): Promise<StreamedReply> {
  const { query, bucket } = call;
  const parameters = readListParameters(call, 'max-keys');
  const { prefix, delimiter, limit, encode, encodingType } = parameters;
  await tools.authorize(call, 's3:ListBucketVersions', bucket.arn, {
    's3:prefix': prefix,
    's3:max-keys': String(limit),
  });
  const keyMarker = query.get('key-marker') ?? '';
  const versionIdMarker = query.get('version-id-marker') ?? null;
  if (versionIdMarker !== null && keyMarker === '') {
    throw invalidArgument(
      'version-id-marker',
      versionIdMarker,
      'A version-id marker cannot be specified without a key marker.',
    );
  }
  const listed = listVersions(tools.database, {
    bucket: bucket.name,
    prefix,
    delimiter,
    keyMarker,
    versionIdMarker,
    limit,
  });
  return xmlReply(
    xmlDocument('ListVersionsResult', {
      Name: bucket.name,
      Prefix: encode(prefix),
      KeyMarker: encode(keyMarker),
      VersionIdMarker: versionIdMarker ?? '',
      NextKeyMarker: listed.next ? encode(listed.next.key) : undefined,
      NextVersionIdMarker: listed.next?.versionId ?? undefined,
      MaxKeys: limit,
      Delimiter: delimiter === '' ? undefined : encode(delimiter),
      EncodingType: encodingType,
      IsTruncated: listed.next !== null,
      Version: listed.versions
        .filter(({ isMarker }) => !isMarker)
        .map((version) => versionElement(version, parameters)),
      DeleteMarker: listed.versions
        .filter(({ isMarker }) => isMarker)
        .map((version) => markerElement(version, parameters)),
      CommonPrefixes: commonPrefixes(listed.prefixes, parameters),
    }),
  );
}

function versionElement(version: StoredObject, parameters: ListParameters): XmlObject {
  return { ...listedObject(version, parameters), VersionId: version.versionId, IsLatest: version.isLatest };
}

function markerElement({ key, versionId, isLatest, modified }: StoredObject, { encode }: ListParameters): XmlObject {
  return { Key: encode(key), VersionId: versionId, IsLatest: isLatest, LastModified: new Date(modified).toISOString() };
}
