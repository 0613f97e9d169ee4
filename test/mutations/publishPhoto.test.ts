import { describe, expect, it } from 'vitest';
import { storedItem } from '../support/aws.ts';
import { graphql, graphqlByIam, invalidArgument, notAuthorized, publicCaller } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { globalId, userId } from '../support/social.ts';

const PUBLISH = `mutation ($input: PublishPhotoInput!) {
  publishPhoto(input: $input) { id status width height blurhash altText owner { id } post { id } }
}`;
const owner = await newMember();
const id = globalId('Photo', 'published');
const texts = { blurhash: 'LEHV6nWB2yk8pyo0adR*.7kCMdnj', altText: '猫' };
const input = { id, ownerId: userId(owner), status: 'READY', width: 640, height: 480, ...texts };

describe('publishing a photo', () => {
  it('answers the worker with what subscribers are told, and stores nothing', async () => {
    const { data, errors } = await graphqlByIam(PUBLISH, { input });

    expect(errors).toEqual([]);
    expect(data).toEqual({
      publishPhoto: {
        id,
        status: 'READY',
        width: 640,
        height: 480,
        ...texts,
        owner: { id: userId(owner) },
        post: null,
      },
    });
    expect(await storedItem('media', { photoId: 'published' })).toBeUndefined();
  });

  it('answers the same when repeated', async () => {
    const first = await graphqlByIam(PUBLISH, { input });

    expect(await graphqlByIam(PUBLISH, { input })).toEqual(first);
  });

  it('is refused to the public and to members, the owner included', async () => {
    for (const { data, errors } of [
      await graphql(publicCaller, PUBLISH, { input }),
      await owner.send(PUBLISH, { input }),
    ]) {
      expect(data).toEqual({ publishPhoto: null });
      expect(errors).toMatchObject([notAuthorized('Mutation', 'publishPhoto')]);
    }
  });

  it('is refused for an owner that is none', async () => {
    const { errors } = await graphqlByIam(PUBLISH, { input: { ...input, ownerId: id } });

    const message = `ownerId: '${id}' is the id of a Photo, not of a User`;
    expect(errors).toMatchObject([invalidArgument(['publishPhoto'], message)]);
  });
});
