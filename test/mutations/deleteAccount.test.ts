import { describe, expect, it } from 'vitest';
import { storedItem, storedPartition } from '../support/aws.ts';
import { USER_ERRORS, type UserError } from '../support/graphql.ts';
import { type Member, newMember, newUser } from '../support/member.ts';
import { post, suspendedMember } from '../support/social.ts';
import { A_TRACE } from '../support/trace.ts';

async function deleteAccount(member: Member, confirmHandle: string) {
  const { data, errors } = await member.send<{
    deleteAccount: { job: { id: string; status: string } | null; userErrors: UserError[] };
  }>(
    `mutation ($confirmHandle: String!) { deleteAccount(confirmHandle: $confirmHandle) {
      job { __typename id status } ${USER_ERRORS}
    } }`,
    { confirmHandle },
  );
  expect(errors).toEqual([]);
  return data.deleteAccount;
}

const ulidOf = (id: string | undefined): string =>
  Buffer.from(id ?? '', 'base64url')
    .toString()
    .slice('Job:'.length);

describe('deleteAccount', () => {
  it('makes a tombstone of the profile and a job of the rest, together', async () => {
    const member = await newMember();
    await member.send('mutation { updateSettings(input: { language: JA }) { userErrors { code } } }');

    const { job, userErrors } = await deleteAccount(member, member.handle);

    expect(userErrors).toEqual([]);
    expect(job).toMatchObject({ __typename: 'AccountDeletion', status: 'QUEUED' });
    // The claim keeps the handle from others until everything is erased.
    expect(await storedItem('users', { userId: member.sub })).toEqual({
      userId: member.sub,
      handle: member.handle,
      status: 'DELETED',
      trace: A_TRACE,
    });
    expect(await storedItem('users', { userId: `HANDLE#${member.handle}` })).toMatchObject({ ownerId: member.sub });
    expect(await storedItem('ops', { operationId: `JOB#${ulidOf(job?.id)}` })).toMatchObject({
      status: `JOB#${member.sub}`,
      userId: member.sub,
      kind: 'ACCOUNT_DELETION',
      trace: A_TRACE,
    });
  });

  it('takes the handle in any of its forms', async () => {
    const member = await newMember();

    const { job } = await deleteAccount(member, ` @${member.handle.toUpperCase()}`.trim());

    expect(job).not.toBeNull();
  });

  it('refuses another handle, and changes nothing', async () => {
    const member = await newMember();

    const answer = await deleteAccount(member, 'somebody_else');

    expect(answer).toEqual({
      job: null,
      userErrors: [
        {
          code: 'INVALID',
          message: `Your handle is '${member.handle}': type it to delete the account.`,
          field: ['confirmHandle'],
        },
      ],
    });
    expect(await storedItem('users', { userId: member.sub })).toMatchObject({
      status: 'ACTIVE',
      displayName: member.handle,
    });
  });

  it('is for suspended members, too', async () => {
    const member = await suspendedMember();

    expect((await deleteAccount(member, member.handle)).job).toMatchObject({ status: 'QUEUED' });
  });

  it('is for whoever has a profile that is not deleted', async () => {
    const [member, withoutProfile] = await Promise.all([newMember(), newUser()]);
    const first = await deleteAccount(member, member.handle);

    expect((await deleteAccount(member, member.handle)).userErrors).toMatchObject([{ code: 'ACCOUNT_NOT_ACTIVE' }]);
    expect((await deleteAccount(withoutProfile, 'nobody')).userErrors).toMatchObject([{ code: 'PROFILE_REQUIRED' }]);
    const jobs = await member.send<{ viewer: { jobs: { edges: { node: { id: string } }[] } } }>(
      '{ viewer { jobs { edges { node { id } } } } }',
    );
    expect(jobs.data.viewer.jobs.edges).toEqual([{ node: { id: first.job?.id } }]);
  });

  it('makes one job of requests at the same time', async () => {
    const member = await newMember();

    const answers = await Promise.all([1, 2, 3].map(() => deleteAccount(member, member.handle)));

    expect(answers.filter(({ job }) => job !== null)).toHaveLength(1);
    const codes = answers.flatMap(({ userErrors }) => userErrors.map(({ code }) => code));
    expect(['ACCOUNT_NOT_ACTIVE', 'CONFLICT']).toEqual(expect.arrayContaining(codes));
  });

  it('ends all writing', async () => {
    const member = await newMember();
    await deleteAccount(member, member.handle);

    await expect(post(member)).rejects.toThrow('ACCOUNT_NOT_ACTIVE');
    const settings = await member.send(`mutation { updateSettings(input: { language: JA }) { ${USER_ERRORS} } }`);
    const read = await member.send(
      `mutation { markNotificationsRead(upTo: "2025-01-31T00:00:00Z") { ${USER_ERRORS} } }`,
    );
    const claim = await member.send(`mutation { claimHandle(handle: "another_one") { ${USER_ERRORS} } }`);
    const exported = await member.send(`mutation { requestDataExport { ${USER_ERRORS} } }`);

    for (const { data } of [settings, read, claim, exported]) {
      expect(Object.values(data as object)).toMatchObject([{ userErrors: [{ code: 'ACCOUNT_NOT_ACTIVE' }] }]);
    }
    expect(await storedPartition('posts', 'postId', member.sub)).toEqual([]);
  });
});
