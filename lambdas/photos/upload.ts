import { DeleteObjectCommand, GetObjectCommand, NoSuchKey } from '@aws-sdk/client-s3';
import { required } from '../shared/environment.ts';
import { s3 } from '../shared/s3.ts';
import { Refused } from './picture.ts';

/** As the form's policy has it. A file could come in another way. */
const MAX_BYTES = 10_485_760;

/** The file that was sent; null when there is none. @throws Refused for one that is too large, of which nothing is read. */
export async function readUpload(photoId: string): Promise<Uint8Array | null> {
  try {
    const { Body, ContentLength = 0 } = await s3.send(new GetObjectCommand(named(photoId)));
    if (ContentLength > MAX_BYTES) {
      Body?.transformToWebStream()
        .cancel()
        .catch(() => undefined);
      throw new Refused('TOO_LARGE', `the file has ${ContentLength} bytes`);
    }
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  } catch (error) {
    if (error instanceof NoSuchKey) return null;
    throw error;
  }
}

export async function deleteUpload(photoId: string): Promise<void> {
  await s3.send(new DeleteObjectCommand(named(photoId)));
}

const named = (photoId: string) => ({ Bucket: required('UPLOADS_BUCKET'), Key: `photos/${photoId}` });
