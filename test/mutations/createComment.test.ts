import { describe, expect, it } from 'vitest';
import { storedItem, storedPartition } from '../support/aws.ts';
import { graphql, invalidArgument, notAuthorized, publicCaller, USER_ERRORS } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { block, deletePost, globalId, post, userId } from '../support/social.ts';
import { A_TRACE } from '../support/trace.ts';
import { ulid } from '../support/ulid.ts';

const CREATE = `mutation ($input: CreateCommentInput!) {
  createComment(input: $input) { comment { id body createdAt author { id } post { id } } ${USER_ERRORS} }
}`;
const [author, reader] = await Promise.all([newMember(), newMember()]);
const discussed = await post(author);
const create = (input: object, member = reader) =>
  member.send(CREATE, { input: { idempotencyKey: ulid(), postId: discussed.id, body: 'Nice', ...input } });
const storedComment = (key: string, postKey = discussed.key) =>
  storedItem('comments', { bucket: `${postKey}#0`, commentId: key });
const refusal = (code: string, message: string, ...field: string[]) => ({
  createComment: { comment: null, userErrors: [{ code, message, field: ['input', ...field] }] },
});

describe('a new comment', () => {
  it('is answered and stored under its post', async () => {
    const time = Date.now() - 60_000;
    const key = ulid(time);
    const createdAt = new Date(time).toISOString();

    const { data, errors } = await create({ idempotencyKey: key, body: '可愛い' });

    expect(errors).toEqual([]);
    expect(data).toEqual({
      createComment: {
        comment: {
          id: globalId('Comment', discussed.key, key),
          body: '可愛い',
          createdAt,
          author: { id: userId(reader) },
          post: { id: discussed.id },
        },
        userErrors: [],
      },
    });
    expect(await storedComment(key)).toEqual({
      bucket: `${discussed.key}#0`,
      commentId: key,
      postId: discussed.key,
      postAuthorId: author.sub,
      authorId: reader.sub,
      body: '可愛い',
      createdAt,
      trace: A_TRACE,
    });
  });

  it('may hold 500 bytes, whatever they spell', async () => {
    const key = ulid();

    const { data } = await create({ idempotencyKey: key, body: `${'あ'.repeat(166)}!!` });

    expect(data).toMatchObject({ createComment: { userErrors: [] } });
    expect(await storedComment(key)).toBeDefined();
  });
});

describe('a comment sent again with the same key', () => {
  it('answers the stored comment and writes nothing', async () => {
    const key = ulid();
    const first = await create({ idempotencyKey: key, body: 'Once' });
    const stored = await storedComment(key);

    const again = await create({ idempotencyKey: key, body: 'Once' });
    const changed = await create({ idempotencyKey: key, body: 'Twice' });

    expect(again.data).toEqual(first.data);
    expect(changed.data).toEqual(first.data);
    expect(await storedComment(key)).toEqual(stored);
  });

  const reused = refusal('IDEMPOTENCY_KEY_REUSED', 'This key has been used before. Make a new one.', 'idempotencyKey');

  it('is refused to another member', async () => {
    const key = ulid();
    await create({ idempotencyKey: key });

    const { data } = await create({ idempotencyKey: key }, author);

    expect(data).toEqual(reused);
    expect(await storedComment(key)).toMatchObject({ authorId: reader.sub });
  });

  it('does not bring a deleted comment back', async () => {
    const key = ulid();
    await create({ idempotencyKey: key });
    await reader.send('mutation ($id: ID!) { deleteComment(id: $id) { id } }', {
      id: globalId('Comment', discussed.key, key),
    });

    const { data } = await create({ idempotencyKey: key });

    expect(data).toEqual(reused);
    expect(await storedComment(key)).not.toHaveProperty('body');
  });
});

describe('a comment is refused', () => {
  it('to the public', async () => {
    const input = { idempotencyKey: ulid(), postId: discussed.id, body: 'Nice' };

    const { data, errors } = await graphql(publicCaller, CREATE, { input });

    expect(data).toBeNull();
    expect(errors).toMatchObject([notAuthorized('Mutation', 'createComment')]);
    expect(await storedComment(input.idempotencyKey)).toBeUndefined();
  });

  it.each([
    ['a blank text', '\t 　', 'BLANK', 'The body must not be blank.'],
    ['501 bytes', 'あ'.repeat(167), 'TOO_LONG', 'The body is 501 bytes long; at most 500 bytes are allowed.'],
  ])('for %s', async (_, body, code, message) => {
    const key = ulid();

    const { data } = await create({ idempotencyKey: key, body });

    expect(data).toEqual(refusal(code, message, 'body'));
    expect(await storedComment(key)).toBeUndefined();
  });

  it.each([
    ['an unknown post', () => Promise.resolve({ key: ulid() })],
    ['a post for followers', () => post(author, { visibility: 'FOLLOWERS' })],
    ['a deleted post', deletedPost],
    ['a post of somebody who has blocked the viewer', postOfBlocker],
  ])('under %s, as if that did not exist', async (_, made) => {
    const { key: postKey } = await made();

    const { data } = await create({ postId: globalId('Post', postKey) });

    expect(data).toEqual(refusal('NOT_FOUND', 'There is no such post.', 'postId'));
    expect(await storedPartition('comments', 'bucket', `${postKey}#0`)).toEqual([]);
  });

  it('under the id of something else', async () => {
    const { errors } = await create({ postId: userId(author) });

    const message = `postId: '${userId(author)}' is the id of a User, not of a Post`;
    expect(errors).toMatchObject([invalidArgument(['createComment'], message)]);
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
