import { describe, expect, it } from 'vitest';
import { storedItem } from '../support/aws.ts';
import { graphql, graphqlByIam, invalidArgument, notAuthorized, publicCaller } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { globalId, post, userId } from '../support/social.ts';
import { ulid } from '../support/ulid.ts';

const PUBLISH = `mutation ($input: PublishPostEngagementInput!) {
  publishPostEngagement(input: $input) { post { id } stats { likes comments } }
}`;
const author = await newMember();
const liked = await post(author, { visibility: 'FOLLOWERS' });
const input = { postId: liked.id, likes: 3, comments: 2 };

describe("publishing a post's counters", () => {
  it('answers the worker with them, and stores nothing', async () => {
    const { data, errors } = await graphqlByIam(PUBLISH, { input });

    expect(errors).toEqual([]);
    expect(data).toEqual({ publishPostEngagement: { post: { id: liked.id }, stats: { likes: 3, comments: 2 } } });
    expect(await storedItem('posts', { postId: liked.key, item: 'STATS' })).toBeUndefined();
  });

  it('answers the same when repeated', async () => {
    const first = await graphqlByIam(PUBLISH, { input });

    expect(await graphqlByIam(PUBLISH, { input })).toEqual(first);
  });

  it('answers null for the post when that is gone', async () => {
    const { data } = await graphqlByIam(PUBLISH, { input: { ...input, postId: globalId('Post', ulid()) } });

    expect(data).toEqual({ publishPostEngagement: { post: null, stats: { likes: 3, comments: 2 } } });
  });

  it('is refused to the public and to members, the author included', async () => {
    for (const { data, errors } of [
      await graphql(publicCaller, PUBLISH, { input }),
      await author.send(PUBLISH, { input }),
    ]) {
      expect(data).toEqual({ publishPostEngagement: null });
      expect(errors).toMatchObject([notAuthorized('Mutation', 'publishPostEngagement')]);
    }
  });

  it('is refused for the id of something else', async () => {
    const { errors } = await graphqlByIam(PUBLISH, { input: { ...input, postId: userId(author) } });

    const message = `postId: '${userId(author)}' is the id of a User, not of a Post`;
    expect(errors).toMatchObject([invalidArgument(['publishPostEngagement'], message)]);
  });
});
