import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '../shared/batchGet.ts';
import { MAX_BUNDLE_POSTS, type KeptPost, type Month } from '../shared/bundles.ts';
import { dynamodb } from '../shared/dynamodb.ts';
import { required } from '../shared/environment.ts';
import { readPost } from '../shared/items.ts';
import type { Image } from '../shared/records.ts';
import { lowestId, monthAfter, monthOf } from './months.ts';

/** What is left to the table after its archive is written: readers change over within it, whatever they have cached. */
const EXPIRES_AFTER_SECONDS = 24 * 60 * 60;

/** An author's oldest month in the table. */
export interface OldMonth {
  readonly month: Month;
  /** Live, and not archived yet. */
  readonly posts: readonly KeptPost[];
  /** Every post of the month has a smaller id. */
  readonly end: string;
}

/** The first month with posts after one post and before a month, or null. */
export async function oldestMonth(authorId: string, after: string, before: Month): Promise<OldMonth | null> {
  const { Items = [] } = await dynamodb.send(
    new QueryCommand({
      TableName: required('POSTS_TABLE'),
      IndexName: 'byAuthor',
      KeyConditionExpression: 'authorId = :author AND postId BETWEEN :after AND :before',
      ExpressionAttributeValues: { ':author': authorId, ':after': after, ':before': lowestId(before) },
      ProjectionExpression: 'postId',
      Limit: MAX_BUNDLE_POSTS,
    }),
  );
  const ids = Items.map(({ postId }) => String(postId));
  const [oldest] = ids;
  if (oldest === undefined) return null;
  const month = monthOf(oldest);
  const keys = ids.filter((id) => monthOf(id) === month).map((postId) => ({ postId, item: 'POST' }));
  const items = await batchGet(required('POSTS_TABLE'), keys);
  return { month, posts: items.flatMap(keptPost), end: lowestId(monthAfter(month)) };
}

function keptPost(image: Image): KeptPost[] {
  const { postId, authorId, hashtags, visibility, createdAt, live, archived } = readPost(image);
  if (!live || archived) return [];
  const { body, photoIds = [] } = image as { readonly body?: unknown; readonly photoIds?: readonly string[] };
  return [
    {
      postId,
      item: 'POST',
      authorId,
      body: typeof body === 'string' ? body : '',
      hashtags,
      visibility,
      photoIds,
      createdAt,
    },
  ];
}

/**
 * Lets the table forget a post that is in the archive: first it is noted whose it is, which outlives the post, then the post
 * is given its end.
 * @returns `gone` when it was deleted in the meantime: then the archive must forget it.
 */
export async function expire({ postId, authorId }: KeptPost): Promise<'expiring' | 'gone'> {
  const TableName = required('POSTS_TABLE');
  const note = { postId, item: 'ARCHIVE', ownerId: authorId };
  const now = Date.now();
  await unlessItFails(new PutCommand({ TableName, Item: note, ConditionExpression: 'attribute_not_exists(postId)' }));
  const done = await unlessItFails(
    new UpdateCommand({
      TableName,
      Key: { postId, item: 'POST' },
      UpdateExpression: 'SET archivedAt = :now, expiresAt = :end',
      ConditionExpression:
        'attribute_exists(postId) AND attribute_not_exists(deletedAt) AND attribute_not_exists(removedAt)',
      ExpressionAttributeValues: {
        ':now': new Date(now).toISOString(),
        ':end': Math.floor(now / 1_000) + EXPIRES_AFTER_SECONDS,
      },
    }),
  );
  return done ? 'expiring' : 'gone';
}

/** Of a post that was deleted while the table still had it. A note that says itself that the post was deleted stays. */
export async function forgetNote(postId: string): Promise<void> {
  await unlessItFails(
    new DeleteCommand({
      TableName: required('POSTS_TABLE'),
      Key: { postId, item: 'ARCHIVE' },
      ConditionExpression: 'attribute_not_exists(deletedAt) AND attribute_not_exists(removedAt)',
    }),
  );
}

/** @returns whether the condition held. */
async function unlessItFails(command: PutCommand | UpdateCommand | DeleteCommand): Promise<boolean> {
  try {
    await dynamodb.send(command as PutCommand);
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
