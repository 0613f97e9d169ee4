import { unzipSync } from 'fflate';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { isLocal, settled } from '../support/aws.ts';
import { USER_ERRORS, type UserError } from '../support/graphql.ts';
import { emailOf, type Member, newMember, newUser } from '../support/member.ts';
import { mailsTo } from '../support/outbox.ts';
import { photograph, upload } from '../support/photos.ts';
import {
  block,
  comment,
  deletePost,
  follow,
  like,
  post,
  relate,
  report,
  storePhoto,
  suspendedMember,
} from '../support/social.ts';

const EXPORT = `mutation { requestDataExport {
  job { __typename id status createdAt ... on DataExport { archives { name } } } ${USER_ERRORS}
} }`;
const ARCHIVES =
  '{ viewer { jobs { edges { node { id status ... on DataExport { archives { name bytes url } } } } } } }';

interface Job {
  readonly id: string;
  readonly status: string;
  readonly archives: readonly { readonly name: string; readonly bytes: number; readonly url: string }[] | null;
}

async function request(member: Member) {
  const { data, errors } = await member.send<{ requestDataExport: { job: Job | null; userErrors: UserError[] } }>(
    EXPORT,
  );
  expect(errors).toEqual([]);
  return data.requestDataExport;
}

async function jobsOf(member: Member): Promise<Job[]> {
  const { data, errors } = await member.send<{ viewer: { jobs: { edges: { node: Job }[] } } }>(ARCHIVES);
  expect(errors).toEqual([]);
  return data.viewer.jobs.edges.map(({ node }) => node);
}

/** The files of an archive of the member's newest export. */
async function unzipped(member: Member, name: string): Promise<Record<string, Uint8Array>> {
  const [job] = await jobsOf(member);
  const archive = job?.archives?.find((each) => each.name === name);
  const response = await fetch(archive?.url ?? '');
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect(bytes.byteLength).toBe(archive?.bytes);
  expect(response.headers.get('content-disposition')).toBe(`attachment; filename="${name}"`);
  return unzipSync(bytes);
}

/** Lines of JSON, and the text that explains them. */
async function downloaded(member: Member): Promise<Record<string, unknown[]>> {
  return Object.fromEntries(
    Object.entries(await unzipped(member, 'hiroba-export-1.zip')).map(([name, content]) => {
      const lines = Buffer.from(content).toString().trimEnd().split('\n');
      return [name, name.endsWith('.ndjson') ? lines.map((line) => JSON.parse(line) as unknown) : lines.slice(0, 1)];
    }),
  );
}

const A_TIME: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

describe('a data export', () => {
  it('has everything of the member in one archive, and nothing of others', { timeout: 60_000 }, async () => {
    const [member, friend, foe, bore] = await Promise.all([newMember(), newMember(), newMember(), newMember()]);
    await member.send(
      'mutation { updateProfile(input: { displayName: "花子", bio: "猫 & tea" }) { userErrors { code } } }',
    );
    await member.send('mutation { updateSettings(input: { language: JA, digest: WEEKLY }) { userErrors { code } } }');
    const own = await post(member, { body: 'Only for #friends', visibility: 'FOLLOWERS' });
    const gone = await post(member, { body: 'Taken back' });
    await deletePost(member, gone);
    const theirs = await post(friend, { body: 'Of somebody else' });
    const remark = await comment(member, theirs, 'Nice one');
    await Promise.all([like(member, theirs), follow(member, friend), follow(friend, member)]);
    await Promise.all([block(member, foe), relate(member, 'muteUser', bore)]);
    const photo = await storePhoto(member, { altText: 'A cat', width: 3, height: 2 });
    const complaint = await report(member, theirs.id);
    await settled();

    const { job, userErrors } = await request(member);
    expect(userErrors).toEqual([]);
    expect(job).toMatchObject({ __typename: 'DataExport', status: 'QUEUED', createdAt: A_TIME, archives: null });
    await settled();

    expect(await jobsOf(member)).toMatchObject([{ id: job?.id, status: 'DONE' }]);
    expect(await downloaded(member)).toEqual({
      'README.txt': ['Your data in Hiroba'],
      'profile.ndjson': [
        {
          id: member.sub,
          handle: member.handle,
          displayName: '花子',
          bio: '猫 & tea',
          createdAt: A_TIME,
          posts: 1,
          followers: 1,
          following: 1,
        },
      ],
      'settings.ndjson': [
        { language: 'JA', digest: 'WEEKLY', notifyLikes: true, notifyComments: true, notifyFollows: true },
      ],
      'posts.ndjson': [
        {
          id: own.key,
          createdAt: A_TIME,
          visibility: 'FOLLOWERS',
          body: 'Only for #friends',
          hashtags: ['friends'],
          photoIds: [],
        },
      ],
      'comments.ndjson': [{ id: remark.key, postId: theirs.key, createdAt: A_TIME, body: 'Nice one' }],
      'likes.ndjson': [{ postId: theirs.key, likedAt: A_TIME }],
      'follows.ndjson': [{ userId: friend.sub, handle: friend.handle, since: A_TIME }],
      'blocks.ndjson': [{ userId: foe.sub, handle: foe.handle, since: A_TIME }],
      'mutes.ndjson': [{ userId: bore.sub, handle: bore.handle, since: A_TIME }],
      'notifications.ndjson': [{ kind: 'FOLLOW', createdAt: A_TIME, updatedAt: A_TIME, people: 1 }],
      'photos.ndjson': [
        {
          id: photo.key,
          createdAt: '2025-01-31T00:00:00.000Z',
          status: 'READY',
          width: 3,
          height: 2,
          altText: 'A cat',
        },
      ],
      'reports.ndjson': [{ id: complaint.key, createdAt: A_TIME, reason: 'SPAM', subject: 'Post', status: 'OPEN' }],
    });
  });

  it('has the pictures in an archive of their own', async () => {
    const member = await newMember();
    const id = await upload(member, await photograph(400, 300));
    await settled();
    await request(member);
    await settled();

    const [job] = await jobsOf(member);
    const files = await unzipped(member, 'hiroba-photos-1.zip');

    expect(job?.archives?.map(({ name }) => name)).toEqual(['hiroba-export-1.zip', 'hiroba-photos-1.zip']);
    const name = `${Buffer.from(id, 'base64url').toString().slice('Photo:'.length)}.jpg`;
    expect(Object.keys(files)).toEqual([name]);
    expect(await sharp(files[name]).metadata()).toMatchObject({ format: 'jpeg', width: 300, height: 400 });
  });

  it.skipIf(!isLocal)('is told of by mail, once, in the language of the settings', async () => {
    const member = await newMember();
    await member.send('mutation { updateSettings(input: { language: JA }) { userErrors { code } } }');
    await request(member);
    await settled();

    const mails = await mailsTo(await emailOf(member));

    const subjects = mails.map(({ subject }) => subject);
    expect(subjects.filter((subject) => subject === 'データの準備ができました')).toHaveLength(1);
    const { body = '' } = mails.find(({ subject }) => subject === 'データの準備ができました') ?? {};
    expect(body).toContain(`@${member.handle} さん`);
    expect(body).not.toContain('X-Amz-Signature');
  });

  it('is made of many pages', { timeout: 60_000 }, async () => {
    const member = await newMember();
    const bodies = Array.from({ length: 230 }, (_, index) => `Post ${index}`);
    for (let start = 0; start < bodies.length; start += 20) {
      await Promise.all(bodies.slice(start, start + 20).map((body) => post(member, { body })));
    }
    await request(member);
    await settled();

    const { 'posts.ndjson': lines = [] } = await downloaded(member);

    expect(new Set(lines.map((line) => (line as { body: string }).body))).toEqual(new Set(bodies));
    expect(lines).toHaveLength(230);
  });

  it('is one at a time, and one a day', async () => {
    const member = await newMember();

    const answers = await Promise.all([request(member), request(member), request(member)]);
    await settled();
    const later = await request(member);

    const made = answers.flatMap(({ job }) => job?.id ?? []);
    expect(new Set(made).size).toBe(1);
    expect(answers.flatMap(({ userErrors }) => userErrors).map(({ code }) => code)).toEqual(
      Array.from({ length: 3 - made.length }, () => 'CONFLICT'),
    );
    expect(later.job).toBeNull();
    expect(later.userErrors).toEqual([
      {
        code: 'TOO_SOON',
        message: expect.stringMatching(/^There is an export of today: ask again after \d{4}-.*Z\.$/),
        field: null,
      },
    ]);
    expect(await jobsOf(member)).toHaveLength(1);
  });

  it('is for suspended members, too, and not for whoever has no profile', async () => {
    const [suspended, withoutProfile] = await Promise.all([suspendedMember(), newUser()]);

    expect((await request(suspended)).job).toMatchObject({ status: 'QUEUED' });
    expect(await request(withoutProfile)).toMatchObject({ job: null, userErrors: [{ code: 'PROFILE_REQUIRED' }] });
    await settled();
  });

  it('is shown to its owner only', async () => {
    const [member, other] = await Promise.all([newMember(), newMember()]);
    const { job } = await request(member);
    await settled();

    const { data } = await other.send('query ($id: ID!) { node(id: $id) { ... on DataExport { archives { url } } } }', {
      id: job?.id,
    });

    expect(data).toEqual({ node: null });
  });
});
