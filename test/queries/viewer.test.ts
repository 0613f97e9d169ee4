import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { dynamodb, type Item, tableName } from '../support/aws.ts';
import { graphql, notAuthorized, publicCaller } from '../support/graphql.ts';
import { newMember, newUser } from '../support/member.ts';
import { globalId, userId } from '../support/social.ts';
import { ulid } from '../support/ulid.ts';

describe('the viewer', () => {
  it('has the defaults before there is a profile', async () => {
    const user = await newUser();

    const { data, errors } = await user.send(
      `{ viewer {
        user { id } unreadNotificationCount
        settings { language digest notifyLikes notifyComments notifyFollows }
        feed { edges { cursor } } notifications { edges { cursor } } jobs { edges { cursor } }
      } }`,
    );

    expect(errors).toEqual([]);
    expect(data).toEqual({
      viewer: {
        user: null,
        unreadNotificationCount: 0,
        settings: { language: 'EN', digest: 'NEVER', notifyLikes: true, notifyComments: true, notifyFollows: true },
        feed: { edges: [] },
        notifications: { edges: [] },
        jobs: { edges: [] },
      },
    });
  });

  it('is whoever the token names, nobody else', async () => {
    const members = await Promise.all([newMember(), newMember()]);

    const answers = await Promise.all(members.map((member) => member.send('{ viewer { user { id handle } } }')));

    expect(answers.map(({ data }) => data)).toEqual(
      members.map((member) => ({ viewer: { user: { id: userId(member), handle: member.handle } } })),
    );
  });

  it('is nobody without sign-in', async () => {
    const { data, errors } = await graphql(publicCaller, '{ viewer { unreadNotificationCount } }');

    expect(data).toEqual({ viewer: null });
    expect(errors).toMatchObject([notAuthorized('Query', 'viewer')]);
  });
});

describe("the viewer's jobs", () => {
  const storeJob = async (member: { sub: string }, time: number, attributes: Item) => {
    const key = ulid(time);
    const createdAt = `${new Date(time).toISOString()}#${key}`;
    const item = { operationId: `JOB#${key}`, status: `JOB#${member.sub}`, createdAt, userId: member.sub };
    await dynamodb.send(new PutCommand({ TableName: tableName('ops'), Item: { ...item, ...attributes } }));
    return globalId('Job', key);
  };

  it('come newest first, and to nobody else', async () => {
    const [member, other] = await Promise.all([newMember(), newMember()]);
    const now = Date.now();
    const exported = await storeJob(member, now - 2_000, { kind: 'DATA_EXPORT', state: 'DONE' });
    const deletion = await storeJob(member, now - 1_000, { kind: 'ACCOUNT_DELETION', state: 'QUEUED' });
    const JOBS = '{ viewer { jobs { edges { node { __typename id status createdAt } } } } }';
    const NODES = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    const ids = [exported, deletion];

    const [own, ofOther] = await Promise.all([member.send(JOBS), other.send(JOBS)]);
    const [ownNodes, nodesToOther] = await Promise.all([member.send(NODES, { ids }), other.send(NODES, { ids })]);

    const job = (__typename: string, id: string, status: string, time: number) => ({
      node: { __typename, id, status, createdAt: new Date(time).toISOString() },
    });
    expect(own.data).toEqual({
      viewer: {
        jobs: {
          edges: [
            job('AccountDeletion', deletion, 'QUEUED', now - 1_000),
            job('DataExport', exported, 'DONE', now - 2_000),
          ],
        },
      },
    });
    expect(ofOther.data).toEqual({ viewer: { jobs: { edges: [] } } });
    expect(ownNodes.data).toEqual({ nodes: [{ id: exported }, { id: deletion }] });
    expect(nodesToOther.data).toEqual({ nodes: [null, null] });
  });
});

describe("the viewer's notifications", () => {
  it('page in both directions, latest day first, without expired ones', async () => {
    const member = await newMember();
    const store = (day: string, attributes: Item = {}) =>
      dynamodb.send(
        new PutCommand({
          TableName: tableName('notifications'),
          Item: {
            userId: member.sub,
            notificationId: `${day}#SYSTEM#1`,
            kind: 'SYSTEM',
            subjectId: '1',
            actorIds: [],
            actorCount: 0,
            body: day,
            createdAt: `${day}T00:00:00.000Z`,
            updatedAt: `${day}T00:00:00.000Z`,
            ...attributes,
          },
        }),
      );
    await Promise.all(['2025-01-01', '2025-01-02', '2025-01-03'].map((day) => store(day)));
    await store('2025-01-04', { expiresAt: Math.floor(Date.now() / 1000) - 1 });
    const PAGE = `query ($first: Int, $after: String, $last: Int, $before: String) { viewer {
      notifications(first: $first, after: $after, last: $last, before: $before) {
        edges { node { ... on SystemNotification { body } recipient { handle } } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    } }`;
    interface Page {
      readonly viewer: {
        readonly notifications: {
          readonly edges: readonly { readonly node: { readonly body: string } }[];
          readonly pageInfo: { readonly startCursor: string; readonly endCursor: string };
        };
      };
    }
    const read = async (variables: object) => (await member.send<Page>(PAGE, variables)).data.viewer.notifications;

    const first = await read({ first: 2 });
    const second = await read({ first: 2, after: first.pageInfo.endCursor });
    const back = await read({ last: 1, before: second.pageInfo.startCursor });

    // The expired one, which DynamoDB has not deleted yet, still takes its place in the page.
    expect([first, second, back].map(({ edges }) => edges.map(({ node }) => node.body))).toEqual([
      ['2025-01-03'],
      ['2025-01-02', '2025-01-01'],
      ['2025-01-03'],
    ]);
    expect([first, second, back].map(({ pageInfo }) => pageInfo)).toMatchObject([
      { hasNextPage: true, hasPreviousPage: false },
      { hasNextPage: false, hasPreviousPage: true },
      { hasNextPage: true, hasPreviousPage: true },
    ]);
  });
});
