import { afterAll, describe, expect, it } from 'vitest';
import { settled } from '../support/aws.ts';
import { type Caller, notAuthorized, publicCaller } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { comment, follow, like, post, userId } from '../support/social.ts';
import { subscribe, type Subscription } from '../support/realtime.ts';

const RECEIVED = `subscription {
  notificationReceived {
    __typename id readAt recipient { id }
    ... on LikeNotification { actorCount actors { id handle } post { id body } }
    ... on CommentNotification { actorCount actors { id handle } post { id body } comment { body } }
    ... on FollowNotification { actorCount actors { id handle } }
  }
}`;
interface Event {
  readonly notificationReceived: { readonly __typename: string; readonly id: string };
}

const open: Subscription<Event>[] = [];
async function listen(caller: Caller): Promise<Subscription<Event>> {
  const subscription = await subscribe<Event>(caller, RECEIVED);
  open.push(subscription);
  return subscription;
}
afterAll(() => open.forEach((subscription) => subscription.close()));

describe('a notification', () => {
  it('reaches its recipient alone', async () => {
    const [author, fan] = await Promise.all([newMember(), newMember()]);
    const made = await post(author);
    const [ofAuthor, ofFan] = await Promise.all([listen(author), listen(fan)]);

    await like(fan, made);
    await settled();
    await follow(author, fan);
    await settled();

    const actors = [{ id: userId(fan), handle: fan.handle }];
    expect(await ofAuthor.next()).toMatchObject({
      notificationReceived: {
        __typename: 'LikeNotification',
        readAt: null,
        recipient: { id: userId(author) },
        actorCount: 1,
        actors,
        post: { id: made.id, body: 'Hello' },
      },
    });
    // The like came first: had it been for the fan, too, this would be it.
    expect(await ofFan.next()).toMatchObject({
      notificationReceived: { __typename: 'FollowNotification', recipient: { id: userId(fan) }, actorCount: 1 },
    });
  });

  it('comes again, under the same id, when it grows', async () => {
    const [author, ann, ben] = await Promise.all([newMember(), newMember(), newMember()]);
    const made = await post(author);
    const subscription = await listen(author);

    await comment(ann, made, 'First');
    await settled();
    const first = await subscription.next();
    await comment(ben, made, 'Second');
    await settled();
    const second = await subscription.next();

    const { id } = first.notificationReceived;
    expect(first).toMatchObject({ notificationReceived: { actorCount: 1, comment: { body: 'First' } } });
    expect(second).toMatchObject({ notificationReceived: { id, actorCount: 2, comment: { body: 'Second' } } });
  });

  it('is not for the public', async () => {
    const { errorType, message } = notAuthorized('Subscription', 'notificationReceived');

    await expect(listen(publicCaller)).rejects.toMatchObject({ errors: [{ errorType, message }] });
  });
});
