import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { dynamodb, storedItem, tableName } from '../support/aws.ts';
import { graphql, notAuthorized, publicCaller, USER_ERRORS } from '../support/graphql.ts';
import { type Member, newMember } from '../support/member.ts';

const MARK = `mutation ($upTo: AWSDateTime!) {
  markNotificationsRead(upTo: $upTo) { readUpTo unreadNotificationCount ${USER_ERRORS} }
}`;
const FIRST = '2025-01-31T10:00:00.000Z';
const SECOND = '2025-01-31T11:00:00.000Z';
const THIRD = '2025-02-01T09:00:00.000Z';
const stored = (member: Member) => storedItem('users', { userId: member.sub });

/** A member who was notified at three times. */
async function notifiedMember(): Promise<Member> {
  const member = await newMember();
  await Promise.all(
    [FIRST, SECOND, THIRD].map((updatedAt, index) =>
      dynamodb.send(
        new PutCommand({
          TableName: tableName('notifications'),
          Item: {
            userId: member.sub,
            notificationId: `${updatedAt.slice(0, 10)}#SYSTEM#${index}`,
            kind: 'SYSTEM',
            subjectId: String(index),
            actorIds: [],
            actorCount: 0,
            body: 'Hello',
            createdAt: updatedAt,
            updatedAt,
          },
        }),
      ),
    ),
  );
  return member;
}

describe('moving the read watermark', () => {
  it('is stored, and counts what is left unread', async () => {
    const member = await notifiedMember();

    const { data, errors } = await member.send(MARK, { upTo: SECOND });

    expect(errors).toEqual([]);
    expect(data).toEqual({
      markNotificationsRead: { readUpTo: SECOND, unreadNotificationCount: 1, userErrors: [] },
    });
    expect(await stored(member)).toMatchObject({ readUpTo: SECOND, unreadCount: 1 });
  });

  it('changes nothing when repeated, and answers the same', async () => {
    const member = await notifiedMember();
    const first = await member.send(MARK, { upTo: SECOND });
    const before = await stored(member);

    const again = await member.send(MARK, { upTo: SECOND });

    expect(again.data).toEqual(first.data);
    expect(await stored(member)).toEqual(before);
  });

  it('never goes back', async () => {
    const member = await notifiedMember();
    await member.send(MARK, { upTo: THIRD });

    const { data } = await member.send(MARK, { upTo: FIRST });

    expect(data).toEqual({ markNotificationsRead: { readUpTo: THIRD, unreadNotificationCount: 0, userErrors: [] } });
    expect(await stored(member)).toMatchObject({ readUpTo: THIRD });
  });

  it('understands every offset', async () => {
    const member = await notifiedMember();

    const { data } = await member.send(MARK, { upTo: '2025-01-31T20:00:00+09:00' });

    expect(data).toMatchObject({ markNotificationsRead: { readUpTo: SECOND, unreadNotificationCount: 1 } });
  });

  it('shows in the notifications', async () => {
    const member = await notifiedMember();
    await member.send(MARK, { upTo: SECOND });

    const { data } = await member.send(
      `{ viewer {
        unreadNotificationCount
        all: notifications { edges { node { updatedAt readAt } } }
        unread: notifications(unreadOnly: true) { edges { node { updatedAt } } }
      } }`,
    );

    expect(data).toEqual({
      viewer: {
        unreadNotificationCount: 1,
        all: {
          edges: [
            { node: { updatedAt: THIRD, readAt: null } },
            { node: { updatedAt: SECOND, readAt: SECOND } },
            { node: { updatedAt: FIRST, readAt: SECOND } },
          ],
        },
        unread: { edges: [{ node: { updatedAt: THIRD } }] },
      },
    });
  });
});

describe('moving the read watermark is refused', () => {
  it('to the public', async () => {
    const { errors } = await graphql(publicCaller, MARK, { upTo: FIRST });

    expect(errors).toMatchObject([notAuthorized('Mutation', 'markNotificationsRead')]);
  });

  it('into the future', async () => {
    const member = await newMember();
    const before = await stored(member);

    const { data } = await member.send(MARK, { upTo: new Date(Date.now() + 10 * 60_000).toISOString() });

    const message = 'What has not happened yet cannot have been read.';
    expect(data).toEqual({
      markNotificationsRead: {
        readUpTo: null,
        unreadNotificationCount: null,
        userErrors: [{ code: 'INVALID', message, field: ['upTo'] }],
      },
    });
    expect(await stored(member)).toEqual(before);
  });

  it('to something that is no time', async () => {
    const member = await newMember();

    const { data, errors } = await member.send(MARK, { upTo: 'yesterday' });

    expect(data).toBeNull();
    expect(errors).toMatchObject([
      { message: "Variable 'upTo' has an invalid value. Unable to parse `yesterday` as a valid DateTime." },
    ]);
  });
});
