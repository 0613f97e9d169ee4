import { describe, expect, it } from 'vitest';
import { storedItem } from '../support/aws.ts';
import { graphql, notAuthorized, publicCaller, USER_ERRORS } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { comment, globalId, post } from '../support/social.ts';
import { A_TRACE } from '../support/trace.ts';
import { ulid } from '../support/ulid.ts';

const DELETE = `mutation ($id: ID!) { deleteComment(id: $id) { id ${USER_ERRORS} } }`;
const [author, reader, other] = await Promise.all([newMember(), newMember(), newMember()]);
const discussed = await post(author);
const NOT_FOUND = { code: 'NOT_FOUND', message: 'There is no such comment.', field: ['id'] };

const storedComment = (key: string) => storedItem('comments', { bucket: `${discussed.key}#0`, commentId: key });

describe('deleting a comment', () => {
  it('answers its id, erases its text and keeps its key for a week', async () => {
    const { id, key } = await comment(reader, discussed);
    const { body: erased, ...kept } = (await storedComment(key)) ?? {};
    expect(erased).toBe('Nice');

    const { data } = await reader.send(DELETE, { id });

    expect(data).toEqual({ deleteComment: { id, userErrors: [] } });
    const stored = await storedComment(key);
    expect(stored).toEqual({ ...kept, deletedAt: expect.any(String), expiresAt: expect.any(Number), trace: A_TRACE });
    const week = 7 * 24 * 60 * 60;
    expect(stored?.expiresAt).toBe(Math.floor(Date.parse(String(stored?.deletedAt)) / 1000) + week);
  });

  it('is open to the author of the post above it', async () => {
    const { id, key } = await comment(reader, discussed);

    const { data } = await author.send(DELETE, { id });

    expect(data).toEqual({ deleteComment: { id, userErrors: [] } });
    expect(await storedComment(key)).not.toHaveProperty('body');
  });

  it('finds nothing to delete the second time and changes nothing', async () => {
    const { id, key } = await comment(reader, discussed);
    await reader.send(DELETE, { id });
    const stored = await storedComment(key);

    const { data } = await reader.send(DELETE, { id });

    expect(data).toEqual({ deleteComment: { id: null, userErrors: [NOT_FOUND] } });
    expect(await storedComment(key)).toEqual(stored);
  });
});

describe('deleting a comment is refused', () => {
  it('to the public', async () => {
    const { id, key } = await comment(reader, discussed);

    const { errors } = await graphql(publicCaller, DELETE, { id });

    expect(errors).toMatchObject([notAuthorized('Mutation', 'deleteComment')]);
    expect(await storedComment(key)).toMatchObject({ body: 'Nice' });
  });

  it('to whoever wrote neither it nor the post', async () => {
    const { id, key } = await comment(reader, discussed);

    const { data } = await other.send(DELETE, { id });

    const NOT_OWNER = { code: 'NOT_OWNER', message: 'Somebody else wrote this comment.', field: ['id'] };
    expect(data).toEqual({ deleteComment: { id: null, userErrors: [NOT_OWNER] } });
    expect(await storedComment(key)).toMatchObject({ body: 'Nice' });
  });

  it('for an unknown id, and makes no item of it', async () => {
    const key = ulid();

    const { data } = await reader.send(DELETE, { id: globalId('Comment', discussed.key, key) });

    expect(data).toEqual({ deleteComment: { id: null, userErrors: [NOT_FOUND] } });
    expect(await storedComment(key)).toBeUndefined();
  });
});
