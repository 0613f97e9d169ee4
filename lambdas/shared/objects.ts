import { DeleteObjectsCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { s3 } from './s3.ts';

export interface StoredObject {
  readonly key: string;
  readonly bytes: number;
}

export interface Listing {
  readonly prefix: string;
  /** Only keys behind it. */
  readonly after?: string | undefined;
}

/** At most 1,000 objects, by key. */
export async function listObjects(bucket: string, { prefix, after }: Listing): Promise<StoredObject[]> {
  const { Contents = [] } = await s3.send(
    new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ...(after === undefined ? {} : { StartAfter: after }) }),
  );
  return Contents.flatMap(({ Key, Size = 0 }) => (Key === undefined ? [] : [{ key: Key, bytes: Size }]));
}

export async function readObject(bucket: string, key: string): Promise<Uint8Array> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  if (!Body) throw new Error(`${key} has no content`);
  return Body.transformToByteArray();
}

export async function writeObject(
  bucket: string,
  key: string,
  { content, type }: { readonly content: Uint8Array | string; readonly type: string },
): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: content, ContentType: type }));
}

/** At most 1,000. An object that is not there is deleted as well. @throws when S3 leaves some. */
export async function deleteObjects(bucket: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  const { Errors = [] } = await s3.send(
    new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: keys.map((Key) => ({ Key })), Quiet: true } }),
  );
  const [first] = Errors;
  if (first) throw new Error(`${Errors.length} objects of ${bucket} were not deleted: ${first.Code} ${first.Message}`);
}
