import { describe, expect, it } from 'vitest';
import { storedItem } from '../support/aws.ts';
import { graphql, notAuthorized, publicCaller } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { globalId } from '../support/social.ts';
import { ulid } from '../support/ulid.ts';

const [member, operator] = await Promise.all([newMember(), newMember({ groups: ['operators'] })]);
const key = ulid();
const PHOTO = `(input: { idempotencyKey: "${key}", contentType: "image/png", bytes: 1 })`;
const ANNOUNCEMENT = `(input: { idempotencyKey: "${key}", bodyEnglish: "Hi", bodyJapanese: "やあ" })`;

/** Each as somebody sends it who would be allowed to. */
const refusals = [
  { field: 'startPhotoUpload', args: PHOTO, caller: member, needs: 'photo storage' },
  {
    field: 'completePhotoUpload',
    args: `(photoId: "${globalId('Photo', key)}")`,
    caller: member,
    needs: 'photo storage',
  },
  {
    field: 'startEvidenceUpload',
    args: `(reportId: "${globalId('Report', key)}")`,
    caller: member,
    needs: 'evidence storage',
  },
  { field: 'requestDataExport', args: '', caller: member, needs: 'a job queue and mail' },
  { field: 'deleteAccount', args: `(confirmHandle: "${member.handle}")`, caller: member, needs: 'a job queue' },
  { field: 'sendAnnouncement', args: ANNOUNCEMENT, caller: operator, needs: 'a mail queue' },
];

describe('what needs more than tables', () => {
  it.each(refusals)('refuses loudly: $field', async ({ field, args, caller, needs }) => {
    const { data, errors } = await caller.send(`mutation { ${field}${args} { userErrors { code } } }`);

    expect(data).toBeNull();
    expect(errors).toMatchObject([
      {
        path: [field],
        data: null,
        errorType: 'NotAvailable',
        errorInfo: null,
        message: `${field} is not available in this deployment yet: it needs ${needs}`,
      },
    ]);
  });

  it.each(refusals)('refuses the public before that: $field', async ({ field, args }) => {
    const { errors } = await graphql(publicCaller, `mutation { ${field}${args} { userErrors { code } } }`);

    expect(errors).toMatchObject([notAuthorized('Mutation', field)]);
  });

  it('refuses members who are no operators before that: sendAnnouncement', async () => {
    const { errors } = await member.send(`mutation { sendAnnouncement${ANNOUNCEMENT} { userErrors { code } } }`);

    expect(errors).toMatchObject([notAuthorized('Mutation', 'sendAnnouncement')]);
  });

  it('leaves the account alone', async () => {
    expect(await storedItem('users', { userId: member.sub })).toMatchObject({
      handle: member.handle,
      status: 'ACTIVE',
    });
    expect(await storedItem('media', { photoId: key })).toBeUndefined();
  });
});
