import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '../shared/batchGet.ts';
import { dynamodb } from '../shared/dynamodb.ts';
import { required } from '../shared/environment.ts';
import type { Trending } from '../shared/items.ts';
import { MAX_ATTEMPTS, pauseAfter } from '../shared/retry.ts';
import { rerank, scoresOf, type Ranked } from './ranking.ts';

/** The one item that `trending` reads. */
const KEY = { operationId: 'TRENDING' } as const;

/**
 * Looks at posts as they are now and places them. The list is read before the posts and written only if it is still the
 * same, so that of two that place the same post at once the later look wins.
 */
export async function placePosts(postIds: ReadonlySet<string>): Promise<'written' | 'unchanged'> {
  for (let attempt = 1; ; attempt += 1) {
    const stored = await readList();
    const before = rankedOf(stored);
    const after = rerank(before, postIds, scoresOf(await readPosts(postIds)));
    if (isSame(before, after)) return 'unchanged';
    try {
      await writeList(after, stored);
      return 'written';
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException) || attempt === MAX_ATTEMPTS) throw error;
    }
    await pauseAfter(attempt);
  }
}

async function readList(): Promise<Trending | undefined> {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: required('OPS_TABLE'), Key: KEY, ConsistentRead: true }),
  );
  return Item as Trending | undefined;
}

function rankedOf({ postIds, scores }: Pick<Trending, 'postIds' | 'scores'> = { postIds: [] }): readonly Ranked[] {
  return postIds.map((postId, index) => ({ postId, score: scores?.[index] ?? 0 }));
}

function readPosts(postIds: ReadonlySet<string>) {
  const keys = [...postIds].flatMap((postId) => [
    { postId, item: 'POST' },
    { postId, item: 'STATS' },
  ]);
  return batchGet(required('POSTS_TABLE'), keys);
}

function isSame(before: readonly Ranked[], after: readonly Ranked[]): boolean {
  return (
    before.length === after.length &&
    before.every(({ postId, score }, index) => after[index]?.postId === postId && after[index]?.score === score)
  );
}

async function writeList(ranked: readonly Ranked[], stored: Trending | undefined): Promise<void> {
  const { version } = stored ?? {};
  const Item: Trending = {
    ...KEY,
    postIds: ranked.map(({ postId }) => postId),
    scores: ranked.map(({ score }) => score),
    updatedAt: new Date().toISOString(),
    version: (version ?? 0) + 1,
  };
  await dynamodb.send(
    new PutCommand({
      TableName: required('OPS_TABLE'),
      Item,
      ExpressionAttributeNames: { '#version': 'version' },
      ...(version === undefined
        ? { ConditionExpression: 'attribute_not_exists(#version)' }
        : { ConditionExpression: '#version = :version', ExpressionAttributeValues: { ':version': version } }),
    }),
  );
}
