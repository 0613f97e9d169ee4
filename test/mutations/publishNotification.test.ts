import { describe, expect, it } from 'vitest';
import { storedPartition } from '../support/aws.ts';
import { graphql, graphqlByIam, notAuthorized, publicCaller } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { globalId, post, userId } from '../support/social.ts';

const PUBLISH = `mutation ($input: PublishNotificationInput!) {
  publishNotification(input: $input) {
    __typename id createdAt updatedAt readAt recipient { id handle }
    ... on LikeNotification { actors { id } actorCount post { id } }
    ... on CommentNotification { actors { id } actorCount post { id } comment { id } }
    ... on FollowNotification { actors { id } actorCount }
    ... on SystemNotification { body }
  }
}`;
const [recipient, actor] = await Promise.all([newMember(), newMember()]);
const liked = await post(recipient);
const times = { createdAt: '2025-01-31T10:00:00.000Z', updatedAt: '2025-01-31T11:00:00.000Z' };
const common = { recipientId: userId(recipient), actorIds: [userId(actor)], actorCount: 13, ...times };
const answered = { readAt: null, recipient: { id: userId(recipient), handle: recipient.handle }, ...times };
const id = (kind: string) => globalId('Notification', recipient.sub, `2025-01-31#${kind}#${liked.key}`);

describe('publishing a notification', () => {
  it('answers the worker with the type that belongs to the kind, and stores nothing', async () => {
    const like = { ...common, id: id('LIKE'), kind: 'LIKE', postId: liked.id };
    const follow = { ...common, id: id('FOLLOW'), kind: 'FOLLOW' };
    const system = { ...times, recipientId: userId(recipient), id: id('SYSTEM'), kind: 'SYSTEM', body: 'お知らせ' };

    const answers = await Promise.all([like, follow, system].map((input) => graphqlByIam(PUBLISH, { input })));

    const actors = [{ id: userId(actor) }];
    expect(answers).toEqual(
      [
        { __typename: 'LikeNotification', id: id('LIKE'), actors, actorCount: 13, post: { id: liked.id } },
        { __typename: 'FollowNotification', id: id('FOLLOW'), actors, actorCount: 13 },
        { __typename: 'SystemNotification', id: id('SYSTEM'), body: 'お知らせ' },
      ].map((expected) => ({
        status: 200,
        data: { publishNotification: { ...answered, ...expected } },
        errors: [],
      })),
    );
    expect(await storedPartition('notifications', 'userId', recipient.sub)).toEqual([]);
  });

  it('answers the same when repeated', async () => {
    const input = { ...common, id: id('FOLLOW'), kind: 'FOLLOW' };
    const first = await graphqlByIam(PUBLISH, { input });

    expect(await graphqlByIam(PUBLISH, { input })).toEqual(first);
  });

  it('is refused to the public and to members, the recipient included', async () => {
    const input = { ...common, id: id('FOLLOW'), kind: 'FOLLOW' };

    for (const { data, errors } of [
      await graphql(publicCaller, PUBLISH, { input }),
      await recipient.send(PUBLISH, { input }),
    ]) {
      expect(data).toEqual({ publishNotification: null });
      expect(errors).toMatchObject([notAuthorized('Mutation', 'publishNotification')]);
    }
  });

  it('is refused for a kind that there is not', async () => {
    const { data, errors } = await graphqlByIam(PUBLISH, { input: { ...common, id: id('POKE'), kind: 'POKE' } });

    expect(data).toBeNull();
    expect(errors).toHaveLength(1);
  });
});
