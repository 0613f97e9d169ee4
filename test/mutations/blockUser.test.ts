import { describe, expect, it } from 'vitest';
import { storedItem } from '../support/aws.ts';
import { graphql, notAuthorized, publicCaller, USER_ERRORS } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { comment, follow, globalId, post, userId } from '../support/social.ts';

const BLOCK = `mutation ($userId: ID!) {
  blockUser(userId: $userId) { user { id handle viewerBlocks viewerFollows } ${USER_ERRORS} }
}`;
const storedEdge = (kind: string, by: { sub: string }, of: { sub: string }) =>
  storedItem('edges', { userId: by.sub, edge: `${kind}#${of.sub}` });
const refusal = (code: string, message: string) => ({
  blockUser: { user: null, userErrors: [{ code, message, field: ['userId'] }] },
});

describe('blocking', () => {
  it('is stored where nobody else finds it, and ends both follows with it', async () => {
    const [member, other] = await Promise.all([newMember(), newMember()]);
    await Promise.all([follow(member, other), follow(other, member)]);

    const { data, errors } = await member.send(BLOCK, { userId: userId(other) });

    expect(errors).toEqual([]);
    const user = { id: userId(other), handle: other.handle, viewerBlocks: true, viewerFollows: false };
    expect(data).toEqual({ blockUser: { user, userErrors: [] } });
    expect(await storedEdge('BLOCK', member, other)).toEqual({
      userId: member.sub,
      edge: `BLOCK#${other.sub}`,
      kind: 'BLOCK',
      targetId: other.sub,
      edgeId: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
    expect(await storedEdge('FOLLOW', member, other)).toBeUndefined();
    expect(await storedEdge('FOLLOW', other, member)).toBeUndefined();
  });

  it('changes nothing when repeated, and answers the same', async () => {
    const [member, other] = await Promise.all([newMember(), newMember()]);
    const first = await member.send(BLOCK, { userId: userId(other) });
    const stored = await storedEdge('BLOCK', member, other);

    const again = await member.send(BLOCK, { userId: userId(other) });

    expect(again.data).toEqual(first.data);
    expect(await storedEdge('BLOCK', member, other)).toEqual(stored);
  });

  it("hides each one's posts and comments from the other, and the blocker from the blocked", async () => {
    const [member, other, third] = await Promise.all([newMember(), newMember(), newMember()]);
    const [ofMember, ofOther, ofThird] = await Promise.all([post(member), post(other), post(third)]);
    const [byMember, byOther] = await Promise.all([comment(member, ofThird), comment(other, ofThird)]);

    await member.send(BLOCK, { userId: userId(other) });

    const ids = [ofMember, ofOther, byMember, byOther].map(({ id }) => id);
    const [toMember, toOther] = await Promise.all(
      [member, other].map((reader) =>
        reader.send('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
          ids: [...ids, userId(member), userId(other)],
        }),
      ),
    );
    expect(toMember?.data).toEqual({
      nodes: [{ id: ids[0] }, null, { id: ids[2] }, null, { id: userId(member) }, { id: userId(other) }],
    });
    expect(toOther?.data).toEqual({ nodes: [null, { id: ids[1] }, null, { id: ids[3] }, null, { id: userId(other) }] });
  });
});

describe('blocking is refused', () => {
  it('to the public', async () => {
    const other = await newMember();

    const { errors } = await graphql(publicCaller, BLOCK, { userId: userId(other) });

    expect(errors).toMatchObject([notAuthorized('Mutation', 'blockUser')]);
  });

  it('of oneself and of nobody', async () => {
    const member = await newMember();

    const [self, nobody] = await Promise.all(
      [userId(member), globalId('User', 'nobody')].map((id) => member.send(BLOCK, { userId: id })),
    );

    expect(self?.data).toEqual(refusal('SELF', 'One cannot do this to oneself.'));
    expect(nobody?.data).toEqual(refusal('NOT_FOUND', 'There is no such user.'));
    expect(await storedEdge('BLOCK', member, member)).toBeUndefined();
    expect(await storedEdge('BLOCK', member, { sub: 'nobody' })).toBeUndefined();
  });
});
