import { describe, expect, it } from 'vitest';
import { storedItem } from '../support/aws.ts';
import { graphql, notAuthorized, publicCaller, USER_ERRORS } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { follow, globalId, userId } from '../support/social.ts';

const MUTE = `mutation ($userId: ID!) {
  muteUser(userId: $userId) { user { id viewerMutes viewerFollows } ${USER_ERRORS} }
}`;
const storedMute = (by: { sub: string }, of: { sub: string }) =>
  storedItem('edges', { userId: by.sub, edge: `MUTE#${of.sub}` });
const refusal = (code: string, message: string) => ({
  muteUser: { user: null, userErrors: [{ code, message, field: ['userId'] }] },
});

describe('muting', () => {
  it('is stored where nobody else finds it, and the follow stays', async () => {
    const [member, other] = await Promise.all([newMember(), newMember()]);
    await follow(member, other);

    const { data, errors } = await member.send(MUTE, { userId: userId(other) });

    expect(errors).toEqual([]);
    const user = { id: userId(other), viewerMutes: true, viewerFollows: true };
    expect(data).toEqual({ muteUser: { user, userErrors: [] } });
    expect(await storedMute(member, other)).toEqual({
      userId: member.sub,
      edge: `MUTE#${other.sub}`,
      kind: 'MUTE',
      targetId: other.sub,
      edgeId: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
  });

  it('changes nothing when repeated, and answers the same', async () => {
    const [member, other] = await Promise.all([newMember(), newMember()]);
    const first = await member.send(MUTE, { userId: userId(other) });
    const stored = await storedMute(member, other);

    const again = await member.send(MUTE, { userId: userId(other) });

    expect(again.data).toEqual(first.data);
    expect(await storedMute(member, other)).toEqual(stored);
  });

  it('is not shown to the other', async () => {
    const [member, other] = await Promise.all([newMember(), newMember()]);
    await member.send(MUTE, { userId: userId(other) });

    const { data } = await other.send('query ($handle: String!) { user(handle: $handle) { viewerMutes } }', {
      handle: member.handle,
    });

    expect(data).toEqual({ user: { viewerMutes: false } });
  });
});

describe('muting is refused', () => {
  it('to the public', async () => {
    const other = await newMember();

    const { errors } = await graphql(publicCaller, MUTE, { userId: userId(other) });

    expect(errors).toMatchObject([notAuthorized('Mutation', 'muteUser')]);
  });

  it('of oneself and of nobody', async () => {
    const member = await newMember();

    const [self, nobody] = await Promise.all(
      [userId(member), globalId('User', 'nobody')].map((id) => member.send(MUTE, { userId: id })),
    );

    expect(self?.data).toEqual(refusal('SELF', 'One cannot do this to oneself.'));
    expect(nobody?.data).toEqual(refusal('NOT_FOUND', 'There is no such user.'));
    expect(await storedMute(member, member)).toBeUndefined();
    expect(await storedMute(member, { sub: 'nobody' })).toBeUndefined();
  });
});
