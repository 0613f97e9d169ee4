import { describe, expect, it } from 'vitest';
import { storedItem } from '../support/aws.ts';
import { graphql, notAuthorized, publicCaller, USER_ERRORS } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { block, follow, globalId, userId } from '../support/social.ts';

const UNFOLLOW = `mutation ($userId: ID!) {
  unfollowUser(userId: $userId) { user { id viewerFollows } ${USER_ERRORS} }
}`;
const storedFollow = (by: { sub: string }, of: { sub: string }) =>
  storedItem('edges', { userId: by.sub, edge: `FOLLOW#${of.sub}` });

describe('ending a follow', () => {
  it("deletes the viewer's and leaves the one in the other direction", async () => {
    const [fan, star] = await Promise.all([newMember(), newMember()]);
    await Promise.all([follow(fan, star), follow(star, fan)]);

    const { data, errors } = await fan.send(UNFOLLOW, { userId: userId(star) });

    expect(errors).toEqual([]);
    expect(data).toEqual({ unfollowUser: { user: { id: userId(star), viewerFollows: false }, userErrors: [] } });
    expect(await storedFollow(fan, star)).toBeUndefined();
    expect(await storedFollow(star, fan)).toMatchObject({ kind: 'FOLLOW' });
  });

  it('succeeds again when there is nothing left to undo', async () => {
    const [fan, star] = await Promise.all([newMember(), newMember()]);
    await follow(fan, star);
    const first = await fan.send(UNFOLLOW, { userId: userId(star) });

    const again = await fan.send(UNFOLLOW, { userId: userId(star) });

    expect(again.data).toEqual(first.data);
  });

  it('succeeds without the user when there is none to be seen', async () => {
    const [member, blocker] = await Promise.all([newMember(), newMember()]);
    await block(blocker, member);

    for (const id of [userId(blocker), globalId('User', 'nobody')]) {
      const { data } = await member.send(UNFOLLOW, { userId: id });

      expect(data).toEqual({ unfollowUser: { user: null, userErrors: [] } });
    }
  });

  it('is refused to the public', async () => {
    const [fan, star] = await Promise.all([newMember(), newMember()]);
    await follow(fan, star);

    const { errors } = await graphql(publicCaller, UNFOLLOW, { userId: userId(star) });

    expect(errors).toMatchObject([notAuthorized('Mutation', 'unfollowUser')]);
    expect(await storedFollow(fan, star)).toMatchObject({ kind: 'FOLLOW' });
  });
});
