import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { dynamodb, tableName } from '../support/aws.ts';
import { graphql, invalidArgument, publicCaller } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { block, follow, posts, suspendedMember, userId } from '../support/social.ts';

const USER = 'query ($handle: String!) { user(handle: $handle) { id handle } }';

describe('a user', () => {
  it('is found by handle, in any spelling of it, by everyone', async () => {
    const member = await newMember();
    const spellings = [member.handle, `@${member.handle}`, ` ＠${member.handle.toUpperCase()} `];

    const answers = await Promise.all(spellings.map((handle) => graphql(publicCaller, USER, { handle })));

    const found = { user: { id: userId(member), handle: member.handle } };
    expect(answers.map(({ data }) => data)).toEqual([found, found, found]);
  });

  it('is null when nobody holds the handle', async () => {
    expect((await graphql(publicCaller, USER, { handle: 'nobody_at_all' })).data).toEqual({ user: null });
  });

  it('is null to whom that user has blocked, and stays for the blocker', async () => {
    const [blocker, blocked] = await Promise.all([newMember(), newMember()]);
    await block(blocker, blocked);

    const [toBlocked, toBlocker] = await Promise.all([
      blocked.send(USER, { handle: blocker.handle }),
      blocker.send(USER, { handle: blocked.handle }),
    ]);

    expect(toBlocked.data).toEqual({ user: null });
    expect(toBlocker.data).toEqual({ user: { id: userId(blocked), handle: blocked.handle } });
  });

  it('stays visible when suspended, and is null when deleted', async () => {
    const [suspended, deleted] = await Promise.all([suspendedMember(), newMember()]);
    await markDeleted(deleted);

    const answers = await Promise.all(
      [suspended, deleted].map(({ handle }) => graphql(publicCaller, USER, { handle })),
    );

    const found = { user: { id: userId(suspended), handle: suspended.handle } };
    expect(answers.map(({ data }) => data)).toEqual([found, { user: null }]);
  });

  it.each(['a', 'a b', '#cat', 'a'.repeat(31)])(
    'is not looked for under %j, which can be no handle',
    async (handle) => {
      const { data, errors } = await graphql(publicCaller, USER, { handle });

      expect(data).toEqual({ user: null });
      const message = 'handle: 2-30 letters, digits or underscores of any script';
      expect(errors).toMatchObject([invalidArgument(['user'], message)]);
    },
  );
});

describe('a deleted account', () => {
  it('leaves a tombstone to say who wrote what it left behind', async () => {
    const [author, reader] = await Promise.all([newMember(), newMember()]);
    const [made] = await posts(author, ['Left behind']);
    await markDeleted(author);

    const { data } = await reader.send(
      `query ($id: ID!) { post(id: $id) { body author {
        id handle displayName bio createdAt avatar { id } stats { posts followers following }
      } } }`,
      { id: made?.id },
    );

    const stats = { posts: 0, followers: 0, following: 0 };
    const texts = { handle: null, displayName: '', bio: '', createdAt: null, avatar: null };
    expect(data).toEqual({ post: { body: 'Left behind', author: { id: userId(author), ...texts, stats } } });
  });
});

describe("a user's posts", () => {
  const POSTS = 'query ($handle: String!) { user(handle: $handle) { posts { edges { node { body } } } } }';
  const bodies = (...texts: string[]) => ({ user: { posts: { edges: texts.map((body) => ({ node: { body } })) } } });

  it('come newest first, those for followers to followers and the author only', async () => {
    const [author, follower, stranger] = await Promise.all([newMember(), newMember(), newMember()]);
    await follow(follower, author);
    await posts(author, ['first', 'second']);
    await posts(author, ['secret'], { visibility: 'FOLLOWERS' });
    const { handle } = author;

    const answers = await Promise.all([
      graphql(publicCaller, POSTS, { handle }),
      ...[stranger, follower, author].map((member) => member.send(POSTS, { handle })),
    ]);

    expect(answers.map(({ data }) => data)).toEqual([
      bodies('second', 'first'),
      bodies('second', 'first'),
      bodies('secret', 'second', 'first'),
      bodies('secret', 'second', 'first'),
    ]);
  });

  it('are none to somebody whom the viewer has blocked', async () => {
    const [author, blocker] = await Promise.all([newMember(), newMember()]);
    await posts(author, ['first']);
    await block(blocker, author);

    expect((await blocker.send(POSTS, { handle: author.handle })).data).toEqual(bodies());
  });
});

/** What a deletion leaves of the profile. */
async function markDeleted({ sub }: { readonly sub: string }): Promise<void> {
  await dynamodb.send(
    new UpdateCommand({
      TableName: tableName('users'),
      Key: { userId: sub },
      UpdateExpression: 'SET #status = :deleted REMOVE handlePrefix',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':deleted': 'DELETED' },
    }),
  );
}
