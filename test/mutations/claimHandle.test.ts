import { describe, expect, it } from 'vitest';
import { randomBytes } from 'node:crypto';
import { storedItem } from '../support/aws.ts';
import { graphql, notAuthorized, publicCaller, USER_ERRORS } from '../support/graphql.ts';
import { newMember, newUser } from '../support/member.ts';
import { userId } from '../support/social.ts';
import { A_TRACE } from '../support/trace.ts';

const CLAIM = `mutation ($handle: String!) {
  claimHandle(handle: $handle) { user { id handle displayName bio createdAt } ${USER_ERRORS} }
}`;
const unique = (prefix: string) => `${prefix}${randomBytes(6).toString('hex')}`;
const storedUser = (member: { sub: string }) => storedItem('users', { userId: member.sub });
const storedClaim = (handle: string) => storedItem('users', { userId: `HANDLE#${handle}` });
const refusal = (code: string, message: string) => ({
  claimHandle: { user: null, userErrors: [{ code, message, field: ['handle'] }] },
});

describe('the first handle', () => {
  it('makes the profile and reserves the handle, both in stored form', async () => {
    const user = await newUser();
    const suffix = unique('');

    const { data, errors } = await user.send<{ claimHandle: { user: { createdAt: string } } }>(CLAIM, {
      handle: ` ＠Ｔarō_𠮷${suffix} `,
    });

    const handle = `tarō_𠮷${suffix}`;
    const { createdAt } = data.claimHandle.user;
    expect(errors).toEqual([]);
    expect(createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(data).toEqual({
      claimHandle: { user: { id: userId(user), handle, displayName: handle, bio: '', createdAt }, userErrors: [] },
    });
    expect(await storedUser(user)).toEqual({
      userId: user.sub,
      handle,
      handlePrefix: 'ta',
      displayName: handle,
      bio: '',
      status: 'ACTIVE',
      createdAt,
      trace: A_TRACE,
    });
    expect(await storedClaim(handle)).toEqual({
      userId: `HANDLE#${handle}`,
      ownerId: user.sub,
      createdAt: expect.any(String),
    });
  });
});

describe('another handle', () => {
  it('frees the former one at once and leaves the rest of the profile', async () => {
    const [member, successor] = await Promise.all([newMember(), newUser()]);
    const before = await storedUser(member);
    const handle = unique('花');

    const { data } = await member.send(CLAIM, { handle });
    const taken = await successor.send(CLAIM, { handle: member.handle });

    expect(data).toMatchObject({ claimHandle: { user: { handle, displayName: member.handle }, userErrors: [] } });
    expect(await storedUser(member)).toEqual({ ...before, handle, handlePrefix: handle.slice(0, 2), trace: A_TRACE });
    expect(taken.data).toMatchObject({ claimHandle: { user: { handle: member.handle }, userErrors: [] } });
    expect(await storedClaim(member.handle)).toMatchObject({ ownerId: successor.sub });
  });

  it('that is held already changes nothing', async () => {
    const member = await newMember();
    const stored = await Promise.all([storedUser(member), storedClaim(member.handle)]);

    const { data } = await member.send(CLAIM, { handle: `@${member.handle.toUpperCase()}` });

    expect(data).toMatchObject({ claimHandle: { user: { handle: member.handle }, userErrors: [] } });
    expect(await Promise.all([storedUser(member), storedClaim(member.handle)])).toEqual(stored);
  });
});

describe('a handle is refused', () => {
  it('to the public', async () => {
    const handle = unique('p');

    const { errors } = await graphql(publicCaller, CLAIM, { handle });

    expect(errors).toMatchObject([notAuthorized('Mutation', 'claimHandle')]);
    expect(await storedClaim(handle)).toBeUndefined();
  });

  it('when somebody else holds it', async () => {
    const [holder, late] = await Promise.all([newMember(), newUser()]);

    const { data } = await late.send(CLAIM, { handle: holder.handle });

    expect(data).toEqual(refusal('TAKEN', `The handle '${holder.handle}' is taken.`));
    expect(await storedUser(late)).toBeUndefined();
    expect(await storedClaim(holder.handle)).toMatchObject({ ownerId: holder.sub });
  });

  it('to all but one of those who claim it at the same time', async () => {
    const users = await Promise.all([newUser(), newUser(), newUser(), newUser()]);
    const handle = unique('race');

    const answers = await Promise.all(
      users.map((user) => user.send<{ claimHandle: { user: object | null } }>(CLAIM, { handle })),
    );

    const winners = users.filter((_, index) => answers[index]?.data?.claimHandle?.user);
    expect(winners).toHaveLength(1);
    expect(await storedClaim(handle)).toMatchObject({ ownerId: winners[0]?.sub });
    const profiles = await Promise.all(users.map((user) => storedUser(user)));
    expect(profiles.filter((profile) => profile !== undefined)).toHaveLength(1);
  });

  it.each([['a'], ['a b'], ['a-b'], ['a'.repeat(31)], ['@@ab'], ['😀😀'], ['']])('when it is %j', async (handle) => {
    const user = await newUser();

    const { data } = await user.send(CLAIM, { handle });

    expect(data).toEqual(refusal('INVALID', 'A handle is 2-30 letters, digits or underscores of any script.'));
    expect(await storedUser(user)).toBeUndefined();
  });
});
