import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../shared/dynamodb.ts';
import { required } from '../shared/environment.ts';
import type { Turn } from '../shared/fanOutMessages.ts';

/** `users`, the part that decides how an author's posts reach their readers. */
export interface Author {
  readonly userId: string;
  readonly followerCount?: number;
  /** Absent: posts are pushed. `RISING`: still pushed, and new followers are marked. `YES`: all are, and the digest is merged at read. */
  readonly celebrity?: 'RISING' | 'YES';
  /** When `celebrity` became what it is, ISO 8601. */
  readonly celebritySince?: string;
}

/** How one post reaches its readers. */
export type Plan = { readonly pushes: false } | { readonly pushes: true; readonly turn?: Turn | undefined };

/**
 * The walk that marks everybody must begin later than this after the author began to rise: whoever followed before, and
 * was not marked then, is in the index by now.
 */
const RISING_MILLISECONDS = 60_000;
/** A celebrity stays one until the followers are fewer than this part of the threshold. */
const FALLING = 0.5;

export async function readAuthor(userId: string): Promise<Author | undefined> {
  const { Item } = await dynamodb.send(
    new GetCommand({
      TableName: required('USERS_TABLE'),
      Key: { userId },
      ConsistentRead: true,
      ProjectionExpression: 'userId, followerCount, celebrity, celebritySince',
    }),
  );
  return Item as Author | undefined;
}

/**
 * Decides about a new post. While it is in doubt whether all followers have their marks, posts go both ways. An author
 * rises with the first post past the threshold, and is a celebrity when the walk of a later post has marked everybody.
 * One whose followers have left is pushed again from the first post on, and no celebrity any more at the end of its walk.
 */
export async function planPost(author: Author): Promise<Plan> {
  const threshold = Number(required('CELEBRITY_FOLLOWERS'));
  const { celebrity, celebritySince: since = '', followerCount = 0 } = author;
  if (celebrity === 'YES') {
    return followerCount < threshold * FALLING ? { pushes: true, turn: { to: 'pushed', since } } : { pushes: false };
  }
  if (celebrity === 'RISING') {
    const risen = Date.now() - Date.parse(since) > RISING_MILLISECONDS;
    return { pushes: true, turn: risen ? { to: 'celebrity', since } : undefined };
  }
  if (followerCount >= threshold) {
    await change(author.userId, {
      update: 'SET celebrity = :rising, celebritySince = :now',
      condition: 'attribute_exists(userId) AND attribute_not_exists(celebrity)',
      values: { ':rising': 'RISING', ':now': new Date().toISOString() },
    });
  }
  return { pushes: true };
}

/** At the end of a walk that has told everybody. */
export async function settle(authorId: string, { to, since }: Turn): Promise<void> {
  if (to === 'celebrity') {
    await change(authorId, {
      update: 'SET celebrity = :yes, celebritySince = :now',
      condition: 'celebrity = :rising AND celebritySince = :since',
      values: { ':yes': 'YES', ':rising': 'RISING', ':since': since, ':now': new Date().toISOString() },
    });
  } else {
    await change(authorId, {
      update: 'REMOVE celebrity, celebritySince',
      condition: 'celebrity = :yes AND celebritySince = :since',
      values: { ':yes': 'YES', ':since': since },
    });
  }
}

interface AuthorChange {
  readonly update: string;
  readonly condition: string;
  readonly values: Readonly<Record<string, string>>;
}

/** What does not hold any more was changed by another walk. */
async function change(userId: string, { update, condition, values }: AuthorChange): Promise<void> {
  try {
    await dynamodb.send(
      new UpdateCommand({
        TableName: required('USERS_TABLE'),
        Key: { userId },
        UpdateExpression: update,
        ConditionExpression: condition,
        ExpressionAttributeValues: values,
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
