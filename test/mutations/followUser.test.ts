import { describe, expect, it } from 'vitest';
import { storedItem } from '../support/aws.ts';
import { graphql, invalidArgument, notAuthorized, publicCaller, USER_ERRORS } from '../support/graphql.ts';
import { newMember, newUser } from '../support/member.ts';
import { block, globalId, post, userId } from '../support/social.ts';
import { A_TRACE } from '../support/trace.ts';

const FOLLOW = `mutation ($userId: ID!) {
  followUser(userId: $userId) { user { id handle viewerFollows } ${USER_ERRORS} }
}`;
const storedFollow = (by: { sub: string }, of: { sub: string }) =>
  storedItem('edges', { userId: by.sub, edge: `FOLLOW#${of.sub}` });
const refusal = (code: string, message: string) => ({
  followUser: { user: null, userErrors: [{ code, message, field: ['userId'] }] },
});

describe('following', () => {
  it('shows at once and is stored in the partition of the follower', async () => {
    const [fan, star] = await Promise.all([newMember(), newMember()]);

    const { data, errors } = await fan.send(FOLLOW, { userId: userId(star) });

    expect(errors).toEqual([]);
    expect(data).toEqual({
      followUser: { user: { id: userId(star), handle: star.handle, viewerFollows: true }, userErrors: [] },
    });
    expect(await storedFollow(fan, star)).toEqual({
      userId: fan.sub,
      edge: `FOLLOW#${star.sub}`,
      kind: 'FOLLOW',
      targetId: star.sub,
      subject: `FOLLOW#${star.sub}#0`,
      edgeId: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      trace: A_TRACE,
    });
  });

  it('changes nothing when repeated, and answers the same', async () => {
    const [fan, star] = await Promise.all([newMember(), newMember()]);
    const first = await fan.send(FOLLOW, { userId: userId(star) });
    const stored = await storedFollow(fan, star);

    const again = await fan.send(FOLLOW, { userId: userId(star) });

    expect(again.data).toEqual(first.data);
    expect(await storedFollow(fan, star)).toEqual(stored);
  });

  it('opens the posts for followers', async () => {
    const [fan, star] = await Promise.all([newMember(), newMember()]);
    const { id } = await post(star, { visibility: 'FOLLOWERS' });
    const read = () => fan.send('query ($id: ID!) { post(id: $id) { id } }', { id });
    expect((await read()).data).toEqual({ post: null });

    await fan.send(FOLLOW, { userId: userId(star) });

    expect((await read()).data).toEqual({ post: { id } });
  });
});

describe('following is refused', () => {
  it('to the public', async () => {
    const star = await newMember();

    const { errors } = await graphql(publicCaller, FOLLOW, { userId: userId(star) });

    expect(errors).toMatchObject([notAuthorized('Mutation', 'followUser')]);
  });

  it('of oneself', async () => {
    const member = await newMember();

    const { data } = await member.send(FOLLOW, { userId: userId(member) });

    expect(data).toEqual(refusal('SELF', 'One cannot do this to oneself.'));
    expect(await storedFollow(member, member)).toBeUndefined();
  });

  it('of nobody', async () => {
    const [member, withoutProfile] = await Promise.all([newMember(), newUser()]);

    for (const sub of ['00000000-0000-0000-0000-000000000000', withoutProfile.sub]) {
      const { data } = await member.send(FOLLOW, { userId: globalId('User', sub) });

      expect(data).toEqual(refusal('NOT_FOUND', 'There is no such user.'));
      expect(await storedFollow(member, { sub })).toBeUndefined();
    }
  });

  it('between the two sides of a block, without a word of it to the blocked one', async () => {
    const [blocker, blocked] = await Promise.all([newMember(), newMember()]);
    await block(blocker, blocked);

    const [byBlocker, byBlocked] = await Promise.all([
      blocker.send(FOLLOW, { userId: userId(blocked) }),
      blocked.send(FOLLOW, { userId: userId(blocker) }),
    ]);

    expect(byBlocker.data).toEqual(refusal('BLOCKED', 'Lift your block first.'));
    expect(byBlocked.data).toEqual(refusal('NOT_FOUND', 'There is no such user.'));
    expect(await storedFollow(blocker, blocked)).toBeUndefined();
    expect(await storedFollow(blocked, blocker)).toBeUndefined();
  });

  it('for the id of something else', async () => {
    const member = await newMember();
    const id = globalId('Post', '01ARZ3NDEKTSV4RRFFQ69G5FAV');

    const { errors } = await member.send(FOLLOW, { userId: id });

    expect(errors).toMatchObject([
      invalidArgument(['followUser'], `userId: '${id}' is the id of a Post, not of a User`),
    ]);
  });
});
