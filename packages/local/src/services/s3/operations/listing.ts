import { invalidArgument } from '../errors.ts';
import { MAX_LISTED } from '../limits.ts';
import type { StoredObject } from '../storage/model.ts';
import type { XmlObject } from '../xml.ts';
import type { BucketCall } from './call.ts';
import { quoted } from './call.ts';

/** What all lists of a bucket take. */
export interface ListParameters {
  readonly prefix: string;
  readonly delimiter: string;
  readonly limit: number;
  /** Names in the answer, percent-encoded when the client asked for it. */
  encode(name: string): string;
  readonly encodingType: string | undefined;
}

/** Throws `InvalidArgument`. `limitName` is `max-keys` or its like. */
export function readListParameters({ query }: BucketCall, limitName: string): ListParameters {
  const encodingType = query.get('encoding-type');
  if (encodingType !== undefined && encodingType !== 'url') {
    throw invalidArgument('encoding-type', encodingType, 'Invalid Encoding Method specified in Request');
  }
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    limit: readLimit(limitName, query.get(limitName)),
    encodingType,
    encode: encodingType === 'url' ? percentEncoded : (name) => name,
  };
}

function readLimit(name: string, text: string | undefined): number {
  if (text === undefined || text === '') return MAX_LISTED;
  if (!/^-?\d{1,10}$/.test(text))
    throw invalidArgument(name, text, `Provided ${name} not an integer or within integer range`);
  if (Number(text) < 0)
    throw invalidArgument(name, text, `Argument ${name} must be an integer between 0 and 2147483647`);
  return Math.min(Number(text), MAX_LISTED);
}

/** As in a path, but for the characters that forms leave alone as well. */
const percentEncoded = (name: string): string =>
  encodeURIComponent(name)
    .replaceAll('%2F', '/')
    .replace(/[!'()]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

export const commonPrefixes = (prefixes: readonly string[], { encode }: ListParameters): readonly XmlObject[] =>
  prefixes.map((prefix) => ({ Prefix: encode(prefix) }));

/** An object as lists describe it. */
export function listedObject(
  { key, modified, etag, size, attributes }: StoredObject,
  { encode }: ListParameters,
): XmlObject {
  const { checksum, storageClass } = attributes;
  return {
    Key: encode(key),
    LastModified: new Date(modified).toISOString(),
    ETag: quoted(etag),
    ...(checksum ? { ChecksumAlgorithm: checksum.algorithm, ChecksumType: checksum.type } : {}),
    Size: size,
    StorageClass: storageClass,
  };
}
