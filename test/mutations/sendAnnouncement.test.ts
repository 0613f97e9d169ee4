import { describe, expect, it } from 'vitest';
import { storedItem } from '../support/aws.ts';
import { graphql, notAuthorized, publicCaller, USER_ERRORS } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { ulid } from '../support/ulid.ts';

// What it sends goes to everyone, and so is tested in a system of its own: test/later/announcement.test.ts.
const SEND = `mutation ($input: SendAnnouncementInput!) {
  sendAnnouncement(input: $input) { announcement { id } ${USER_ERRORS} }
}`;
const [member, operator] = await Promise.all([newMember(), newMember({ groups: ['operators'] })]);
const input = (more: object = {}) => ({
  input: { idempotencyKey: ulid(), bodyEnglish: 'Hi', bodyJapanese: 'やあ', ...more },
});

describe('an announcement', () => {
  it.each([
    [{ bodyEnglish: ' \n' }, 'BLANK', 'The English text must not be blank.', 'bodyEnglish'],
    [{ bodyJapanese: '　' }, 'BLANK', 'The Japanese text must not be blank.', 'bodyJapanese'],
    [
      { bodyEnglish: 'a'.repeat(1_001) },
      'TOO_LONG',
      'The English text is 1001 bytes long; at most 1000 bytes are allowed.',
      'bodyEnglish',
    ],
    [
      { bodyJapanese: 'あ'.repeat(334) },
      'TOO_LONG',
      'The Japanese text is 1002 bytes long; at most 1000 bytes are allowed.',
      'bodyJapanese',
    ],
    [
      { idempotencyKey: 'key' },
      'IDEMPOTENCY_KEY_INVALID',
      'The key must be a ULID: 26 characters of 0-9 A-Z without I L O U.',
      'idempotencyKey',
    ],
  ])('is refused, and nothing is stored: %j', async (more, code, message, field) => {
    const variables = input(more);

    const { data, errors } = await operator.send(SEND, variables);

    expect(errors).toEqual([]);
    expect(data).toEqual({
      sendAnnouncement: { announcement: null, userErrors: [{ code, message, field: ['input', field] }] },
    });
    const operationId = `ANNOUNCEMENT#${variables.input.idempotencyKey}`;
    expect(await storedItem('ops', { operationId })).toBeUndefined();
  });

  it('is refused to members who are no operators, and to the public', async () => {
    const refused = [notAuthorized('Mutation', 'sendAnnouncement')];
    expect((await member.send(SEND, input())).errors).toMatchObject(refused);
    expect((await graphql(publicCaller, SEND, input())).errors).toMatchObject(refused);
  });
});
