import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../shared/dynamodb.ts';
import { required } from '../shared/environment.ts';
import type { Digest } from '../shared/items.ts';
import { postIsLive } from '../shared/postLife.ts';
import { MAX_ATTEMPTS, pauseAfter } from '../shared/retry.ts';
import { MAX_TRANSACTION_ACTIONS, transact, type TransactItem } from '../shared/transaction.ts';

/** What a feed reaches back to, for one author. */
export const DIGEST_POSTS = 100;

/** New ids in one write: each is checked, and one action is the digest's. */
const MAX_NEW_IDS = MAX_TRANSACTION_ACTIONS - 1;

/**
 * Puts ids in an author's digest. The same transaction checks that the posts are live, so that a record which comes late
 * or twice brings no deleted post back.
 */
export async function addToDigest(authorId: string, postIds: readonly string[]): Promise<void> {
  const newestFirst = [...new Set(postIds)].sort().reverse();
  for (let start = 0; start < newestFirst.length; start += MAX_NEW_IDS) {
    await addChunk(authorId, newestFirst.slice(start, start + MAX_NEW_IDS));
  }
}

async function addChunk(authorId: string, postIds: readonly string[]): Promise<void> {
  let live = postIds;
  await rewrite(authorId, (ids) => {
    const next = newest([...ids, ...live]);
    const added = next.filter((id) => !ids.includes(id));
    return {
      next,
      checks: added.map(postIsLive),
      onRefused: (index) => void (live = live.filter((id) => id !== added[index])),
    };
  });
}

/** Takes the ids of deleted posts out. Older posts do not move up: the digest knows none. */
export async function removeFromDigest(authorId: string, postIds: readonly string[]): Promise<void> {
  await rewrite(authorId, (ids) => ({ next: ids.filter((id) => !postIds.includes(id)), checks: [] }));
}

interface Rewriting {
  readonly next: readonly string[];
  readonly checks: readonly TransactItem[];
  /** Told which check failed. */
  readonly onRefused?: (index: number) => void;
}

/** Reads, changes and writes what is still as it was read; otherwise again. A change that changes nothing writes nothing. */
async function rewrite(authorId: string, change: (ids: readonly string[]) => Rewriting): Promise<void> {
  for (let attempt = 1; ;) {
    const stored = await readDigest(authorId);
    const ids = stored ?? [];
    const { next, checks, onRefused } = change(ids);
    if (next.length === ids.length && next.every((id, index) => id === ids[index])) return;
    const result = await transact([writeOf(authorId, stored, next), ...checks]);
    if (result.outcome === 'done') return;
    const dead = result.outcome === 'refused' ? [...result.failed].filter((index) => index > 0) : [];
    for (const index of dead) onRefused?.(index - 1);
    if (dead.length > 0) continue;
    if (attempt === MAX_ATTEMPTS) {
      throw result.outcome === 'busy' ? result.error : new Error(`the digest of ${authorId} keeps changing`);
    }
    await pauseAfter(attempt);
    attempt += 1;
  }
}

function keyOf(authorId: string) {
  return { userId: `DIGEST#${authorId}`, entry: 'DIGEST' } as const;
}

async function readDigest(authorId: string): Promise<readonly string[] | null> {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: required('TIMELINES_TABLE'), Key: keyOf(authorId), ConsistentRead: true }),
  );
  return (Item as Digest | undefined)?.postIds ?? null;
}

function writeOf(authorId: string, stored: readonly string[] | null, next: readonly string[]): TransactItem {
  const Item: Digest = { ...keyOf(authorId), postIds: next };
  return {
    Put: {
      TableName: required('TIMELINES_TABLE'),
      Item,
      ...(stored
        ? { ConditionExpression: 'postIds = :stored', ExpressionAttributeValues: { ':stored': stored } }
        : { ConditionExpression: 'attribute_not_exists(postIds)' }),
    },
  };
}

/** ULIDs sort by time. */
function newest(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort().reverse().slice(0, DIGEST_POSTS);
}
