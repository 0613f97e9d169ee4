import { describe, expect, it } from 'vitest';
import { storedItem } from '../support/aws.ts';
import { graphql, invalidArgument, notAuthorized, publicCaller, USER_ERRORS } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { globalId, post, userId } from '../support/social.ts';
import { A_TRACE } from '../support/trace.ts';
import { ulid } from '../support/ulid.ts';

const DELETE = `mutation ($id: ID!) { deletePost(id: $id) { id ${USER_ERRORS} } }`;
const [author, other] = await Promise.all([newMember(), newMember()]);
const NOT_FOUND = { code: 'NOT_FOUND', message: 'There is no such post.', field: ['id'] };

const stored = (key: string) => storedItem('posts', { postId: key, item: 'POST' });

describe('deleting a post', () => {
  it('answers its id, erases its text and keeps its key for a week', async () => {
    const { id, key } = await post(author, { body: 'Regretted #cat' });
    const before = await stored(key);

    const { data } = await author.send(DELETE, { id });

    expect(data).toEqual({ deletePost: { id, userErrors: [] } });
    const after = await stored(key);
    expect(after).toEqual({
      postId: key,
      item: 'POST',
      authorId: author.sub,
      visibility: 'PUBLIC',
      createdAt: before?.createdAt,
      deletedAt: expect.any(String),
      expiresAt: expect.any(Number),
      trace: A_TRACE,
    });
    const week = 7 * 24 * 60 * 60;
    expect(after?.expiresAt).toBe(Math.floor(Date.parse(String(after?.deletedAt)) / 1000) + week);
  });

  it('takes it out of every answer at once', async () => {
    const { id } = await post(author);
    await author.send(DELETE, { id });

    const { data } = await author.send(
      'query ($id: ID!, $handle: String!) { post(id: $id) { id } node(id: $id) { id } user(handle: $handle) { posts { edges { node { id } } } } }',
      { id, handle: author.handle },
    );

    expect(data).toEqual({ post: null, node: null, user: { posts: { edges: [] } } });
  });

  it('finds nothing to delete the second time and changes nothing', async () => {
    const { id, key } = await post(author);
    await author.send(DELETE, { id });
    const before = await stored(key);

    const { data } = await author.send(DELETE, { id });

    expect(data).toEqual({ deletePost: { id: null, userErrors: [NOT_FOUND] } });
    expect(await stored(key)).toEqual(before);
  });
});

describe('deleting a post is refused', () => {
  it('to the public', async () => {
    const { id, key } = await post(author);

    const { errors } = await graphql(publicCaller, DELETE, { id });

    expect(errors).toMatchObject([notAuthorized('Mutation', 'deletePost')]);
    expect(await stored(key)).toMatchObject({ body: 'Hello' });
  });

  it('to whoever did not write it', async () => {
    const { id, key } = await post(author);

    const { data } = await other.send(DELETE, { id });

    const NOT_OWNER = { code: 'NOT_OWNER', message: 'Somebody else wrote this post.', field: ['id'] };
    expect(data).toEqual({ deletePost: { id: null, userErrors: [NOT_OWNER] } });
    expect(await stored(key)).toMatchObject({ body: 'Hello' });
  });

  it('for an unknown id, and makes no item of it', async () => {
    const key = ulid();

    const { data } = await author.send(DELETE, { id: globalId('Post', key) });

    expect(data).toEqual({ deletePost: { id: null, userErrors: [NOT_FOUND] } });
    expect(await stored(key)).toBeUndefined();
  });

  it('for the id of something else', async () => {
    const { errors } = await author.send(DELETE, { id: userId(author) });

    const message = `id: '${userId(author)}' is the id of a User, not of a Post`;
    expect(errors).toMatchObject([invalidArgument(['deletePost'], message)]);
  });
});
