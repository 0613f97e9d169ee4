import type { Announcement } from '../generated/schema.ts';
import { encodeBase64Url } from './base64url';
import type { AnnouncementItem } from './items.ts';

/** Its id leads nowhere: an announcement is no node, and is met as notifications. */
export function toAnnouncement({ operationId, bodyEnglish, bodyJapanese, createdAt }: AnnouncementItem): Announcement {
  const ulid = operationId.slice('ANNOUNCEMENT#'.length);
  return { id: encodeBase64Url(`Announcement:${ulid}`), bodyEnglish, bodyJapanese, createdAt };
}
