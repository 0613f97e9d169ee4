import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { dynamodb, settled, storedItem, storedPartition, tableName } from '../support/aws.ts';
import { type Member, newMember } from '../support/member.ts';
import { block, deletePost, follow, post, posts, relate, type Written } from '../support/social.ts';

async function feed(reader: Member): Promise<readonly string[]> {
  const answer = await reader.send<{ viewer: { feed: { edges: { node: { body: string } }[] } } }>(
    '{ viewer { feed(first: 50) { edges { node { body } } } } }',
  );
  return answer.data.viewer.feed.edges.map(({ node }) => node.body);
}

/** Post ids in the timeline of a reader, oldest first. */
async function timeline({ sub }: Member): Promise<readonly unknown[]> {
  return (await storedPartition('timelines', 'userId', sub)).map(({ entry }) => entry);
}

/** Whose digests the feed of a reader merges. */
async function merged({ sub }: Member): Promise<readonly unknown[]> {
  return (await storedPartition('timelines', 'userId', `CELEBRITIES#${sub}`)).map(({ entry }) => entry);
}

/** Says how many follow an author: the threshold is 10,000. */
async function countFollowers({ sub }: Member, count: number): Promise<void> {
  await dynamodb.send(
    new UpdateCommand({
      TableName: tableName('users'),
      Key: { userId: sub },
      UpdateExpression: 'SET followerCount = :count',
      ExpressionAttributeValues: { ':count': count },
    }),
  );
}

/** As if an author had begun to rise two minutes ago, when whoever followed before is surely in the index. */
async function waitTwoMinutes({ sub }: Member): Promise<void> {
  await dynamodb.send(
    new UpdateCommand({
      TableName: tableName('users'),
      Key: { userId: sub },
      UpdateExpression: 'SET celebritySince = :then',
      ConditionExpression: 'celebrity = :rising',
      ExpressionAttributeValues: { ':then': new Date(Date.now() - 120_000).toISOString(), ':rising': 'RISING' },
    }),
  );
}

const celebrity = async ({ sub }: Member) => (await storedItem('users', { userId: sub }))?.celebrity;

async function readerAndStar(): Promise<[Member, Member]> {
  const [reader, star] = await Promise.all([newMember(), newMember()]);
  await follow(reader, star);
  await settled();
  return [reader, star];
}

/** The star has 10,000 followers and has posted `rising` and `risen`, the second of which has marked everybody. */
async function readerAndCelebrity(): Promise<[Member, Member]> {
  const [reader, star] = await readerAndStar();
  await countFollowers(star, 10_000);
  await post(star, { body: 'rising' });
  await settled();
  await waitTwoMinutes(star);
  await post(star, { body: 'risen' });
  await settled();
  return [reader, star];
}

describe('a post', () => {
  it('is brought to the timelines of the followers, and stays there for thirty days from its own time', async () => {
    const [reader, star] = await readerAndStar();
    const stranger = await newMember();

    const { key } = await post(star);
    await settled();

    const [entry] = await storedPartition('timelines', 'userId', reader.sub);
    expect(entry).toEqual({ userId: reader.sub, entry: key, authorId: star.sub, expiresAt: expect.any(Number) });
    const days = (Number(entry?.expiresAt) - Date.now() / 1_000) / 86_400;
    expect(days).toBeGreaterThan(29.9);
    expect(days).toBeLessThanOrEqual(30);
    expect(await timeline(stranger)).toEqual([]);
  });

  it('is taken out of the timelines when it is deleted', async () => {
    const [reader, star] = await readerAndStar();
    const [first, second] = (await posts(star, ['1', '2'])) as [Written, Written];
    await settled();
    expect(await timeline(reader)).toEqual([first.key, second.key]);

    await deletePost(star, first);
    await settled();

    expect(await timeline(reader)).toEqual([second.key]);
  });

  it('shows in the feed of its author without an entry', async () => {
    const [author] = await readerAndStar();
    await post(author, { body: 'mine' });
    await settled();

    expect(await timeline(author)).toEqual([]);
    expect(await feed(author)).toEqual(['mine']);
  });
});

describe('a follow', () => {
  it('brings the newest twenty posts of the account', async () => {
    const [reader, star] = await Promise.all([newMember(), newMember()]);
    const written = await posts(
      star,
      Array.from({ length: 22 }, (_, index) => `${index}`),
    );
    await settled();

    await follow(reader, star);
    await settled();

    expect(await timeline(reader)).toEqual(written.slice(2).map(({ key }) => key));
  });

  it('takes them away when it ends, and no others', async () => {
    const [reader, star] = await readerAndStar();
    const other = await newMember();
    await follow(reader, other);
    await settled();
    const [kept] = await Promise.all([post(other), post(star), post(star)]);
    await settled();
    expect(await timeline(reader)).toHaveLength(3);

    await relate(reader, 'unfollowUser', star);
    await settled();

    expect(await timeline(reader)).toEqual([kept.key]);
  });

  it('takes them away when a block ends it, on both sides', async () => {
    const [reader, star] = await readerAndStar();
    await follow(star, reader);
    await settled();
    await Promise.all([post(star), post(reader)]);
    await settled();
    expect([await timeline(reader), await timeline(star)]).toMatchObject([{ length: 1 }, { length: 1 }]);

    await block(star, reader);
    await settled();

    expect([await timeline(reader), await timeline(star)]).toEqual([[], []]);
  });
});

describe('the posts of an account with very many followers', () => {
  it('are pushed below the threshold', async () => {
    const [reader, star] = await readerAndStar();
    await countFollowers(star, 9_999);
    const { key } = await post(star);
    await settled();

    expect(await timeline(reader)).toEqual([key]);
    expect(await celebrity(star)).toBeUndefined();
  });

  it('are still pushed at the threshold, until every follower is marked', async () => {
    const [reader, star] = await readerAndStar();
    await countFollowers(star, 10_000);

    await posts(star, ['1', '2']);
    await settled();
    expect(await celebrity(star)).toBe('RISING');
    expect(await feed(reader)).toEqual(['2', '1']);
    expect(await merged(reader)).toEqual([]);

    await waitTwoMinutes(star);
    await post(star, { body: '3' });
    await settled();
    expect(await celebrity(star)).toBe('YES');
    expect(await timeline(reader)).toHaveLength(3);
    expect(await merged(reader)).toEqual([star.sub]);
    expect(await feed(reader)).toEqual(['3', '2', '1']);
  });

  it('are then merged at read, each once, and those deleted are not', async () => {
    const [reader, star] = await readerAndCelebrity();

    const gone = await post(star, { body: 'gone' });
    await post(star, { body: 'merged' });
    await settled();
    expect(await timeline(reader)).toHaveLength(2);
    expect(await feed(reader)).toEqual(['merged', 'gone', 'risen', 'rising']);

    await deletePost(star, gone);
    await settled();
    expect(await feed(reader)).toEqual(['merged', 'risen', 'rising']);
  });

  it('reach who follows later, and leave who follows no longer', async () => {
    const [reader, star] = await readerAndCelebrity();
    const late = await newMember();

    await follow(late, star);
    await settled();
    expect(await timeline(late)).toEqual([]);
    expect(await merged(late)).toEqual([star.sub]);
    expect(await feed(late)).toEqual(['risen', 'rising']);

    await relate(reader, 'unfollowUser', star);
    expect(await feed(reader)).toEqual([]);
    await settled();
    expect(await merged(reader)).toEqual([]);
    expect(await timeline(reader)).toEqual([]);
  });

  it('reach who follows while it rises in both ways, and once', async () => {
    const [, star] = await readerAndStar();
    await countFollowers(star, 10_000);
    await post(star, { body: 'rising' });
    await settled();
    const late = await newMember();

    await follow(late, star);
    await settled();

    expect(await timeline(late)).toHaveLength(1);
    expect(await merged(late)).toEqual([star.sub]);
    expect(await feed(late)).toEqual(['rising']);
  });

  it('are pushed again when half of the followers have left, and nothing in between is lost', async () => {
    const [reader, star] = await readerAndCelebrity();
    await post(star, { body: 'merged' });
    await settled();
    await countFollowers(star, 4_999);

    await post(star, { body: 'pushed' });
    await settled();

    expect(await celebrity(star)).toBeUndefined();
    expect(await timeline(reader)).toHaveLength(3);
    expect(await feed(reader)).toEqual(['pushed', 'merged', 'risen', 'rising']);
    const [mark] = await storedPartition('timelines', 'userId', `CELEBRITIES#${reader.sub}`);
    expect((Number(mark?.expiresAt) - Date.now() / 1_000) / 86_400).toBeCloseTo(30, 1);
  });

  it('are seen by nobody who is blocked', async () => {
    const [reader, star] = await readerAndCelebrity();
    await block(star, reader);

    expect(await feed(reader)).toEqual([]);
  });
});
