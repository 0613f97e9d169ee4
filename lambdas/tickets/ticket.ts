import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { s3 } from '../shared/s3.ts';

/** As the schema's `UploadTicket`. */
export interface UploadTicket {
  readonly url: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  readonly maxBytes: number;
  /** ISO 8601. */
  readonly expiresAt: string;
}

export interface Upload {
  readonly bucket: string;
  readonly key: string;
  readonly contentType: string;
}

export const MAX_UPLOAD_BYTES = 10_485_760;
const VALID_SECONDS = 5 * 60;

/**
 * A form that puts one object of 1 to MAX_UPLOAD_BYTES bytes under exactly this key, with exactly this content type. It ends
 * earlier when the credentials do that signed it: those of a function live for hours.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 */
export async function ticketFor({ bucket, key, contentType }: Upload): Promise<UploadTicket> {
  const expiresAt = new Date(Date.now() + VALID_SECONDS * 1_000).toISOString();
  const { url, fields } = await createPresignedPost(s3, {
    Bucket: bucket,
    Key: key,
    Fields: { 'Content-Type': contentType },
    Conditions: [['content-length-range', 1, MAX_UPLOAD_BYTES]],
    Expires: VALID_SECONDS,
  });
  return {
    url,
    fields: Object.entries(fields).map(([name, value]) => ({ name, value })),
    maxBytes: MAX_UPLOAD_BYTES,
    expiresAt,
  };
}
