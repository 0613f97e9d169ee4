import { describe, expect, it } from 'vitest';
import { storedItem } from '../support/aws.ts';
import { graphql, notAuthorized, publicCaller, USER_ERRORS } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { deletePost, globalId, like, post } from '../support/social.ts';
import { ulid } from '../support/ulid.ts';

const UNLIKE = `mutation ($postId: ID!) { unlikePost(postId: $postId) { post { id viewerHasLiked } ${USER_ERRORS} } }`;
const [author, reader, other] = await Promise.all([newMember(), newMember(), newMember()]);

const storedLike = (postKey: string, member = reader) =>
  storedItem('edges', { userId: member.sub, edge: `LIKE#${postKey}` });

describe('taking a like back', () => {
  it("deletes the viewer's like and nobody else's", async () => {
    const made = await post(author);
    await Promise.all([like(reader, made), like(other, made)]);

    const { data, errors } = await reader.send(UNLIKE, { postId: made.id });

    expect(errors).toEqual([]);
    expect(data).toEqual({ unlikePost: { post: { id: made.id, viewerHasLiked: false }, userErrors: [] } });
    expect(await storedLike(made.key)).toBeUndefined();
    expect(await storedLike(made.key, other)).toMatchObject({ kind: 'LIKE' });
  });

  it('succeeds again when there is nothing left to undo', async () => {
    const made = await post(author);
    await like(reader, made);
    const first = await reader.send(UNLIKE, { postId: made.id });

    const again = await reader.send(UNLIKE, { postId: made.id });

    expect(again.data).toEqual(first.data);
  });

  it('succeeds without the post when that is not to be seen any more', async () => {
    const made = await post(author);
    await like(reader, made);
    await deletePost(author, made);

    const { data } = await reader.send(UNLIKE, { postId: made.id });

    expect(data).toEqual({ unlikePost: { post: null, userErrors: [] } });
    expect(await storedLike(made.key)).toBeUndefined();
  });

  it('succeeds for a post that never was', async () => {
    const { data } = await reader.send(UNLIKE, { postId: globalId('Post', ulid()) });

    expect(data).toEqual({ unlikePost: { post: null, userErrors: [] } });
  });

  it('is refused to the public', async () => {
    const made = await post(author);
    await like(reader, made);

    const { errors } = await graphql(publicCaller, UNLIKE, { postId: made.id });

    expect(errors).toMatchObject([notAuthorized('Mutation', 'unlikePost')]);
    expect(await storedLike(made.key)).toMatchObject({ kind: 'LIKE' });
  });
});
