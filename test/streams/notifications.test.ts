import { describe, expect, it } from 'vitest';
import { settled, storedItem, storedPartition } from '../support/aws.ts';
import { type Member, newMember } from '../support/member.ts';
import { block, comment, deletePost, follow, like, post, userId } from '../support/social.ts';

const NOTIFICATIONS = `{ viewer { unreadNotificationCount notifications { edges { node {
  __typename id createdAt updatedAt readAt recipient { id }
  ... on LikeNotification { actorCount actors { id } post { id } }
  ... on CommentNotification { actorCount actors { id } post { id } comment { body } }
  ... on FollowNotification { actorCount actors { id } }
} } } } }`;
interface Notification {
  readonly __typename: string;
  readonly id: string;
  readonly updatedAt: string;
  readonly readAt: string | null;
  readonly actors: readonly { readonly id: string }[];
}
interface Answer {
  readonly viewer: {
    readonly unreadNotificationCount: number;
    readonly notifications: { readonly edges: readonly { readonly node: Notification }[] };
  };
}

async function read(member: Member) {
  const { data, errors } = await member.send<Answer>(NOTIFICATIONS);
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  const { unreadNotificationCount, notifications } = data.viewer;
  const nodes = notifications.edges.map(({ node }) => node);
  return { unread: unreadNotificationCount, of: (type: string) => nodes.filter((node) => node.__typename === type) };
}

describe('notifications', () => {
  it('tell the author of likes and comments, gathered by post', async () => {
    const [author, ann, ben] = await Promise.all([newMember(), newMember(), newMember()]);
    const made = await post(author);
    await Promise.all([like(ann, made), like(ben, made)]);
    await comment(ann, made, 'First');
    await settled();
    await comment(ben, made, 'Second');
    await settled();

    const { unread, of } = await read(author);

    expect(unread).toBe(2);
    const people = { actorCount: 2, recipient: { id: userId(author) }, post: { id: made.id }, readAt: null };
    expect(of('LikeNotification')).toMatchObject([people]);
    expect(new Set(of('LikeNotification')[0]?.actors)).toEqual(new Set([{ id: userId(ann) }, { id: userId(ben) }]));
    expect(of('CommentNotification')).toMatchObject([
      { ...people, actors: [{ id: userId(ben) }, { id: userId(ann) }], comment: { body: 'Second' } },
    ]);
    expect(await storedItem('users', { userId: author.sub })).toMatchObject({ unreadCount: 2 });
  });

  it('tell of follows, gathered by day', async () => {
    const [star, ann, ben] = await Promise.all([newMember(), newMember(), newMember()]);
    await follow(ann, star);
    await settled();
    await follow(ben, star);
    await settled();

    const { unread, of } = await read(star);

    expect(unread).toBe(1);
    expect(of('FollowNotification')).toMatchObject([
      { actorCount: 2, actors: [{ id: userId(ben) }, { id: userId(ann) }], recipient: { id: userId(star) } },
    ]);
  });

  it('count one person once, who likes again and again', async () => {
    const [author, fan] = await Promise.all([newMember(), newMember()]);
    const made = await post(author);
    const likeAndTakeBack = async () => {
      await like(fan, made);
      await settled();
      await fan.send('mutation ($id: ID!) { unlikePost(postId: $id) { post { id } } }', { id: made.id });
      await settled();
    };
    await likeAndTakeBack();
    await likeAndTakeBack();

    const { unread, of } = await read(author);

    expect(unread).toBe(1);
    expect(of('LikeNotification')).toMatchObject([{ actorCount: 1, actors: [{ id: userId(fan) }] }]);
  });

  it('become unread again when they grow', async () => {
    const [author, ann, ben] = await Promise.all([newMember(), newMember(), newMember()]);
    const made = await post(author);
    await like(ann, made);
    await settled();
    const [first] = (await read(author)).of('LikeNotification');
    await author.send('mutation ($upTo: AWSDateTime!) { markNotificationsRead(upTo: $upTo) { readUpTo } }', {
      upTo: first?.updatedAt,
    });
    expect(await read(author)).toMatchObject({ unread: 0 });
    expect((await read(author)).of('LikeNotification')).toMatchObject([{ readAt: first?.updatedAt }]);

    await like(ben, made);
    await settled();

    expect(await read(author)).toMatchObject({ unread: 1 });
    expect((await read(author)).of('LikeNotification')).toMatchObject([{ id: first?.id, readAt: null, actorCount: 2 }]);
  });

  it("are not made of what one does to one's own posts", async () => {
    const author = await newMember();
    const made = await post(author);
    await like(author, made);
    await comment(author, made);
    await settled();

    expect(await storedPartition('notifications', 'userId', author.sub)).toEqual([]);
  });

  it('are not made of what the recipient does not want to hear', async () => {
    const [author, fan] = await Promise.all([newMember(), newMember()]);
    await author.send(
      'mutation { updateSettings(input: { notifyLikes: false, notifyFollows: false }) { settings { digest } } }',
    );
    const made = await post(author);
    await like(fan, made);
    await follow(fan, author);
    await comment(fan, made);
    await settled();

    const { unread, of } = await read(author);

    expect(unread).toBe(1);
    expect(of('CommentNotification')).toHaveLength(1);
    expect(of('LikeNotification')).toEqual([]);
    expect(of('FollowNotification')).toEqual([]);
  });

  it('leave out whoever was blocked afterwards, and a post that is gone', async () => {
    const [author, ann, ben] = await Promise.all([newMember(), newMember(), newMember()]);
    const made = await post(author);
    await Promise.all([like(ann, made), like(ben, made)]);
    await settled();

    await block(ben, author);
    await deletePost(author, made);

    expect((await read(author)).of('LikeNotification')).toMatchObject([{ actors: [{ id: userId(ann) }], post: null }]);
  });

  it('are for the recipient alone', async () => {
    const [author, fan] = await Promise.all([newMember(), newMember()]);
    await like(fan, await post(author));
    await settled();
    const [own] = (await read(author)).of('LikeNotification');
    const NODE = 'query ($id: ID!) { node(id: $id) { id } }';

    expect((await author.send(NODE, { id: own?.id })).data).toEqual({ node: { id: own?.id } });
    expect((await fan.send(NODE, { id: own?.id })).data).toEqual({ node: null });
    expect((await read(fan)).of('LikeNotification')).toEqual([]);
  });
});
