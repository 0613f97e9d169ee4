import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { AnnouncementPage } from '../shared/announcementMessages.ts';
import { dynamodb } from '../shared/dynamodb.ts';
import { required } from '../shared/environment.ts';
import type { Recipient } from '../shared/items.ts';
import type { Language } from '../shared/mailMessages.ts';

/** Items in one message. Half of them are claims of handles. */
const PAGE_SIZE = 100;

export interface Member {
  readonly recipient: Recipient;
  readonly language: Language;
  readonly wantsMail: boolean;
}

export interface MembersPage {
  readonly members: readonly Member[];
  /** The last key that was looked at; undefined at the end of the segment. */
  readonly last: string | undefined;
}

/** A page of the profiles of one segment, but for deleted accounts. It is the table itself that is read: everyone is concerned. */
export async function membersOf({ segment, segments, after }: AnnouncementPage): Promise<MembersPage> {
  const { Items = [], LastEvaluatedKey } = await dynamodb.send(
    new ScanCommand({
      TableName: required('USERS_TABLE'),
      Segment: segment,
      TotalSegments: segments,
      Limit: PAGE_SIZE,
      ExclusiveStartKey: after === undefined ? undefined : { userId: after },
      FilterExpression: 'attribute_not_exists(ownerId) AND #status <> :deleted',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':deleted': 'DELETED' },
    }),
  );
  const members = Items.map(({ language, digest, ...profile }): Member => {
    return {
      recipient: profile as Recipient,
      language: language === 'JA' ? 'JA' : 'EN',
      wantsMail: digest === 'DAILY' || digest === 'WEEKLY',
    };
  });
  return { members, last: LastEvaluatedKey && String(LastEvaluatedKey.userId) };
}
