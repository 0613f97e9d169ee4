import { MalformedMessage, membersOf } from './messages.ts';

/**
 * What the table says of a photo. UPLOADED: the owner says that the file has arrived. OPENED: everybody may see it from now on.
 * REMOVED: nobody may.
 */
const kinds = ['UPLOADED', 'OPENED', 'REMOVED'] as const;

/** What the function `photos` is told. */
export type PhotosMessage =
  | { readonly kind: (typeof kinds)[number]; readonly photoId: string }
  /** S3 says so: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
  | { readonly kind: 'ARRIVED'; readonly photoIds: readonly string[] }
  /** S3 tries the queue when the notification is set up. */
  | { readonly kind: 'TRIED' };

const UPLOAD_KEY = /^photos\/([0-7][0-9A-HJKMNP-TV-Z]{25})$/;
const ULID = /^[0-9A-Za-z_-]{1,64}$/;

/** @throws MalformedMessage */
export function readPhotosMessage(body: unknown): PhotosMessage {
  const members = membersOf(body);
  const { Records, Event } = body as { readonly Records?: unknown; readonly Event?: unknown };
  if (Event === 's3:TestEvent') return { kind: 'TRIED' };
  if (Array.isArray(Records)) return { kind: 'ARRIVED', photoIds: Records.map(arrived) };
  const photoId = members.text('photoId');
  if (!ULID.test(photoId)) throw new MalformedMessage('photoId is no id');
  return { kind: members.oneOf('kind', kinds), photoId };
}

/** Keys come encoded as in a form. */
function arrived(record: unknown): string {
  const { s3 } = (record ?? {}) as { readonly s3?: { readonly object?: { readonly key?: unknown } } };
  const key = s3?.object?.key;
  if (typeof key !== 'string') throw new MalformedMessage('a record of S3 names no object');
  const photoId = UPLOAD_KEY.exec(decodeURIComponent(key.replaceAll('+', ' ')))?.[1];
  if (photoId === undefined) throw new MalformedMessage(`the object ${key} is no upload of a photo`);
  return photoId;
}
