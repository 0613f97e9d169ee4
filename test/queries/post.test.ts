import { describe, expect, it } from 'vitest';
import { graphql, invalidArgument, publicCaller } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { block, deletePost, follow, globalId, like, post, storePhoto, userId } from '../support/social.ts';
import { ulid } from '../support/ulid.ts';

const READ = 'query ($id: ID!) { post(id: $id) { body } }';
const [author, follower, stranger] = await Promise.all([newMember(), newMember(), newMember()]);
await follow(follower, author);
const everyone = [
  (id: string) => graphql(publicCaller, READ, { id }),
  ...[stranger, follower, author].map((member) => (id: string) => member.send(READ, { id })),
];
/** What the public, a stranger, a follower and the author get, in this order. */
const readByAll = async (id: string) => (await Promise.all(everyone.map((read) => read(id)))).map(({ data }) => data);

describe('a post', () => {
  it('that is public is open to everyone', async () => {
    const { id } = await post(author, { body: 'Hi' });

    const found = { post: { body: 'Hi' } };
    expect(await readByAll(id)).toEqual([found, found, found, found]);
  });

  it('for followers is open to these and its author alone', async () => {
    const { id } = await post(author, { body: 'Hi', visibility: 'FOLLOWERS' });

    const found = { post: { body: 'Hi' } };
    expect(await readByAll(id)).toEqual([{ post: null }, { post: null }, found, found]);
  });

  it('that is deleted is gone for everyone', async () => {
    const made = await post(author);
    await deletePost(author, made);

    expect(await readByAll(made.id)).toEqual(Array.from({ length: 4 }, () => ({ post: null })));
  });

  it('that never was is null', async () => {
    expect(await readByAll(globalId('Post', ulid()))).toEqual(Array.from({ length: 4 }, () => ({ post: null })));
  });

  it('is hidden between the two sides of a block, whoever made it', async () => {
    const [blocker, blocked] = await Promise.all([newMember(), newMember()]);
    await block(blocker, blocked);
    const [ofBlocker, ofBlocked] = await Promise.all([post(blocker), post(blocked)]);

    const answers = await Promise.all([
      blocked.send(READ, { id: ofBlocker.id }),
      blocker.send(READ, { id: ofBlocked.id }),
    ]);

    expect(answers.map(({ data }) => data)).toEqual([{ post: null }, { post: null }]);
  });

  it('answers all of its fields', async () => {
    const time = Date.now() - 1_000;
    const key = ulid(time);
    const photo = await storePhoto(author, { width: 640, height: 480, altText: '猫' });
    const input = { idempotencyKey: key, body: 'A #cat', photoIds: [photo.id] };
    await author.send('mutation ($input: CreatePostInput!) { createPost(input: $input) { post { id } } }', { input });
    await like(stranger, { id: globalId('Post', key), key });

    const { data, errors } = await stranger.send(
      `query ($id: ID!) { post(id: $id) {
        id body createdAt visibility viewerHasLiked
        author { id handle displayName bio avatar { id } viewerFollows viewerBlocks viewerMutes }
        photos { id status width height blurhash altText owner { id } post { id } }
        hashtags { id name }
        comments { edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }
        likers { edges { node { id } } }
      } }`,
      { id: globalId('Post', key) },
    );

    expect(errors).toEqual([]);
    expect(data).toEqual({
      post: {
        id: globalId('Post', key),
        body: 'A #cat',
        createdAt: new Date(time).toISOString(),
        visibility: 'PUBLIC',
        viewerHasLiked: true,
        author: {
          id: userId(author),
          handle: author.handle,
          displayName: author.handle,
          bio: '',
          avatar: null,
          viewerFollows: false,
          viewerBlocks: false,
          viewerMutes: false,
        },
        photos: [
          {
            id: photo.id,
            status: 'READY',
            width: 640,
            height: 480,
            blurhash: null,
            altText: '猫',
            owner: { id: userId(author) },
            post: { id: globalId('Post', key) },
          },
        ],
        hashtags: [{ id: globalId('Hashtag', 'cat'), name: 'cat' }],
        comments: {
          edges: [],
          pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
        },
        likers: { edges: [{ node: { id: userId(stranger) } }] },
      },
    });
  });

  it('has no personal fields for the public', async () => {
    const { id } = await post(author);

    const { data, errors } = await graphql(
      publicCaller,
      'query ($id: ID!) { post(id: $id) { viewerHasLiked author { viewerFollows viewerBlocks viewerMutes } } }',
      { id },
    );

    expect(errors).toEqual([]);
    expect(data).toEqual({
      post: { viewerHasLiked: null, author: { viewerFollows: null, viewerBlocks: null, viewerMutes: null } },
    });
  });

  it("says where its photos' variants are, once there are some", async () => {
    const made = { width: 640, height: 480, origin: 'https://cdn.example' };
    const [photo, bare] = await Promise.all([storePhoto(author, made), storePhoto(author)]);

    const { data } = await author.send(
      `mutation ($input: CreatePostInput!) {
        createPost(input: $input) { post { photos { id variants { size format width height url } } } }
      }`,
      { input: { idempotencyKey: ulid(), body: 'A cat', photoIds: [photo.id, bare.id] } },
    );

    const [thumb, feed] = [
      { size: 'THUMB', width: 256, height: 192 },
      { size: 'FEED', width: 640, height: 480 },
    ];
    const folder = `https://cdn.example/media/members/${photo.key}`;
    const variants = [
      { ...thumb, format: 'WEBP', url: `${folder}/thumb.webp` },
      { ...thumb, format: 'JPEG', url: `${folder}/thumb.jpg` },
      { ...feed, format: 'WEBP', url: `${folder}/feed.webp` },
      { ...feed, format: 'JPEG', url: `${folder}/feed.jpg` },
    ];
    const photos = [
      { id: photo.id, variants },
      { id: bare.id, variants: null },
    ];
    expect(data).toEqual({ createPost: { post: { photos } } });
  });
});

describe('an id that is not one of a post', () => {
  it.each([
    ['', "id: '' is not an id of this service"],
    ['xx', "id: 'xx' is not an id of this service"],
    ['Post:1', "id: 'Post:1' is not an id of this service"],
    [globalId('Post'), `id: '${globalId('Post')}' is not an id of this service`],
    [globalId('Secret', '1'), `id: '${globalId('Secret', '1')}' is not an id of this service`],
    [globalId('User', '1'), `id: '${globalId('User', '1')}' is the id of a User, not of a Post`],
    [globalId('__proto__', '1'), `id: '${globalId('__proto__', '1')}' is not an id of this service`],
  ])('is refused: %j', async (id, message) => {
    const { data, errors } = await graphql(publicCaller, READ, { id });

    expect(data).toEqual({ post: null });
    expect(errors).toMatchObject([invalidArgument(['post'], message)]);
  });
});
