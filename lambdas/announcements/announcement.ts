import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../shared/dynamodb.ts';
import { required } from '../shared/environment.ts';
import type { Language } from '../shared/mailMessages.ts';

export interface Announcement {
  /** ULID. */
  readonly announcementId: string;
  readonly bodies: Readonly<Record<Language, string>>;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** Undefined once it has expired. */
export async function readAnnouncement(announcementId: string): Promise<Announcement | undefined> {
  const { Item } = await dynamodb.send(
    new GetCommand({
      TableName: required('OPS_TABLE'),
      Key: { operationId: `ANNOUNCEMENT#${announcementId}` },
      ConsistentRead: true,
    }),
  );
  if (!Item) return undefined;
  const { bodyEnglish, bodyJapanese, createdAt } = Item;
  const bodies = { EN: String(bodyEnglish), JA: String(bodyJapanese) };
  return { announcementId, bodies, createdAt: String(createdAt) };
}
