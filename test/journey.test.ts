import { Amplify, type ResourcesConfig } from 'aws-amplify';
import { generateClient, type GraphQLResult } from 'aws-amplify/api';
import { confirmSignUp, fetchAuthSession, getCurrentUser, signIn, signOut, signUp } from 'aws-amplify/auth';
import { Hub } from 'aws-amplify/utils';
import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { control, settled } from './support/aws.ts';
import { USER_ERRORS } from './support/graphql.ts';
import { newMember } from './support/member.ts';
import { comment, globalId, posts, relate, userId } from './support/social.ts';
import { target } from './support/target.ts';
import { ulid } from './support/ulid.ts';

// The client as applications use it: nothing of it is replaced, and the configuration is what GET /config.json serves.
Amplify.configure(JSON.parse(target.amplify) as ResourcesConfig);
const client = generateClient();

const username = `${randomUUID()}@example.com`;
const password = 'Correct-horse-9';
const handle = `旅人${randomUUID().slice(0, 8)}`;
/** Somebody who is there already. */
const star = await newMember();

async function request<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
  const answer: unknown = await client.graphql({ query, variables });
  return (answer as GraphQLResult<Data>).data;
}

interface Feed {
  readonly viewer: {
    readonly feed: {
      readonly edges: readonly { readonly node: { readonly body: string } }[];
      readonly pageInfo: { readonly startCursor: string; readonly endCursor: string; readonly hasNextPage: boolean };
    };
  };
}
const readFeed = async (variables: Record<string, unknown>): Promise<Feed['viewer']['feed']> =>
  (
    await request<Feed>(
      `query ($first: Int, $after: String, $last: Int, $before: String) {
        viewer { feed(first: $first, after: $after, last: $last, before: $before) {
          edges { node { body } } pageInfo { startCursor endCursor hasNextPage }
        } }
      }`,
      variables,
    )
  ).viewer.feed;
const bodies = ({ edges }: Feed['viewer']['feed']) => edges.map(({ node }) => node.body);

/** One after the other: each step is where the one before has led. */
describe('a newcomer with the Amplify client', () => {
  // Made before anything else, so that it is the oldest of the feed.
  const key = ulid();
  const post = { id: globalId('Post', key), key };

  afterAll(() => signOut());

  it('signs up with an address', async () => {
    const { isSignUpComplete, nextStep } = await signUp({
      username,
      password,
      options: { userAttributes: { email: username } },
    });

    expect(isSignUpComplete).toBe(false);
    expect(nextStep).toMatchObject({
      signUpStep: 'CONFIRM_SIGN_UP',
      codeDeliveryDetails: { deliveryMedium: 'EMAIL', attributeName: 'email' },
    });
  });

  it('cannot sign in before the address is confirmed', async () => {
    const { nextStep } = await signIn({ username, password });

    expect(nextStep).toEqual({ signInStep: 'CONFIRM_SIGN_UP' });
  });

  it('confirms it with the code from the mailbox', async () => {
    const { Messages } = (await control('messages', { To: username })) as { Messages: { body: string }[] };
    expect(Messages).toHaveLength(1);
    const [confirmationCode = ''] = /\b\d{6}\b/.exec(Messages[0]?.body ?? '') ?? [];

    expect(await confirmSignUp({ username, confirmationCode })).toMatchObject({ isSignUpComplete: true });
  });

  it('signs in by SRP, and not with another password', async () => {
    await expect(signIn({ username, password: 'Wrong-horse-9' })).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });

    expect(await signIn({ username, password, options: { authFlowType: 'USER_SRP_AUTH' } })).toEqual({
      isSignedIn: true,
      nextStep: { signInStep: 'DONE' },
    });
    const { tokens } = await fetchAuthSession();
    expect(tokens?.accessToken.payload).toMatchObject({ token_use: 'access', client_id: target.userPoolClientId });
  });

  it('claims a handle', async () => {
    const data = await request(
      `mutation ($handle: String!) { claimHandle(handle: $handle) { user { handle } ${USER_ERRORS} } }`,
      { handle: `@${handle}` },
    );

    expect(data).toEqual({ claimHandle: { user: { handle }, userErrors: [] } });
  });

  it('follows somebody', async () => {
    const data = await request(
      `mutation ($userId: ID!) { followUser(userId: $userId) { user { handle viewerFollows } ${USER_ERRORS} } }`,
      { userId: userId(star) },
    );

    expect(data).toEqual({ followUser: { user: { handle: star.handle, viewerFollows: true }, userErrors: [] } });
  });

  it('posts', async () => {
    await posts(star, ['1', '2', '3']);
    const data = await request(
      `mutation ($input: CreatePostInput!) {
        createPost(input: $input) { post { id body author { handle } } ${USER_ERRORS} }
      }`,
      { input: { idempotencyKey: key, body: 'はじめまして' } },
    );

    expect(data).toEqual({
      createPost: { post: { id: post.id, body: 'はじめまして', author: { handle } }, userErrors: [] },
    });
  });

  it('pages through the feed in both directions', async () => {
    await settled();

    const first = await readFeed({ first: 2 });
    const second = await readFeed({ first: 2, after: first.pageInfo.endCursor });
    const back = await readFeed({ last: 2, before: second.pageInfo.startCursor });

    expect([first, second].map(bodies)).toEqual([
      ['3', '2'],
      ['1', 'はじめまして'],
    ]);
    expect(second.pageInfo.hasNextPage).toBe(false);
    expect(bodies(back)).toEqual(['3', '2']);
  });

  it('likes and comments', async () => {
    const [liked] = await posts(star, ['Likeable']);
    const data = await request(
      `mutation ($postId: ID!, $input: CreateCommentInput!) {
        likePost(postId: $postId) { post { viewerHasLiked } ${USER_ERRORS} }
        createComment(input: $input) { comment { body author { handle } } ${USER_ERRORS} }
      }`,
      { postId: liked?.id, input: { idempotencyKey: ulid(), postId: liked?.id, body: '素敵です' } },
    );

    expect(data).toEqual({
      likePost: { post: { viewerHasLiked: true }, userErrors: [] },
      createComment: { comment: { body: '素敵です', author: { handle } }, userErrors: [] },
    });
    await settled();
    const stats = await request(`query ($id: ID!) { post(id: $id) { stats { likes comments } } }`, { id: liked?.id });
    expect(stats).toEqual({ post: { stats: { likes: 1, comments: 1 } } });
  });

  it('receives a comment by subscription', async () => {
    const received = Promise.withResolvers<unknown>();
    const started = Promise.withResolvers<void>();
    const stopListening = Hub.listen('api', ({ payload }) => {
      if (payload.event === 'Subscription ack') started.resolve();
    });
    const events = client.graphql({
      query: `subscription ($postId: ID!) {
        commentAdded(postId: $postId) { body author { handle } post { id } }
      }`,
      variables: { postId: post.id },
    });
    if (!('subscribe' in events)) throw new Error('a subscription answers an observable');
    const subscription = events.subscribe({ next: received.resolve, error: received.reject });
    await started.promise;

    await comment(star, post, 'ようこそ');
    await settled();

    expect(await received.promise).toEqual({
      data: { commentAdded: { body: 'ようこそ', author: { handle: star.handle }, post: { id: post.id } } },
    });
    subscription.unsubscribe();
    stopListening();
  });

  it('reads the notifications and marks them read', async () => {
    const { userId: sub } = await getCurrentUser();
    await relate(star, 'followUser', { sub });
    await settled();
    const READ = `{ viewer { unreadNotificationCount notifications { edges { node {
      __typename updatedAt readAt
      ... on CommentNotification { actors { handle } comment { body } }
      ... on FollowNotification { actors { handle } }
    } } } } }`;
    interface Read {
      readonly viewer: {
        readonly notifications: { readonly edges: readonly { readonly node: { updatedAt: string } }[] };
      };
    }

    const unread = await request<Read>(READ);
    const nodes = unread.viewer.notifications.edges.map(({ node }) => node);
    const upTo = nodes
      .map(({ updatedAt }) => updatedAt)
      .sort()
      .at(-1);
    const actors = [{ handle: star.handle }];
    expect(unread).toMatchObject({ viewer: { unreadNotificationCount: 2 } });
    expect(new Set(nodes)).toEqual(
      new Set([
        expect.objectContaining({
          __typename: 'CommentNotification',
          readAt: null,
          actors,
          comment: { body: 'ようこそ' },
        }),
        expect.objectContaining({ __typename: 'FollowNotification', readAt: null, actors }),
      ]),
    );

    const marked = await request(
      'mutation ($upTo: AWSDateTime!) { markNotificationsRead(upTo: $upTo) { readUpTo unreadNotificationCount } }',
      { upTo },
    );
    expect(marked).toEqual({ markNotificationsRead: { readUpTo: upTo, unreadNotificationCount: 0 } });
  });

  it('is told of refusals as the client reports them', async () => {
    await expect(request('{ moderationQueue { edges { cursor } } }')).rejects.toMatchObject({
      data: null,
      errors: [{ errorType: 'Unauthorized', message: 'Not Authorized to access moderationQueue on type Query' }],
    });
  });

  it('signs out, and is nobody afterwards', async () => {
    await signOut();

    expect((await fetchAuthSession()).tokens).toBeUndefined();
    await expect(request('{ viewer { unreadNotificationCount } }')).rejects.toMatchObject({
      name: 'NoValidAuthTokens',
    });
    const publicPost = { query: 'query ($id: ID!) { post(id: $id) { body } }', variables: { id: post.id } };
    expect(await client.graphql({ ...publicPost, authMode: 'apiKey' })).toEqual({
      data: { post: { body: 'はじめまして' } },
    });
  });
});
