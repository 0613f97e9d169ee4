import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../shared/dynamodb.ts';
import { required } from '../shared/environment.ts';
import type { FollowChanged } from '../shared/fanOutMessages.ts';
import type { Digest } from '../shared/items.ts';
import { readAuthor } from './celebrity.ts';
import type { Outcome } from './outcome.ts';
import { entry, mark, noEntry, noMark, TIMELINE_SECONDS, ulidTime, writeTimelines } from './timeline.ts';

/** What a new follower finds of an author's: a page of the feed. */
const BACKFILLED_POSTS = 20;

/** Brings a reader's timeline in line with whether the reader follows an author now. */
export async function followChanged(message: FollowChanged): Promise<Outcome> {
  const { followerId, authorId } = message;
  if (message.after === undefined && (await follows(followerId, authorId))) return begin(followerId, authorId);
  const after = await clear(message);
  if (after !== undefined) return { did: 'cleared', next: { ...message, after } };
  // Followed again meanwhile: what that brought may have been cleared, too.
  return (await follows(followerId, authorId)) ? begin(followerId, authorId) : { did: 'cleared' };
}

/**
 * A mark when the author's digest is to be merged, and the newest posts when it is not. Whether it is must be read after
 * the follow was: then an author who rises later finds this follower in the index.
 */
async function begin(followerId: string, authorId: string): Promise<Outcome> {
  const celebrity = (await readAuthor(authorId))?.celebrity;
  if (celebrity !== undefined) await writeTimelines([mark(followerId, authorId)]);
  if (celebrity === 'YES') return { did: 'marked' };
  const oldest = Date.now() - TIMELINE_SECONDS * 1_000;
  const postIds = (await readDigest(authorId)).filter((id) => ulidTime(id) > oldest).slice(0, BACKFILLED_POSTS);
  await writeTimelines(postIds.map((postId) => entry(followerId, { postId, authorId })));
  return { did: 'backfilled' };
}

/** Removes what one Query finds of an author's in a reader's timeline. @returns where to go on; undefined: it is done. */
async function clear({ followerId, authorId, after }: FollowChanged): Promise<string | undefined> {
  const { Items = [], LastEvaluatedKey } = await dynamodb.send(
    new QueryCommand({
      TableName: required('TIMELINES_TABLE'),
      KeyConditionExpression: after === undefined ? 'userId = :reader' : 'userId = :reader AND entry > :after',
      FilterExpression: 'authorId = :author',
      ProjectionExpression: 'entry',
      ExpressionAttributeValues: {
        ':reader': followerId,
        ':author': authorId,
        ...(after === undefined ? {} : { ':after': after }),
      },
    }),
  );
  await writeTimelines([noMark(followerId, authorId), ...Items.map(({ entry }) => noEntry(followerId, String(entry)))]);
  return LastEvaluatedKey ? String(LastEvaluatedKey.entry) : undefined;
}

async function follows(followerId: string, authorId: string): Promise<boolean> {
  const Key = { userId: followerId, edge: `FOLLOW#${authorId}` };
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: required('EDGES_TABLE'), Key, ConsistentRead: true, ProjectionExpression: 'userId' }),
  );
  return Item !== undefined;
}

/** Newest first. */
async function readDigest(authorId: string): Promise<readonly string[]> {
  const Key = { userId: `DIGEST#${authorId}`, entry: 'DIGEST' };
  const { Item } = await dynamodb.send(new GetCommand({ TableName: required('TIMELINES_TABLE'), Key }));
  return (Item as Digest | undefined)?.postIds ?? [];
}
