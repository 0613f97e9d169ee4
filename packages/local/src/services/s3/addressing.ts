import type { Headers } from '../../aws/canonicalRequest.ts';
import { s3Error } from './errors.ts';
import { MAX_KEY_BYTES } from './limits.ts';

/** What a request names: a bucket, an object in it, or the service itself. */
export interface Target {
  /** Empty: the service. */
  readonly bucket: string;
  /** Empty: the bucket. Any text, and never a path of this machine. */
  readonly key: string;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET_NAME = /^(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9](?:[a-z0-9-]|\.(?=[a-z0-9])){1,61}[a-z0-9]$/;

export const isBucketName = (name: string): boolean => BUCKET_NAME.test(name);

/** Whether a name is that of a bucket at AWS, in any Region: `photos.s3.us-east-1.amazonaws.com`. */
export const isBucketHost = (host: string): boolean => /^[^/]+\.s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com$/.test(host);

export interface HostNames {
  /** The bucket that the host's name says (`photos.localhost`), empty for the service's own names, null for other hosts. */
  bucketOf(host: string): string | null;
  /** Whether the name is one of AWS's for S3, where nothing else answers. */
  isAws(host: string): boolean;
}

/**
 * `s3.REGION.amazonaws.com` with or without a bucket before it, the same without region, and `BUCKET.localhost` or
 * `BUCKET.s3.localhost`. https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function hostNames(region: string): HostNames {
  const aws = new RegExp(`^(?:(.+)\\.)?s3(?:[.-]${region})?\\.amazonaws\\.com$`);
  const local = /^(?:(.+?)\.)?s3\.localhost$|^(.+)\.localhost$/;
  return {
    isAws: (host) => aws.test(host),
    bucketOf(host) {
      const named = aws.exec(host);
      if (named) return named[1] ?? '';
      const virtual = local.exec(host);
      return virtual ? (virtual[1] ?? virtual[2] ?? '') : null;
    },
  };
}

/** The host's name in lower case, without the port. */
export function hostOf(headers: Headers): string {
  const { host } = headers;
  const [text = ''] = typeof host === 'string' ? [host] : (host ?? []);
  return text.toLowerCase().replace(/:\d+$/, '');
}

/**
 * Bucket and key of a request. The key is what the path says after decoding, and is never resolved: `a/../b` is a key.
 *
 * Throws `InvalidURI`, `InvalidBucketName`, `KeyTooLongError`.
 */
export function targetOf(path: string, hostBucket: string | null): Target {
  const rest = path.slice(1);
  if (hostBucket !== null && hostBucket !== '') return { bucket: hostBucket, key: readKey(rest) };
  const slash = rest.indexOf('/');
  const bucket = decoded(slash < 0 ? rest : rest.slice(0, slash));
  if (bucket !== '' && !isBucketName(bucket)) {
    throw s3Error('InvalidBucketName', 'The specified bucket is not valid.', { BucketName: bucket });
  }
  return { bucket, key: slash < 0 ? '' : readKey(rest.slice(slash + 1)) };
}

const readKey = (encoded: string): string => checkedKey(decoded(encoded));

/** Throws for a name that no object may have. */
export function checkedKey(key: string): string {
  const bytes = Buffer.byteLength(key);
  if (bytes > MAX_KEY_BYTES) {
    throw s3Error('KeyTooLongError', 'Your key is too long', { Size: bytes, MaxSizeAllowed: MAX_KEY_BYTES });
  }
  if (key.includes('\0') || leadsOut(key)) throw invalidUri(key);
  return key;
}

/**
 * S3 refuses keys whose `..` lead above their beginning, though it resolves none.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 */
function leadsOut(key: string): boolean {
  let depth = 0;
  for (const element of key.split('/')) {
    if (element === '..') depth -= 1;
    else if (element !== '' && element !== '.') depth += 1;
    if (depth < 0) return true;
  }
  return false;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalidUri(text);
  }
}

const invalidUri = (uri: string) => s3Error('InvalidURI', "Couldn't parse the specified URI.", { URI: uri });
