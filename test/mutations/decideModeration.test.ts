import { describe, expect, it } from 'vitest';
import { storedItem } from '../support/aws.ts';
import { graphql, notAuthorized, publicCaller, USER_ERRORS } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { comment, deletePost, globalId, post, report, storePhoto, userId } from '../support/social.ts';
import { ulid } from '../support/ulid.ts';

const DECIDE = `mutation ($caseId: ID!, $decision: Decision!, $note: String) {
  decideModeration(caseId: $caseId, decision: $decision, note: $note) {
    case { id status decision history { action note } subject { __typename } reporter { id } }
    ${USER_ERRORS}
  }
}`;
const [moderator, reporter, author] = await Promise.all([
  newMember({ groups: ['moderators'] }),
  newMember(),
  newMember(),
]);
const storedCase = (key: string) => storedItem('ops', { operationId: `CASE#${key}` });
const storedPost = (key: string) => storedItem('posts', { postId: key, item: 'POST' });
const refusal = (code: string, message: string, field: string) => ({
  decideModeration: { case: null, userErrors: [{ code, message, field: [field] }] },
});

describe('a decision', () => {
  it('to dismiss closes the case and changes nothing else', async () => {
    const subject = await post(author);
    const { id, key } = await report(reporter, subject.id);
    const before = await storedPost(subject.key);

    const { data, errors } = await moderator.send(DECIDE, { caseId: id, decision: 'DISMISS', note: '問題なし' });

    expect(errors).toEqual([]);
    expect(data).toEqual({
      decideModeration: {
        case: {
          id,
          status: 'DECIDED',
          decision: 'DISMISS',
          history: [
            { action: 'REPORTED', note: null },
            { action: 'DISMISS', note: '問題なし' },
          ],
          subject: { __typename: 'Post' },
          reporter: { id: userId(reporter) },
        },
        userErrors: [],
      },
    });
    const stored = await storedCase(key);
    expect(stored).toMatchObject({ status: 'DECIDED#0', decision: 'DISMISS' });
    expect(stored?.history).toMatchObject([
      { actorId: reporter.sub, action: 'REPORTED' },
      { actorId: moderator.sub, action: 'DISMISS', note: '問題なし' },
    ]);
    expect(await storedPost(subject.key)).toEqual(before);
  });

  it('to remove takes the text of a post or comment away for good', async () => {
    const subject = await post(author);
    const remark = await comment(author, subject);
    const [postCase, commentCase] = await Promise.all([report(reporter, subject.id), report(reporter, remark.id)]);

    await moderator.send(DECIDE, { caseId: commentCase.id, decision: 'REMOVE_SUBJECT' });
    const { data } = await moderator.send(DECIDE, { caseId: postCase.id, decision: 'REMOVE_SUBJECT' });

    expect(data).toMatchObject({ decideModeration: { case: { decision: 'REMOVE_SUBJECT', subject: null } } });
    const items = [
      await storedPost(subject.key),
      await storedItem('comments', { bucket: `${subject.key}#0`, commentId: remark.key }),
    ];
    for (const item of items) {
      expect(item).toMatchObject({ removedAt: expect.any(String), expiresAt: expect.any(Number) });
      expect(item).not.toHaveProperty('body');
    }
    expect((await author.send('query ($id: ID!) { post(id: $id) { id } }', { id: subject.id })).data).toEqual({
      post: null,
    });
  });

  it('to remove takes a photo away', async () => {
    const photo = await storePhoto(reporter);
    const { id } = await report(reporter, photo.id);

    await moderator.send(DECIDE, { caseId: id, decision: 'REMOVE_SUBJECT' });

    expect(await storedItem('media', { photoId: photo.key })).toMatchObject({ removedAt: expect.any(String) });
  });

  it('to suspend stops the owner of the subject from writing, and removes nothing', async () => {
    const troll = await newMember();
    const subject = await post(troll);
    const { id } = await report(reporter, subject.id);

    await moderator.send(DECIDE, { caseId: id, decision: 'SUSPEND_OWNER' });

    expect(await storedItem('users', { userId: troll.sub })).toMatchObject({ status: 'SUSPENDED' });
    const { data } = await troll.send('query ($id: ID!) { post(id: $id) { body } }', { id: subject.id });
    expect(data).toEqual({ post: { body: 'Hello' } });
  });
});

describe('a decision made before', () => {
  it('stands, whether it is repeated or another one is tried', async () => {
    const subject = await post(author);
    const { id, key } = await report(reporter, subject.id);
    await moderator.send(DECIDE, { caseId: id, decision: 'DISMISS' });
    const stored = await storedCase(key);

    for (const decision of ['DISMISS', 'REMOVE_SUBJECT']) {
      const { data } = await moderator.send(DECIDE, { caseId: id, decision });

      expect(data).toEqual(refusal('ALREADY_DECIDED', 'The case was decided before: DISMISS.', 'caseId'));
    }
    expect(await storedCase(key)).toEqual(stored);
    expect(await storedPost(subject.key)).toMatchObject({ body: 'Hello' });
  });

  it('is made once when two moderators decide at the same time', async () => {
    const other = await newMember({ groups: ['moderators'] });
    const { id, key } = await report(reporter, userId(author));

    const answers = await Promise.all(
      [moderator, other].map((member) =>
        member.send<{ decideModeration: { case: object | null } } | null>(DECIDE, { caseId: id, decision: 'DISMISS' }),
      ),
    );

    expect(answers.filter(({ data }) => data?.decideModeration.case)).toHaveLength(1);
    expect((await storedCase(key))?.history).toHaveLength(2);
  });
});

describe('a decision is refused', () => {
  it('to the public and to members who are no moderators, the reporter included', async () => {
    const { id, key } = await report(reporter, userId(author));
    const before = await storedCase(key);
    const operator = await newMember({ groups: ['operators'] });
    const variables = { caseId: id, decision: 'DISMISS' };

    const answers = await Promise.all([
      graphql(publicCaller, DECIDE, variables),
      reporter.send(DECIDE, variables),
      operator.send(DECIDE, variables),
    ]);

    for (const { data, errors } of answers) {
      expect(data).toBeNull();
      expect(errors).toMatchObject([notAuthorized('Mutation', 'decideModeration')]);
    }
    expect(await storedCase(key)).toEqual(before);
  });

  it('for an unknown case', async () => {
    const key = ulid();

    const { data } = await moderator.send(DECIDE, { caseId: globalId('ModerationCase', key), decision: 'DISMISS' });

    expect(data).toEqual(refusal('NOT_FOUND', 'There is no such case.', 'caseId'));
    expect(await storedCase(key)).toBeUndefined();
  });

  it('for a note of over 1,000 bytes', async () => {
    const { id, key } = await report(reporter, userId(author));

    const { data } = await moderator.send(DECIDE, { caseId: id, decision: 'DISMISS', note: 'あ'.repeat(334) });

    const message = 'The note is 1002 bytes long; at most 1000 bytes are allowed.';
    expect(data).toEqual(refusal('TOO_LONG', message, 'note'));
    expect(await storedCase(key)).toMatchObject({ status: 'OPEN#0' });
  });

  it('to remove a user', async () => {
    const { id, key } = await report(reporter, userId(author));

    const { data } = await moderator.send(DECIDE, { caseId: id, decision: 'REMOVE_SUBJECT' });

    const message = 'A user cannot be removed; SUSPEND_OWNER stops one from writing.';
    expect(data).toEqual(refusal('INVALID', message, 'decision'));
    expect(await storedCase(key)).toMatchObject({ status: 'OPEN#0' });
  });

  it('to remove what its author has deleted meanwhile', async () => {
    const subject = await post(author);
    const { id, key } = await report(reporter, subject.id);
    await deletePost(author, subject);

    const { data } = await moderator.send(DECIDE, { caseId: id, decision: 'REMOVE_SUBJECT' });

    expect(data).toEqual(refusal('NOT_FOUND', 'What the decision is about is gone: dismiss the case.', 'decision'));
    expect(await storedCase(key)).toMatchObject({ status: 'OPEN#0' });
    expect(await storedPost(subject.key)).not.toHaveProperty('removedAt');
  });
});
