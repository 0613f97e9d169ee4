import type { BucketDefinition, Encryption } from './definition.ts';
import { invalidArgument, notImplemented, s3Error } from './errors.ts';
import { MAX_METADATA_BYTES } from './limits.ts';
import type { ObjectAttributes } from './storage/model.ts';

/** Headers of a request, or fields of a form, by name in lower case. */
export type Fields = ReadonlyMap<string, string>;

/** Headers that are kept with an object and given back as they are. */
export const KEPT_HEADERS = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
] as const;

const DEFAULT_CONTENT_TYPE = 'binary/octet-stream';
const METADATA_PREFIX = 'x-amz-meta-';

/** What a writer says of an object beside its content. Throws for what S3 refuses and for what is not emulated. */
export function readAttributes(fields: Fields, bucket: BucketDefinition): ObjectAttributes {
  refuseHeaders(fields);
  return {
    headers: keptHeaders(fields),
    metadata: readMetadata(fields),
    encryption: readEncryption(fields, bucket),
    storageClass: readStorageClass(fields.get('x-amz-storage-class')),
    checksum: null,
    parts: null,
  };
}

function keptHeaders(fields: Fields): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': DEFAULT_CONTENT_TYPE };
  for (const name of KEPT_HEADERS) {
    const value = name === 'content-encoding' ? withoutChunked(fields.get(name)) : fields.get(name);
    if (value !== undefined && value !== '') headers[name] = headerValue(name, value);
  }
  return headers;
}

/** The value as its UTF-8 bytes, which is how it goes over the wire. A line break would begin a header of the writer's own. */
function headerValue(name: string, value: string): string {
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) throw invalidArgument(name, value, 'Invalid header value');
  // What came in a header is in bytes already; what came in a form is text.
  return /[^\u0000-\u00ff]/.test(value) ? Buffer.from(value).toString('latin1') : value;
}

/** `aws-chunked` is of the request, what else is said belongs to the object. */
function withoutChunked(encoding: string | undefined): string | undefined {
  return encoding
    ?.split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding.toLowerCase() !== 'aws-chunked')
    .join(',');
}

function readMetadata(fields: Fields): Record<string, string> {
  const entries = [...fields]
    .filter(([name]) => name.startsWith(METADATA_PREFIX))
    .map(([name, value]) => [name.slice(METADATA_PREFIX.length), value] as const);
  const bytes = entries.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (bytes > MAX_METADATA_BYTES) {
    const message = 'Your metadata headers exceed the maximum allowed metadata size';
    throw s3Error('MetadataTooLarge', message, { Size: bytes, MaxSizeAllowed: MAX_METADATA_BYTES });
  }
  return Object.fromEntries(
    entries.map(([name, value]) => {
      if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name))
        throw invalidArgument(`${METADATA_PREFIX}${name}`, value, 'Invalid metadata name');
      return [name, headerValue(name, value)];
    }),
  );
}

const ENCRYPTION_ALGORITHMS: ReadonlySet<string> = new Set(['AES256', 'aws:kms', 'aws:kms:dsse']);

function readEncryption(fields: Fields, { encryption }: BucketDefinition): Encryption {
  const algorithm = fields.get('x-amz-server-side-encryption');
  if (algorithm === undefined) return encryption;
  if (!ENCRYPTION_ALGORITHMS.has(algorithm)) {
    const message = 'The encryption method specified is not supported';
    throw invalidArgument('x-amz-server-side-encryption', algorithm, message);
  }
  const keyId = fields.get('x-amz-server-side-encryption-aws-kms-key-id');
  if (keyId !== undefined && algorithm === 'AES256') {
    const message =
      'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms';
    throw invalidArgument('x-amz-server-side-encryption-aws-kms-key-id', keyId, message);
  }
  const bucketKey = fields.get('x-amz-server-side-encryption-bucket-key-enabled') === 'true';
  return { algorithm, ...(keyId === undefined ? {} : { keyId }), ...(bucketKey ? { bucketKey } : {}) };
}

/** All are stored alike here. Objects of the last two would have to be restored before they can be read. */
const STORAGE_CLASSES: ReadonlySet<string> = new Set([
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER_IR',
]);
const ARCHIVE_CLASSES: ReadonlySet<string> = new Set(['GLACIER', 'DEEP_ARCHIVE']);

function readStorageClass(text = 'STANDARD'): string {
  if (ARCHIVE_CLASSES.has(text)) throw notImplemented(`The storage class ${text}`);
  if (STORAGE_CLASSES.has(text)) return text;
  throw s3Error('InvalidStorageClass', 'The storage class you specified is not valid', { StorageClassRequested: text });
}

/** What would change the answer on AWS and is not emulated, by the beginning of the header's name. */
const REFUSED_HEADERS = [
  'x-amz-bypass-governance-retention',
  'x-amz-copy-source-server-side-encryption-customer-',
  'x-amz-grant-',
  'x-amz-mfa',
  'x-amz-object-lock-',
  'x-amz-server-side-encryption-customer-',
  'tagging',
  'x-amz-tagging',
  'x-amz-website-redirect-location',
  'x-amz-write-offset-bytes',
];

/** Throws `NotImplemented` and `AccessControlListNotSupported`. */
export function refuseHeaders(fields: Fields): void {
  for (const name of fields.keys()) {
    if (REFUSED_HEADERS.some((refused) => name.startsWith(refused))) throw notImplemented(`The header ${name}`);
  }
  const acl = fields.get('x-amz-acl') ?? fields.get('acl');
  if (acl !== undefined && acl !== 'bucket-owner-full-control') {
    throw s3Error('AccessControlListNotSupported', 'The bucket does not allow ACLs');
  }
}

/** As an answer gives them back. */
export function attributeHeaders({
  headers,
  metadata,
  encryption,
  storageClass,
}: ObjectAttributes): Record<string, string> {
  return {
    ...headers,
    ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`${METADATA_PREFIX}${name}`, value])),
    ...encryptionHeaders(encryption),
    ...(storageClass === 'STANDARD' ? {} : { 'x-amz-storage-class': storageClass }),
  };
}

export function encryptionHeaders({ algorithm, keyId, bucketKey }: Encryption): Record<string, string> {
  return {
    'x-amz-server-side-encryption': algorithm,
    ...(keyId === undefined ? {} : { 'x-amz-server-side-encryption-aws-kms-key-id': keyId }),
    ...(bucketKey ? { 'x-amz-server-side-encryption-bucket-key-enabled': 'true' } : {}),
  };
}
