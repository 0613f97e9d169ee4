import { describe, expect, it } from 'vitest';
import { storedItem } from '../support/aws.ts';
import { graphql, notAuthorized, publicCaller, USER_ERRORS } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { globalId, relate, userId } from '../support/social.ts';

const UNMUTE = `mutation ($userId: ID!) {
  unmuteUser(userId: $userId) { user { id viewerMutes } ${USER_ERRORS} }
}`;
const storedMute = (by: { sub: string }, of: { sub: string }) =>
  storedItem('edges', { userId: by.sub, edge: `MUTE#${of.sub}` });

describe('lifting a mute', () => {
  it("deletes the viewer's and leaves the one in the other direction", async () => {
    const [member, other] = await Promise.all([newMember(), newMember()]);
    await Promise.all([relate(member, 'muteUser', other), relate(other, 'muteUser', member)]);

    const { data, errors } = await member.send(UNMUTE, { userId: userId(other) });

    expect(errors).toEqual([]);
    expect(data).toEqual({ unmuteUser: { user: { id: userId(other), viewerMutes: false }, userErrors: [] } });
    expect(await storedMute(member, other)).toBeUndefined();
    expect(await storedMute(other, member)).toMatchObject({ kind: 'MUTE' });
  });

  it('succeeds again when there is nothing left to undo', async () => {
    const [member, other] = await Promise.all([newMember(), newMember()]);
    await relate(member, 'muteUser', other);
    const first = await member.send(UNMUTE, { userId: userId(other) });

    const again = await member.send(UNMUTE, { userId: userId(other) });

    expect(again.data).toEqual(first.data);
  });

  it('succeeds without the user when there is no such user', async () => {
    const member = await newMember();

    const { data } = await member.send(UNMUTE, { userId: globalId('User', 'nobody') });

    expect(data).toEqual({ unmuteUser: { user: null, userErrors: [] } });
  });

  it('is refused to the public', async () => {
    const [member, other] = await Promise.all([newMember(), newMember()]);
    await relate(member, 'muteUser', other);

    const { errors } = await graphql(publicCaller, UNMUTE, { userId: userId(other) });

    expect(errors).toMatchObject([notAuthorized('Mutation', 'unmuteUser')]);
    expect(await storedMute(member, other)).toMatchObject({ kind: 'MUTE' });
  });
});
