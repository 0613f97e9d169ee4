import { describe, expect, it } from 'vitest';
import { settled, storedItem } from '../support/aws.ts';
import { graphql, publicCaller } from '../support/graphql.ts';
import { type Member, newMember } from '../support/member.ts';
import { block, comment, deletePost, follow, like, post, posts, relate, type Written } from '../support/social.ts';

async function postStats({ id }: Written) {
  const answer = await graphql<{ post: { stats: object } | null }>(
    publicCaller,
    'query ($id: ID!) { post(id: $id) { stats { likes comments } } }',
    { id },
  );
  return answer.data.post?.stats;
}

async function userStats({ handle }: Member) {
  const answer = await graphql<{ user: { stats: object } | null }>(
    publicCaller,
    'query ($handle: String!) { user(handle: $handle) { stats { posts followers following } } }',
    { handle },
  );
  return answer.data.user?.stats;
}

describe("a post's counters", () => {
  it('are zero before anything happened', async () => {
    expect(await postStats(await post(await newMember()))).toEqual({ likes: 0, comments: 0 });
  });

  it('follow likes and comments exactly, however often each is sent', async () => {
    const [author, ...fans] = await Promise.all([newMember(), newMember(), newMember(), newMember()]);
    const liked = await post(author);
    await Promise.all(fans.flatMap((fan) => [like(fan, liked), like(fan, liked), comment(fan, liked)]));
    await settled();

    expect(await postStats(liked)).toEqual({ likes: 3, comments: 3 });
    expect(await storedItem('posts', { postId: liked.key, item: 'STATS' })).toMatchObject({
      likeCount: 3,
      commentCount: 3,
    });
  });

  it('go down again with likes taken back and comments deleted, each once', async () => {
    const [author, fan, other] = await Promise.all([newMember(), newMember(), newMember()]);
    const liked = await post(author);
    await Promise.all([like(fan, liked), like(other, liked)]);
    const remark = await comment(fan, liked);
    await comment(other, liked);
    await settled();
    const UNDO = `mutation ($postId: ID!, $commentId: ID!) {
      unlikePost(postId: $postId) { post { id } }
      deleteComment(id: $commentId) { id }
    }`;

    await fan.send(UNDO, { postId: liked.id, commentId: remark.id });
    await fan.send(UNDO, { postId: liked.id, commentId: remark.id });
    await settled();

    expect(await postStats(liked)).toEqual({ likes: 1, comments: 1 });
  });
});

describe("a member's counters", () => {
  it('follow posts of any visibility, and deletions', async () => {
    const author = await newMember();
    const [first] = await posts(author, ['1', '2', '3']);
    await post(author, { visibility: 'FOLLOWERS' });
    await settled();
    expect(await userStats(author)).toEqual({ posts: 4, followers: 0, following: 0 });

    if (first) await deletePost(author, first);
    await settled();

    expect(await userStats(author)).toEqual({ posts: 3, followers: 0, following: 0 });
  });

  it('follow follows in both directions, and the end of them', async () => {
    const [star, ...fans] = await Promise.all([newMember(), newMember(), newMember()]);
    const [first, second] = fans as [Member, Member];
    await Promise.all([follow(first, star), follow(second, star), follow(star, first)]);
    await settled();
    expect(await userStats(star)).toEqual({ posts: 0, followers: 2, following: 1 });
    expect(await userStats(first)).toEqual({ posts: 0, followers: 1, following: 1 });

    await relate(second, 'unfollowUser', star);
    await settled();
    expect(await userStats(star)).toEqual({ posts: 0, followers: 1, following: 1 });

    await block(star, first);
    await settled();
    expect(await userStats(star)).toEqual({ posts: 0, followers: 0, following: 0 });
    expect(await userStats(first)).toEqual({ posts: 0, followers: 0, following: 0 });
  });
});
