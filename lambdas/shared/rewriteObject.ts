import { GetObjectCommand, PutObjectCommand, S3ServiceException } from '@aws-sdk/client-s3';
import { MAX_ATTEMPTS, pauseAfter } from './retry.ts';
import { s3 } from './s3.ts';

export interface ObjectName {
  readonly bucket: string;
  readonly key: string;
}

export interface Rewriting {
  readonly contentType: string;
  /** The new bytes, from those that are stored; null: leave them. Called again when another writer was faster. */
  change(stored: Uint8Array | null): Promise<Uint8Array | null>;
}

/**
 * Reads an object, changes it, and writes it on condition that it is still as it was read: S3 lets one of two writers
 * through, and the other begins again with what the first has written, so that nothing of either is lost.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 * @returns whether it wrote. @throws when others are faster five times in a row, and what S3 throws.
 */
export async function rewriteObject({ bucket, key }: ObjectName, { contentType, change }: Rewriting): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    const stored = await readVersion({ bucket, key });
    const Body = await change(stored?.bytes ?? null);
    if (Body === null) return false;
    const condition = stored ? { IfMatch: stored.etag } : { IfNoneMatch: '*' };
    try {
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body, ContentType: contentType, ...condition }));
      return true;
    } catch (error) {
      if (!wasFaster(error)) throw error;
      if (attempt === MAX_ATTEMPTS) throw new Error(`${key} of ${bucket} keeps changing`, { cause: error });
      await pauseAfter(attempt);
    }
  }
}

/** Null: there is none. The role may list, so that S3 says so. */
export async function readVersion({
  bucket,
  key,
}: ObjectName): Promise<{ readonly bytes: Uint8Array; readonly etag: string } | null> {
  try {
    const { Body, ETag } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if (!Body || !ETag) throw new Error(`S3 answered ${key} of ${bucket} without a body or an ETag`);
    return { bytes: await Body.transformToByteArray(), etag: ETag };
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return null;
    throw error;
  }
}

/** 412: it is not as it was read. 409: two writes met. 404: it was deleted since. */
function wasFaster(error: unknown): boolean {
  return error instanceof S3ServiceException && [404, 409, 412].includes(error.$metadata.httpStatusCode ?? 0);
}
