import { describe, expect, it } from 'vitest';
import { storedItem } from '../support/aws.ts';
import { graphql, invalidArgument, notAuthorized, publicCaller, USER_ERRORS } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { block, deletePost, follow, globalId, post, userId } from '../support/social.ts';
import { A_TRACE } from '../support/trace.ts';
import { ulid } from '../support/ulid.ts';

const LIKE = `mutation ($postId: ID!) { likePost(postId: $postId) { post { id viewerHasLiked } ${USER_ERRORS} } }`;
const [author, reader] = await Promise.all([newMember(), newMember()]);
const NOT_FOUND = { code: 'NOT_FOUND', message: 'There is no such post.', field: ['postId'] };

const storedLike = (postKey: string, member = reader) =>
  storedItem('edges', { userId: member.sub, edge: `LIKE#${postKey}` });

describe('liking a post', () => {
  it('shows at once and is stored in the partition of the one who likes', async () => {
    const { id, key } = await post(author);

    const { data, errors } = await reader.send(LIKE, { postId: id });

    expect(errors).toEqual([]);
    expect(data).toEqual({ likePost: { post: { id, viewerHasLiked: true }, userErrors: [] } });
    expect(await storedLike(key)).toEqual({
      userId: reader.sub,
      edge: `LIKE#${key}`,
      kind: 'LIKE',
      targetId: key,
      targetOwnerId: author.sub,
      subject: `LIKE#${key}#0`,
      edgeId: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      trace: A_TRACE,
    });
  });

  it('changes nothing when repeated, and answers the same', async () => {
    const { id, key } = await post(author);
    const first = await reader.send(LIKE, { postId: id });
    const stored = await storedLike(key);

    const again = await reader.send(LIKE, { postId: id });

    expect(again.data).toEqual(first.data);
    expect(await storedLike(key)).toEqual(stored);
  });

  it("works on one's own post and on one for followers whose author one follows", async () => {
    const fan = await newMember();
    await follow(fan, author);
    const { id } = await post(author, { visibility: 'FOLLOWERS' });

    const answers = await Promise.all([author, fan].map((member) => member.send(LIKE, { postId: id })));

    for (const { data } of answers) {
      expect(data).toEqual({ likePost: { post: { id, viewerHasLiked: true }, userErrors: [] } });
    }
  });
});

describe('liking a post is refused', () => {
  it('to the public', async () => {
    const { id } = await post(author);

    const { errors } = await graphql(publicCaller, LIKE, { postId: id });

    expect(errors).toMatchObject([notAuthorized('Mutation', 'likePost')]);
  });

  it.each([
    ['an unknown one', () => Promise.resolve({ key: ulid() })],
    ['one for followers', () => post(author, { visibility: 'FOLLOWERS' })],
    ['a deleted one', deletedPost],
    ['one of somebody who has blocked the viewer', postOfBlocker],
    ['one of somebody whom the viewer has blocked', postOfBlocked],
  ])('for %s, as if it did not exist', async (_, made) => {
    const { key } = await made();

    const { data } = await reader.send(LIKE, { postId: globalId('Post', key) });

    expect(data).toEqual({ likePost: { post: null, userErrors: [NOT_FOUND] } });
    expect(await storedLike(key)).toBeUndefined();
  });

  it('for the id of something else', async () => {
    const { errors } = await reader.send(LIKE, { postId: userId(author) });

    const message = `postId: '${userId(author)}' is the id of a User, not of a Post`;
    expect(errors).toMatchObject([invalidArgument(['likePost'], message)]);
  });
});

async function deletedPost() {
  const made = await post(author);
  await deletePost(author, made);
  return made;
}

async function postOfBlocker() {
  const blocker = await newMember();
  await block(blocker, reader);
  return post(blocker);
}

async function postOfBlocked() {
  const blocked = await newMember();
  await block(reader, blocked);
  return post(blocked);
}
