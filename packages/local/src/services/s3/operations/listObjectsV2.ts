import type { StreamedReply } from '../../../aws/streamedService.ts';
import { invalidArgument } from '../errors.ts';
import { listObjects } from '../storage/listing.ts';
import { xmlDocument } from '../xml.ts';
import { type BucketCall, type Tools, xmlReply } from './call.ts';
import { commonPrefixes, listedObject, readListParameters } from './listing.ts';

export async function listObjectsV2(call: BucketCall, tools: Tools): Promise<StreamedReply> {
  const { query, bucket } = call;
  const parameters = readListParameters(call, 'max-keys');
  const { prefix, delimiter, limit, encode, encodingType } = parameters;
  await tools.authorize(call, 's3:ListBucket', bucket.arn, {
    's3:prefix': prefix,
    's3:max-keys': String(limit),
    ...(query.has('delimiter') ? { 's3:delimiter': delimiter } : {}),
  });
  const token = query.get('continuation-token');
  const startAfter = query.get('start-after') ?? '';
  const after = token === undefined ? startAfter : readToken(token);
  const { entries, prefixes, next } = listObjects(tools.database, {
    bucket: bucket.name,
    prefix,
    delimiter,
    after,
    limit,
  });
  return xmlReply(
    xmlDocument('ListBucketResult', {
      Name: bucket.name,
      Prefix: encode(prefix),
      Delimiter: delimiter === '' ? undefined : encode(delimiter),
      MaxKeys: limit,
      EncodingType: encodingType,
      KeyCount: entries.length + prefixes.length,
      IsTruncated: next !== null,
      ContinuationToken: token,
      NextContinuationToken: next === null ? undefined : tokenOf(next),
      StartAfter: startAfter === '' ? undefined : encode(startAfter),
      Contents: entries.map((entry) => listedObject(entry, parameters)),
      CommonPrefixes: commonPrefixes(prefixes, parameters),
    }),
  );
}

/** Opaque to clients; what was listed last. */
const tokenOf = (name: string): string => Buffer.from(`1${name}`).toString('base64url');

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64url').toString();
  if (text.startsWith('1') && tokenOf(text.slice(1)) === token) return text.slice(1);
  throw invalidArgument('continuation-token', token, 'The continuation token provided is incorrect');
}
