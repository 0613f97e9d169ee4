import { describe, expect, it } from 'vitest';
import { storedItem } from '../support/aws.ts';
import { graphql, notAuthorized, publicCaller, USER_ERRORS } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { block, follow, globalId, userId } from '../support/social.ts';

const UNBLOCK = `mutation ($userId: ID!) {
  unblockUser(userId: $userId) { user { id viewerBlocks viewerFollows } ${USER_ERRORS} }
}`;
const storedBlock = (by: { sub: string }, of: { sub: string }) =>
  storedItem('edges', { userId: by.sub, edge: `BLOCK#${of.sub}` });

describe('lifting a block', () => {
  it("deletes the viewer's block, not the other's, and brings no follow back", async () => {
    const [member, other] = await Promise.all([newMember(), newMember()]);
    await follow(member, other);
    await block(member, other);

    const { data, errors } = await member.send(UNBLOCK, { userId: userId(other) });

    expect(errors).toEqual([]);
    const user = { id: userId(other), viewerBlocks: false, viewerFollows: false };
    expect(data).toEqual({ unblockUser: { user, userErrors: [] } });
    expect(await storedBlock(member, other)).toBeUndefined();
  });

  it('succeeds again when there is nothing left to undo', async () => {
    const [member, other] = await Promise.all([newMember(), newMember()]);
    await block(member, other);
    const first = await member.send(UNBLOCK, { userId: userId(other) });

    const again = await member.send(UNBLOCK, { userId: userId(other) });

    expect(again.data).toEqual(first.data);
  });

  it('succeeds without the user when there is none to be seen', async () => {
    const [member, blocker] = await Promise.all([newMember(), newMember()]);
    await block(blocker, member);

    for (const id of [userId(blocker), globalId('User', 'nobody')]) {
      const { data } = await member.send(UNBLOCK, { userId: id });

      expect(data).toEqual({ unblockUser: { user: null, userErrors: [] } });
    }
    expect(await storedBlock(blocker, member)).toMatchObject({ kind: 'BLOCK' });
  });

  it('is refused to the public', async () => {
    const [member, other] = await Promise.all([newMember(), newMember()]);
    await block(member, other);

    const { errors } = await graphql(publicCaller, UNBLOCK, { userId: userId(other) });

    expect(errors).toMatchObject([notAuthorized('Mutation', 'unblockUser')]);
    expect(await storedBlock(member, other)).toMatchObject({ kind: 'BLOCK' });
  });
});
