import { describe, expect, it } from 'vitest';
import { storedItem } from '../support/aws.ts';
import { graphql, invalidArgument, notAuthorized, publicCaller, USER_ERRORS } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { block, comment, globalId, post, storePhoto, userId } from '../support/social.ts';
import { A_TRACE } from '../support/trace.ts';
import { ulid } from '../support/ulid.ts';

const CREATE = `mutation ($input: CreateReportInput!) {
  createReport(input: $input) {
    report {
      id reason details status createdAt
      subject { __typename ... on Post { id } ... on Comment { id } ... on User { id } ... on Photo { id } }
    }
    ${USER_ERRORS}
  }
}`;
const [author, reporter] = await Promise.all([newMember(), newMember()]);
const create = (input: object, member = reporter) =>
  member.send(CREATE, { input: { idempotencyKey: ulid(), reason: 'SPAM', ...input } });
const storedCase = (key: string) => storedItem('ops', { operationId: `CASE#${key}` });
const refusal = (code: string, message: string, field: string) => ({
  createReport: { report: null, userErrors: [{ code, message, field: ['input', field] }] },
});

describe('a report', () => {
  it('is answered to the reporter and opens a case', async () => {
    const { id, key: postKey } = await post(author);
    const time = Date.now() - 60_000;
    const key = ulid(time);
    const createdAt = new Date(time).toISOString();

    const { data, errors } = await create({
      idempotencyKey: key,
      subjectId: id,
      reason: 'HARASSMENT',
      details: 'ひどい',
    });

    expect(errors).toEqual([]);
    const subject = { __typename: 'Post', id };
    expect(data).toEqual({
      createReport: {
        report: {
          id: globalId('Report', key),
          reason: 'HARASSMENT',
          details: 'ひどい',
          status: 'OPEN',
          createdAt,
          subject,
        },
        userErrors: [],
      },
    });
    expect(await storedCase(key)).toEqual({
      operationId: `CASE#${key}`,
      status: 'OPEN#0',
      createdAt: `${createdAt}#${key}`,
      reporterId: reporter.sub,
      subjectType: 'Post',
      subjectKey: postKey,
      subjectOwnerId: author.sub,
      reason: 'HARASSMENT',
      details: 'ひどい',
      evidenceCount: 0,
      history: [{ at: expect.any(String), actorId: reporter.sub, action: 'REPORTED' }],
      trace: A_TRACE,
    });
  });

  it('may be about a comment, a user, or a photo of the viewer', async () => {
    const under = await post(author);
    const remark = await comment(author, under);
    const photo = await storePhoto(reporter);

    const answers = await Promise.all([remark.id, userId(author), photo.id].map((subjectId) => create({ subjectId })));

    expect(answers.map(({ data }) => data)).toMatchObject([
      { createReport: { report: { details: null, subject: { __typename: 'Comment', id: remark.id } } } },
      { createReport: { report: { details: null, subject: { __typename: 'User', id: userId(author) } } } },
      { createReport: { report: { details: null, subject: { __typename: 'Photo', id: photo.id } } } },
    ]);
  });
});

describe('a report sent again with the same key', () => {
  it('answers the stored report and writes nothing', async () => {
    const { id } = await post(author);
    const key = ulid();
    const first = await create({ idempotencyKey: key, subjectId: id });
    const stored = await storedCase(key);

    const again = await create({ idempotencyKey: key, subjectId: id });
    const changed = await create({ idempotencyKey: key, subjectId: userId(author), reason: 'HATE' });

    expect(again.data).toEqual(first.data);
    expect(changed.data).toEqual(first.data);
    expect(await storedCase(key)).toEqual(stored);
  });

  it('is refused to another member', async () => {
    const key = ulid();
    const other = await newMember();
    await create({ idempotencyKey: key, subjectId: userId(author) });

    const { data } = await create({ idempotencyKey: key, subjectId: userId(author) }, other);

    const message = 'This key has been used before. Make a new one.';
    expect(data).toEqual(refusal('IDEMPOTENCY_KEY_REUSED', message, 'idempotencyKey'));
    expect(await storedCase(key)).toMatchObject({ reporterId: reporter.sub });
  });
});

describe('a report is refused', () => {
  it('to the public', async () => {
    const input = { idempotencyKey: ulid(), subjectId: userId(author), reason: 'SPAM' };

    const { errors } = await graphql(publicCaller, CREATE, { input });

    expect(errors).toMatchObject([notAuthorized('Mutation', 'createReport')]);
    expect(await storedCase(input.idempotencyKey)).toBeUndefined();
  });

  it('for details of over 1,000 bytes', async () => {
    const key = ulid();

    const { data } = await create({ idempotencyKey: key, subjectId: userId(author), details: 'あ'.repeat(334) });

    const message = 'The text of the details is 1002 bytes long; at most 1000 bytes are allowed.';
    expect(data).toEqual(refusal('TOO_LONG', message, 'details'));
    expect(await storedCase(key)).toBeUndefined();
  });

  it.each([
    ['an unknown post', () => Promise.resolve({ id: globalId('Post', ulid()) })],
    ['a post for followers', () => post(author, { visibility: 'FOLLOWERS' })],
    ["somebody else's photo", () => storePhoto(author)],
    ['a post of somebody who has blocked the viewer', postOfBlocker],
  ])('about %s, as if that did not exist', async (_, made) => {
    const key = ulid();
    const { id } = await made();

    const { data } = await create({ idempotencyKey: key, subjectId: id });

    expect(data).toEqual(refusal('NOT_FOUND', 'There is no such thing to report.', 'subjectId'));
    expect(await storedCase(key)).toBeUndefined();
  });

  it('about what cannot be reported', async () => {
    const { errors } = await create({ subjectId: globalId('Hashtag', 'cat') });

    expect(errors).toMatchObject([invalidArgument(['createReport'], 'subjectId: a Hashtag cannot be reported')]);
  });
});

async function postOfBlocker() {
  const blocker = await newMember();
  await block(blocker, reporter);
  return post(blocker);
}
