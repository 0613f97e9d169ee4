import { describe, expect, it } from 'vitest';
import { storedPartition } from '../support/aws.ts';
import { graphql, graphqlByIam, invalidArgument, notAuthorized, publicCaller } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { globalId, post, PUBLISH_COMMENT, userId } from '../support/social.ts';
import { ulid } from '../support/ulid.ts';

const author = await newMember();
const discussed = await post(author, { visibility: 'FOLLOWERS' });
const input = {
  id: globalId('Comment', discussed.key, ulid()),
  body: 'Nice',
  createdAt: '2025-01-31T00:00:00.000Z',
  authorId: userId(author),
  postId: discussed.id,
};

describe('publishing a comment', () => {
  it('answers the worker with what subscribers are told, and stores nothing', async () => {
    const { data, errors } = await graphqlByIam(PUBLISH_COMMENT, { input });

    expect(errors).toEqual([]);
    expect(data).toEqual({
      publishComment: {
        id: input.id,
        body: 'Nice',
        createdAt: '2025-01-31T00:00:00.000Z',
        author: { id: userId(author), handle: author.handle, displayName: author.handle },
        post: { id: discussed.id },
      },
    });
    expect(await storedPartition('comments', 'bucket', `${discussed.key}#0`)).toEqual([]);
  });

  it('answers the same when repeated', async () => {
    const first = await graphqlByIam(PUBLISH_COMMENT, { input });

    expect(await graphqlByIam(PUBLISH_COMMENT, { input })).toEqual(first);
  });

  it('is refused to the public and to members', async () => {
    const moderator = await newMember({ groups: ['moderators', 'operators'] });

    for (const { data, errors } of [
      await graphql(publicCaller, PUBLISH_COMMENT, { input }),
      await author.send(PUBLISH_COMMENT, { input }),
      await moderator.send(PUBLISH_COMMENT, { input }),
    ]) {
      expect(data).toEqual({ publishComment: null });
      expect(errors).toMatchObject([notAuthorized('Mutation', 'publishComment')]);
    }
  });

  it('is refused for an author that is none', async () => {
    const { errors } = await graphqlByIam(PUBLISH_COMMENT, { input: { ...input, authorId: discussed.id } });

    const message = `authorId: '${discussed.id}' is the id of a Post, not of a User`;
    expect(errors).toMatchObject([invalidArgument(['publishComment'], message)]);
  });
});
