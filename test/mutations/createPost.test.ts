import { describe, expect, it } from 'vitest';
import { storedItem, storedPartition } from '../support/aws.ts';
import { graphql, invalidArgument, notAuthorized, publicCaller, USER_ERRORS } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { globalId, storePhoto, userId } from '../support/social.ts';
import { A_TRACE } from '../support/trace.ts';
import { ulid } from '../support/ulid.ts';

const CREATE = `mutation ($input: CreatePostInput!) {
  createPost(input: $input) {
    post { id body createdAt visibility hashtags { name } author { id } photos { id } }
    ${USER_ERRORS}
  }
}`;
const [author, other] = await Promise.all([newMember(), newMember()]);
const create = (input: object, member = author) =>
  member.send<{ createPost: { post: object | null } }>(CREATE, { input });

const REUSED = {
  code: 'IDEMPOTENCY_KEY_REUSED',
  message: 'This key has been used before. Make a new one.',
  field: ['input', 'idempotencyKey'],
};
const tooLong = 'The body is 1002 bytes long; at most 1000 bytes are allowed.';

describe('a new post', () => {
  it('is answered and stored under its key, with the hashtags in its text', async () => {
    const time = Date.now() - 60_000;
    const key = ulid(time);
    const createdAt = new Date(time).toISOString();
    const body = 'はじめまして #猫 ＃Ｃat x#猫!';

    const { data, errors } = await create({ idempotencyKey: key, body });

    expect(errors).toEqual([]);
    expect(data).toEqual({
      createPost: {
        post: {
          id: globalId('Post', key),
          body,
          createdAt,
          visibility: 'PUBLIC',
          hashtags: [{ name: '猫' }, { name: 'cat' }],
          author: { id: userId(author) },
          photos: [],
        },
        userErrors: [],
      },
    });
    expect(await storedItem('posts', { postId: key, item: 'POST' })).toEqual({
      postId: key,
      item: 'POST',
      authorId: author.sub,
      body,
      hashtags: ['猫', 'cat'],
      visibility: 'PUBLIC',
      photoIds: [],
      createdAt,
      trace: A_TRACE,
    });
  });

  it('may be for followers only', async () => {
    const key = ulid();

    const { data } = await create({ idempotencyKey: key, body: 'Between us', visibility: 'FOLLOWERS' });

    expect(data.createPost.post).toMatchObject({ visibility: 'FOLLOWERS' });
    expect(await storedItem('posts', { postId: key, item: 'POST' })).toMatchObject({ visibility: 'FOLLOWERS' });
  });

  it('marks its photos as shown by it', async () => {
    const key = ulid();
    const photos = await Promise.all([storePhoto(author), storePhoto(author)]);

    const { data } = await create({ idempotencyKey: key, body: 'Two', photoIds: photos.map(({ id }) => id) });

    expect(data.createPost.post).toMatchObject({ photos: photos.map(({ id }) => ({ id })) });
    expect(await storedItem('posts', { postId: key, item: 'POST' })).toMatchObject({
      photoIds: photos.map((photo) => photo.key),
    });
    for (const photo of photos)
      expect(await storedItem('media', { photoId: photo.key })).toMatchObject({ postId: key });
  });

  it('may hold 1,000 bytes, whatever they spell', async () => {
    const { data } = await create({ idempotencyKey: ulid(), body: `${'あ'.repeat(333)}!` });

    expect(data.createPost).toMatchObject({ userErrors: [] });
  });
});

describe('a post sent again with the same key', () => {
  it('answers the stored post and writes nothing', async () => {
    const key = ulid();
    const first = await create({ idempotencyKey: key, body: 'Once' });
    const stored = await storedPartition('posts', 'postId', key);

    const again = await create({ idempotencyKey: key, body: 'Once' });
    const changed = await create({ idempotencyKey: key, body: 'Twice', visibility: 'FOLLOWERS' });

    expect(again.data).toEqual(first.data);
    expect(changed.data).toEqual(first.data);
    expect((await storedPartition('posts', 'postId', key)).filter(({ item }) => item === 'POST')).toEqual(
      stored.filter(({ item }) => item === 'POST'),
    );
  });

  it('answers the stored post with its photos', async () => {
    const input = { idempotencyKey: ulid(), body: 'Seen', photoIds: [(await storePhoto(author)).id] };
    const first = await create(input);

    expect((await create(input)).data).toEqual(first.data);
  });

  it('is refused to another member, who learns nothing of it', async () => {
    const key = ulid();
    await create({ idempotencyKey: key, body: 'Mine' });

    const { data } = await create({ idempotencyKey: key, body: 'Mine' }, other);

    expect(data).toEqual({ createPost: { post: null, userErrors: [REUSED] } });
    expect(await storedItem('posts', { postId: key, item: 'POST' })).toMatchObject({ authorId: author.sub });
  });

  it('does not bring a deleted post back', async () => {
    const key = ulid();
    await create({ idempotencyKey: key, body: 'Regretted' });
    await author.send('mutation ($id: ID!) { deletePost(id: $id) { id } }', { id: globalId('Post', key) });

    const { data } = await create({ idempotencyKey: key, body: 'Regretted' });

    expect(data).toEqual({ createPost: { post: null, userErrors: [REUSED] } });
    expect(await storedItem('posts', { postId: key, item: 'POST' })).not.toHaveProperty('body');
  });
});

describe('a post is refused', () => {
  it('to the public', async () => {
    const key = ulid();

    const { data, errors } = await graphql(publicCaller, CREATE, { input: { idempotencyKey: key, body: 'Hello' } });

    expect(data).toBeNull();
    expect(errors).toMatchObject([notAuthorized('Mutation', 'createPost')]);
    expect(await storedPartition('posts', 'postId', key)).toEqual([]);
  });

  it.each([
    ['a blank text', { body: ' \n　' }, 'BLANK', 'The body must not be blank.', ['input', 'body']],
    ['1,002 bytes', { body: 'あ'.repeat(334) }, 'TOO_LONG', tooLong, ['input', 'body']],
    [
      'eleven hashtags',
      { body: '#a #b #c #d #e #f #g #h #i #j #k' },
      'INVALID',
      'A post may hold at most 10 hashtags.',
      ['input', 'body'],
    ],
    [
      'five photos',
      { body: 'x', photoIds: ['1', '2', '3', '4', '5'].map((name) => globalId('Photo', name)) },
      'INVALID',
      'A post may show at most 4 photos.',
      ['input', 'photoIds'],
    ],
  ])('for %s', async (_, input, code, message, field) => {
    const key = ulid();

    const { data } = await create({ idempotencyKey: key, ...input });

    expect(data).toEqual({ createPost: { post: null, userErrors: [{ code, message, field }] } });
    expect(await storedPartition('posts', 'postId', key)).toEqual([]);
  });

  it.each([
    ['not ready', () => storePhoto(author, { status: 'PROCESSING' })],
    ["another member's", () => storePhoto(other)],
    ['part of another post', () => storePhoto(author, { postId: ulid() })],
  ])('with a photo that is %s', async (_, stored) => {
    const key = ulid();
    const [good, bad] = await Promise.all([storePhoto(author), stored()]);

    const { data } = await create({ idempotencyKey: key, body: 'x', photoIds: [good.id, bad.id] });

    const message = 'The photo is not ready, not yours, or part of another post.';
    const field = ['input', 'photoIds', '1'];
    expect(data).toEqual({
      createPost: { post: null, userErrors: [{ code: 'PHOTO_NOT_USABLE', message, field }] },
    });
    expect(await storedPartition('posts', 'postId', key)).toEqual([]);
    expect(await storedItem('media', { photoId: good.key })).not.toHaveProperty('postId');
  });

  it('with a photo that has no alternative text', async () => {
    const mute = await storePhoto(author, { altText: undefined });

    const { data } = await create({ idempotencyKey: ulid(), body: 'x', photoIds: [mute.id] });

    const message = 'The photo has no alternative text. Upload it again, and say in altText what it shows.';
    const field = ['input', 'photoIds', '0'];
    expect(data).toMatchObject({
      createPost: { post: null, userErrors: [{ code: 'ALT_TEXT_REQUIRED', message, field }] },
    });
  });

  it('with every reason at once', async () => {
    const { data } = await create({ idempotencyKey: 'not-a-ulid', body: '' });

    expect(data).toEqual({
      createPost: {
        post: null,
        userErrors: [
          {
            code: 'IDEMPOTENCY_KEY_INVALID',
            message: 'The key must be a ULID: 26 characters of 0-9 A-Z without I L O U.',
            field: ['input', 'idempotencyKey'],
          },
          { code: 'BLANK', message: 'The body must not be blank.', field: ['input', 'body'] },
        ],
      },
    });
  });

  it('with a photo id that is none', async () => {
    const { errors } = await create({ idempotencyKey: ulid(), body: 'x', photoIds: [userId(author)] });

    const message = `photoIds: '${userId(author)}' is the id of a User, not of a Photo`;
    expect(errors).toMatchObject([invalidArgument(['createPost'], message)]);
  });
});
