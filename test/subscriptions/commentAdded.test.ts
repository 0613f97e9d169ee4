import { afterAll, describe, expect, it } from 'vitest';
import { settled } from '../support/aws.ts';
import { type Caller, graphql, notAuthorized, publicCaller, USER_ERRORS } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { block, comment, deletePost, follow, globalId, post, userId, type Written } from '../support/social.ts';
import { subscribe, type Subscription } from '../support/realtime.ts';
import { ulid } from '../support/ulid.ts';

const COMMENT_ADDED = `subscription ($postId: ID!) {
  commentAdded(postId: $postId) { id body createdAt author { id handle displayName } post { id body } }
}`;
interface Event {
  readonly commentAdded: { readonly body: string } | null;
}
const [author, reader, follower] = await Promise.all([newMember(), newMember(), newMember()]);
await follow(follower, author);

const open: Subscription<Event>[] = [];
async function listen(caller: Caller, { id }: Pick<Written, 'id'>): Promise<Subscription<Event>> {
  const subscription = await subscribe<Event>(caller, COMMENT_ADDED, { postId: id });
  open.push(subscription);
  return subscription;
}
afterAll(() => open.forEach((subscription) => subscription.close()));

describe('a new comment', () => {
  it('reaches whoever listens to its post, with all that a client shows', async () => {
    const made = await post(author, { body: 'Hello' });
    const subscriptions = await Promise.all([listen(reader, made), listen(author, made)]);
    const time = Date.now() - 1_000;

    const { id } = await comment(reader, made, '可愛い', ulid(time));
    await settled();

    for (const subscription of subscriptions) {
      expect(await subscription.next()).toEqual({
        commentAdded: {
          id,
          body: '可愛い',
          createdAt: new Date(time).toISOString(),
          author: { id: userId(reader), handle: reader.handle, displayName: reader.handle },
          post: { id: made.id, body: 'Hello' },
        },
      });
    }
  });

  it('reaches those who listen to its post alone', async () => {
    const [made, other] = await Promise.all([post(author), post(author)]);
    const [subscription, ofOther] = await Promise.all([listen(reader, made), listen(reader, other)]);

    await comment(author, made, 'Here');
    await settled();
    await comment(author, other, 'There');
    await settled();

    expect(await subscription.next()).toMatchObject({ commentAdded: { body: 'Here' } });
    expect(await ofOther.next()).toMatchObject({ commentAdded: { body: 'There' } });
  });

  it('reaches followers who listen to a post for followers', async () => {
    const made = await post(author, { visibility: 'FOLLOWERS' });
    const subscription = await listen(follower, made);

    await comment(author, made, 'Secret');
    await settled();

    expect(await subscription.next()).toMatchObject({ commentAdded: { body: 'Secret' } });
  });

  it('is told once, however often it is sent, and not when it is deleted', async () => {
    const made = await post(author);
    const subscription = await listen(reader, made);
    const key = ulid();
    const { id } = await comment(author, made, 'Once', key);
    await comment(author, made, 'Once', key);
    await settled();
    await author.send(`mutation ($id: ID!) { deleteComment(id: $id) { ${USER_ERRORS} } }`, { id });
    await settled();
    await comment(author, made, 'Next');
    await settled();

    expect(await subscription.next()).toMatchObject({ commentAdded: { body: 'Once' } });
    expect(await subscription.next()).toMatchObject({ commentAdded: { body: 'Next' } });
  });

  it('no longer reaches whoever has stopped', async () => {
    const made = await post(author);
    const [stopped, listening] = await Promise.all([listen(reader, made), listen(author, made)]);
    await stopped.stop();

    await comment(author, made, 'Late');
    await settled();

    expect(await listening.next()).toMatchObject({ commentAdded: { body: 'Late' } });
    stopped.close();
    await expect(stopped.next()).rejects.toThrow('the connection is closed');
  });
});

describe('listening to comments is refused', () => {
  const NOT_FOUND = [{ errorType: 'NotFound', message: 'There is no such post, or it is not to be seen.' }];

  it.each([
    ['an unknown post', () => Promise.resolve({ id: globalId('Post', ulid()) })],
    ['a post for followers', () => post(author, { visibility: 'FOLLOWERS' })],
    ['a deleted post', deletedPost],
    ['a post of somebody in a block with the viewer', postOfBlocker],
  ])('for %s', async (_, made) => {
    await expect(listen(reader, await made())).rejects.toMatchObject({ errors: NOT_FOUND });
  });

  it('for the id of something else', async () => {
    const message = `postId: '${userId(author)}' is the id of a User, not of a Post`;

    await expect(listen(reader, { id: userId(author) })).rejects.toMatchObject({
      errors: [{ errorType: 'InvalidArgument', message }],
    });
  });

  it('to the public, when it subscribes', async () => {
    const { errorType, message } = notAuthorized('Subscription', 'commentAdded');

    await expect(listen(publicCaller, await post(author))).rejects.toMatchObject({ errors: [{ errorType, message }] });
  });

  it('without credentials or with a token of nobody, when it connects', async () => {
    const made = await post(author);

    const strangers: readonly Caller[] = [{}, { authorization: 'not.a.token' }];
    for (const caller of strangers) {
      await expect(listen(caller, made)).rejects.toMatchObject({
        errors: [{ errorType: 'UnauthorizedException', errorCode: 401 }],
      });
    }
  });

  it('over HTTP', async () => {
    const { status, errors } = await graphql(reader, COMMENT_ADDED, { postId: (await post(author)).id });

    expect(status).toBe(400);
    expect(errors).toEqual([
      {
        errorType: 'UnsupportedOperation',
        message: 'Subscriptions are served over WebSocket, at /graphql/realtime with the subprotocol graphql-ws.',
      },
    ]);
  });
});

async function deletedPost() {
  const made = await post(author);
  await deletePost(author, made);
  return made;
}

async function postOfBlocker() {
  const blocker = await newMember();
  await block(blocker, reader);
  return post(blocker);
}
