import { BatchWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, expect, test } from 'vitest';
import { dynamodb, isLocal, type Item, settled, storedItem, tableName } from '../support/aws.ts';
import { now } from '../support/clock.ts';
import { type Member, newMember } from '../support/member.ts';
import { follow, post, type Written } from '../support/social.ts';
import { ulid } from '../support/ulid.ts';

const FOLLOWERS = 20_000;
/** Pages of 1,000 are walked: the first, the last, and some between them. */
const SAMPLE = [0, 999, 1_000, 7_777, 12_345, 19_000, 19_999];

let star: Member;
let reader: Member;

/**
 * Those whom the fan-out finds, as the index lists them. Their edges have keys of another kind, so that the handlers of
 * follows, which have tests of their own, do not count them and tell the star of each.
 */
function crowd(time: number): Item[] {
  return Array.from({ length: FOLLOWERS }, (_, index) => ({
    userId: `${star.sub}-${index}`,
    edge: `CROWD#${star.sub}`,
    subject: `FOLLOW#${star.sub}#0`,
    edgeId: ulid(time - FOLLOWERS + index),
  }));
}

async function store(items: readonly Item[]): Promise<void> {
  const batches = Array.from({ length: Math.ceil(items.length / 25) }, (_, n) => items.slice(n * 25, (n + 1) * 25));
  const write = async (): Promise<void> => {
    for (let batch = batches.pop(); batch; batch = batches.pop()) {
      const requests = batch.map((Item) => ({ PutRequest: { Item } }));
      await dynamodb.send(new BatchWriteCommand({ RequestItems: { [tableName('edges')]: requests } }));
    }
  };
  await Promise.all(Array.from({ length: 8 }, write));
}

/** Of the sample, those who have a post in their timelines. */
async function reached({ key }: Written): Promise<number[]> {
  const entries = await Promise.all(
    SAMPLE.map((index) => storedItem('timelines', { userId: `${star.sub}-${index}`, entry: key })),
  );
  return SAMPLE.filter((_, index) => entries[index]);
}

async function feed(member: Member): Promise<readonly string[]> {
  const answer = await member.send<{ viewer: { feed: { edges: { node: { body: string } }[] } } }>(
    '{ viewer { feed { edges { node { body } } } } }',
  );
  return answer.data.viewer.feed.edges.map(({ node }) => node.body);
}

beforeAll(async () => {
  if (!isLocal) return;
  [star, reader] = await Promise.all([newMember(), newMember()]);
  await store(crowd(await now()));
  await follow(reader, star);
  await settled();
});

test.skipIf(!isLocal)('below the threshold, a post is brought to 20,000 followers', async () => {
  const written = await post(star, { body: 'pushed', key: ulid(await now()) });
  await settled();

  expect(await reached(written)).toEqual(SAMPLE);
  expect(await feed(reader)).toEqual(['pushed']);
});

test.skipIf(!isLocal)('above it, a post is written to nobody and read by everybody who follows', async () => {
  await dynamodb.send(
    new UpdateCommand({
      TableName: tableName('users'),
      Key: { userId: star.sub },
      UpdateExpression: 'SET followerCount = :count, celebrity = :yes, celebritySince = :now',
      ExpressionAttributeValues: { ':count': FOLLOWERS, ':yes': 'YES', ':now': new Date(await now()).toISOString() },
    }),
  );
  const late = await newMember();
  await follow(late, star);
  await settled();

  const written = await post(star, { body: 'merged', key: ulid(await now()) });
  await settled();

  expect(await reached(written)).toEqual([]);
  expect(await storedItem('timelines', { userId: late.sub, entry: written.key })).toBeUndefined();
  expect(await feed(late)).toEqual(['merged', 'pushed']);
});
