import { afterAll, describe, expect, it } from 'vitest';
import { settled } from '../support/aws.ts';
import { type Caller, graphqlByIam, notAuthorized, publicCaller } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { comment, follow, like, post, type Written } from '../support/social.ts';
import { subscribe, type Subscription } from '../support/realtime.ts';

const CHANGED = `subscription ($postId: ID!) {
  postEngagementChanged(postId: $postId) { post { id body } stats { likes comments } }
}`;
interface Event {
  readonly postEngagementChanged: { readonly stats: { readonly likes: number; readonly comments: number } };
}
const [author, fan, follower] = await Promise.all([newMember(), newMember(), newMember()]);
await follow(follower, author);

const open: Subscription<Event>[] = [];
async function listen(caller: Caller, { id }: Written): Promise<Subscription<Event>> {
  const subscription = await subscribe<Event>(caller, CHANGED, { postId: id });
  open.push(subscription);
  return subscription;
}
afterAll(() => open.forEach((subscription) => subscription.close()));

const publish = ({ id }: Written, likes: number) =>
  graphqlByIam(
    `mutation ($input: PublishPostEngagementInput!) {
      publishPostEngagement(input: $input) { post { id body } stats { likes comments } }
    }`,
    { input: { postId: id, likes, comments: 0 } },
  );

describe("a change of a post's counters", () => {
  it('reaches whoever listens to it, with whole values', async () => {
    const made = await post(author);
    const subscription = await listen(fan, made);

    await like(fan, made);
    await settled();
    expect(await subscription.next()).toEqual({
      postEngagementChanged: { post: { id: made.id, body: 'Hello' }, stats: { likes: 1, comments: 0 } },
    });
    await comment(fan, made);
    await settled();

    const { postEngagementChanged } = await subscription.next();
    expect(postEngagementChanged.stats).toEqual({ likes: 1, comments: 1 });
  });

  it('reaches those who listen to that post alone, as soon as it is published', async () => {
    const [made, other] = await Promise.all([post(author), post(author, { visibility: 'FOLLOWERS' })]);
    const [subscription, ofOther] = await Promise.all([listen(fan, made), listen(follower, other)]);

    await publish(made, 7);
    await publish(other, 8);

    expect((await subscription.next()).postEngagementChanged.stats).toEqual({ likes: 7, comments: 0 });
    expect((await ofOther.next()).postEngagementChanged.stats).toEqual({ likes: 8, comments: 0 });
  });

  it('is not for whoever may not read the post', async () => {
    const made = await post(author, { visibility: 'FOLLOWERS' });

    await expect(listen(fan, made)).rejects.toMatchObject({
      errors: [{ errorType: 'NotFound', message: 'There is no such post, or it is not to be seen.' }],
    });
  });

  it('is not for the public', async () => {
    const { errorType, message } = notAuthorized('Subscription', 'postEngagementChanged');

    await expect(listen(publicCaller, await post(author))).rejects.toMatchObject({ errors: [{ errorType, message }] });
  });
});
