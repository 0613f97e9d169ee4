import { AdminGetUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { unzipSync } from 'fflate';
import { parquetReadObjects } from 'hyparquet';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  cognito,
  control,
  isLocal,
  settled,
  storedItem,
  storedKeys,
  storedObject,
  storedPartition,
} from '../support/aws.ts';
import { now, travelTo } from '../support/clock.ts';
import { USER_ERRORS } from '../support/graphql.ts';
import { emailOf, type Member, newMember, signedInAgain } from '../support/member.ts';
import { photograph, sendFile, type Ticket, upload } from '../support/photos.ts';
import { remainsOf } from '../support/remains.ts';
import {
  block,
  comment,
  follow,
  globalId,
  like,
  post,
  relate,
  report,
  storePost,
  userId,
  type Written,
} from '../support/social.ts';
import { target } from '../support/target.ts';
import { ulid } from '../support/ulid.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const DELETE = `mutation ($handle: String!) { deleteAccount(confirmHandle: $handle) {
  job { __typename id status } ${USER_ERRORS}
} }`;

const ulidOf = (id: string, type: string): string =>
  Buffer.from(id, 'base64url')
    .toString()
    .slice(type.length + 1);

/** Keys of the local time, which other files have moved. */
const key = async (): Promise<string> => ulid(await now());

/** Of the rows that are an author's, in every file of the warehouse. */
async function warehouseIdsOf({ sub }: Member): Promise<string[]> {
  const ids: string[] = [];
  for (const name of await storedKeys('warehouse', 'posts/')) {
    const bytes = await storedObject('warehouse', name);
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    const rows = (await parquetReadObjects({ file })) as { post_id: string; author_id: string }[];
    ids.push(...rows.filter(({ author_id }) => author_id === sub).map(({ post_id }) => post_id));
  }
  return ids;
}

describe.skipIf(!isLocal)('an account that its member deletes', () => {
  let member: Member;
  let friend: Member;
  let moderator: Member;
  let email: string;
  let theirs: Written;
  let own: Written;
  let others: { reply: Written; complaint: Written; aboutMember: Written; aboutPost: Written };
  let jobId: string;
  let photoId: string;
  /** Posts in the archive: one is there alone, and of the other the table has its item for a day more. */
  const old = { alone: {} as Written, inTable: {} as Written, reply: {} as Written };

  async function archivedPost(body: string): Promise<Written> {
    const stored = await storePost(member, { body, hashtags: [], time: (await now()) - 200 * DAY });
    await like(friend, stored);
    old.reply = await comment(friend, stored, 'Of a friend', await key());
    await settled();
    await control('run-schedule', { Name: 'hiroba-dev-archiveMonthly' });
    await settled();
    return stored;
  }

  beforeAll(async () => {
    [member, friend, moderator] = await Promise.all([newMember(), newMember(), newMember({ groups: ['moderators'] })]);
    old.alone = await archivedPost('unrepeatable old');
    await travelTo((await now()) + 2 * DAY);
    [member, friend, moderator] = (await Promise.all([member, friend, moderator].map(signedInAgain))) as [
      Member,
      Member,
      Member,
    ];
    old.inTable = await archivedPost('unrepeatable older');
    email = await emailOf(member);
    await member.send(
      'mutation { updateProfile(input: { displayName: "Unrepeatable Name", bio: "unrepeatable bio" }) { userErrors { code } } }',
    );
    await member.send('mutation { updateSettings(input: { language: JA, digest: DAILY }) { userErrors { code } } }');
    own = await post(member, { body: 'unrepeatable #post', key: await key() });
    await post(member, { body: 'unrepeatable for followers', visibility: 'FOLLOWERS', key: await key() });
    theirs = await post(friend, { body: 'Of a friend', key: await key() });
    await comment(member, theirs, 'unrepeatable comment', await key());
    await comment(member, own, 'unrepeatable answer', await key());
    const reply = await comment(friend, own, 'Of a friend', await key());
    await Promise.all([like(member, theirs), like(friend, own), follow(member, friend), follow(friend, member)]);
    await Promise.all([block(member, moderator), relate(member, 'muteUser', friend)]);
    photoId = await upload(member, await photograph(200, 100), {
      altText: 'unrepeatable alt text',
      idempotencyKey: await key(),
    });
    others = {
      reply,
      complaint: await report(member, theirs.id, await key()),
      aboutMember: await report(friend, userId(member), await key()),
      aboutPost: await report(friend, own.id, await key()),
    };
    const started = await member.send<{ startEvidenceUpload: { ticket: Ticket } }>(
      'mutation ($id: ID!) { startEvidenceUpload(reportId: $id) { ticket { url fields { name value } } } }',
      { id: globalId('Report', others.complaint.key) },
    );
    await sendFile(started.data.startEvidenceUpload.ticket, Buffer.from('a conversation'));
    await settled();
    await member.send('mutation { requestDataExport { userErrors { code } } }');
    await settled();
  });

  it('had left something in many places', async () => {
    const found = await remainsOf([member.sub, ulidOf(photoId, 'Photo')]);

    expect(await storedPartition('posts', 'postId', old.alone.key)).toMatchObject([
      { item: 'ARCHIVE' },
      { item: 'STATS' },
    ]);
    expect(await storedPartition('posts', 'postId', old.inTable.key)).toMatchObject([
      { item: 'ARCHIVE' },
      { item: 'POST' },
      { item: 'STATS' },
    ]);
    expect(await warehouseIdsOf(member)).toEqual(expect.arrayContaining([old.alone.key, old.inTable.key]));
    expect(Object.keys(found).sort()).toEqual([
      'comments',
      'edges',
      expect.stringMatching(/^hiroba-dev-archive-/),
      expect.stringMatching(/^hiroba-dev-exports-/),
      expect.stringMatching(/^hiroba-dev-photos-/),
      'media',
      'members',
      'notifications',
      'ops',
      'posts',
      'timelines',
      'users',
    ]);
    expect(await storedItem('users', { userId: friend.sub })).toMatchObject({ followerCount: 1, followingCount: 1 });
    expect(await storedItem('posts', { postId: theirs.key, item: 'STATS' })).toMatchObject({
      likeCount: 1,
      commentCount: 1,
    });
  });

  it('could be taken out before, with what is in the archive, once each', async () => {
    const { data } = await member.send<{ viewer: { jobs: { edges: { node: { archives: { url: string }[] } }[] } } }>(
      '{ viewer { jobs { edges { node { ... on DataExport { archives { url } } } } } } }',
    );
    const [texts] = data.viewer.jobs.edges[0]?.node.archives ?? [];
    const files = unzipSync(new Uint8Array(await (await fetch(texts?.url ?? '')).arrayBuffer()));

    const lines = Buffer.from(files['posts.ndjson'] ?? [])
      .toString()
      .trimEnd()
      .split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { body: string }).body).sort()).toEqual([
      'unrepeatable #post',
      'unrepeatable for followers',
      'unrepeatable old',
      'unrepeatable older',
    ]);
  });

  it('is closed at once', async () => {
    const { data, errors } = await member.send<{ deleteAccount: { job: { id: string } } }>(DELETE, {
      handle: `@${member.handle}`,
    });

    expect(errors).toEqual([]);
    expect(data.deleteAccount).toMatchObject({
      job: { __typename: 'AccountDeletion', status: 'QUEUED' },
      userErrors: [],
    });
    jobId = data.deleteAccount.job.id;
    const write = await member.send(
      `mutation { createPost(input: { idempotencyKey: "${await key()}", body: "x" }) { ${USER_ERRORS} } }`,
    );
    expect(write.data).toMatchObject({ createPost: { userErrors: [{ code: 'ACCOUNT_NOT_ACTIVE' }] } });
    const claim = await member.send(`mutation { claimHandle(handle: "again") { ${USER_ERRORS} } }`);
    expect(claim.data).toMatchObject({ claimHandle: { userErrors: [{ code: 'ACCOUNT_NOT_ACTIVE' }] } });
    const seen = await friend.send(
      'query ($id: ID!, $handle: String!) { node(id: $id) { ... on User { handle displayName bio } } user(handle: $handle) { id } }',
      {
        id: userId(member),
        handle: member.handle,
      },
    );
    expect(seen.data).toEqual({ node: { handle: null, displayName: '', bio: '' }, user: null });
  });

  it('is hidden from all readers within moments, and cannot be signed in to', async () => {
    await settled();

    const { data } = await friend.send(
      'query ($own: ID!, $theirs: ID!) { post(id: $own) { id } hidden: post(id: $theirs) { stats { comments } comments { edges { node { body } } } } viewer { feed { edges { node { body } } } } }',
      { own: own.id, theirs: theirs.id },
    );
    expect(data).toEqual({
      post: null,
      hidden: { stats: { comments: 0 }, comments: { edges: [] } },
      viewer: { feed: { edges: [{ node: { body: 'Of a friend' } }] } },
    });
    const user = await cognito.send(new AdminGetUserCommand({ UserPoolId: target.userPoolId, Username: member.sub }));
    expect(user.Enabled).toBe(false);
  });

  it('leaves nothing but what is documented', async () => {
    await travelTo((await now()) + 6 * MINUTE);
    await settled();

    const texts = [member.sub, member.handle, email, 'Unrepeatable', 'unrepeatable', ulidOf(photoId, 'Photo')];
    expect(await remainsOf(texts)).toEqual({
      users: [{ userId: member.sub, status: 'DELETED', postCount: 0, followerCount: 0, followingCount: 0 }],
      ops: expect.toSatisfy((items: Record<string, unknown>[]) => {
        const rest = items.filter(({ operationId }) => !String(operationId).startsWith('ACTOR#'));
        expect(rest).toEqual([
          {
            operationId: `JOB#${ulidOf(jobId, 'Job')}`,
            status: `JOB#${member.sub}`,
            createdAt: expect.stringContaining(ulidOf(jobId, 'Job')),
            userId: member.sub,
            kind: 'ACCOUNT_DELETION',
            state: 'DONE',
            step: expect.any(Number),
            finishedAt: expect.any(String),
            expiresAt: expect.any(Number),
            trace: expect.any(String),
          },
        ]);
        return true;
      }),
    });
  });

  it('leaves nothing in the warehouse', async () => {
    expect(await warehouseIdsOf(member)).toEqual([]);
  });

  it('leaves no evidence of the member’s', async () => {
    const { ops, ...elsewhere } = await remainsOf([others.complaint.key]);

    expect(ops).toMatchObject([{ operationId: `CASE#${others.complaint.key}`, evidenceCount: 0 }]);
    expect(elsewhere).toEqual({});
  });

  it('leaves the counters of others exact, and what they were told', async () => {
    expect(await storedItem('users', { userId: friend.sub })).toMatchObject({
      postCount: 1,
      followerCount: 0,
      followingCount: 0,
      unreadCount: 0,
    });
    expect(await storedItem('posts', { postId: theirs.key, item: 'STATS' })).toMatchObject({
      likeCount: 0,
      commentCount: 0,
    });
    expect(await storedPartition('notifications', 'userId', friend.sub)).toEqual([]);
    expect(await storedPartition('timelines', 'userId', friend.sub)).toEqual([]);
  });

  it('leaves to others what is theirs', async () => {
    expect(await storedItem('comments', { bucket: `${own.key}#0`, commentId: others.reply.key })).toMatchObject({
      authorId: friend.sub,
      postAuthorId: 'deleted',
      body: 'Of a friend',
    });
    expect(await storedItem('ops', { operationId: `CASE#${others.complaint.key}` })).toMatchObject({
      reporterId: 'deleted',
      history: [{ actorId: 'deleted', action: 'REPORTED' }],
      status: 'OPEN#0',
    });
    expect(await storedItem('ops', { operationId: `CASE#${others.aboutMember.key}` })).toMatchObject({
      reporterId: friend.sub,
      subjectType: 'User',
      subjectKey: 'deleted',
      subjectOwnerId: 'deleted',
    });
    const { data, errors } = await moderator.send(
      'query ($id: ID!) { node(id: $id) { ... on ModerationCase { reason reporter { handle } subject { __typename } } } }',
      { id: globalId('ModerationCase', others.complaint.key) },
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({ node: { reason: 'SPAM', reporter: { handle: null }, subject: { __typename: 'Post' } } });
  });

  it('gives its handle to whoever claims it next', async () => {
    const next = await newMember();

    const { data } = await next.send(
      `mutation ($handle: String!) { claimHandle(handle: $handle) { user { handle } ${USER_ERRORS} } }`,
      {
        handle: member.handle,
      },
    );

    expect(data).toEqual({ claimHandle: { user: { handle: member.handle }, userErrors: [] } });
  });
});
