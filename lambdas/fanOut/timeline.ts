import { MAX_WRITES, batchWrite, type WriteRequest } from '../shared/batchWrite.ts';
import { forEach } from '../shared/concurrency.ts';
import { required } from '../shared/environment.ts';
import { pacer } from './pace.ts';

/** How far a timeline reaches back. DynamoDB removes what is older, which costs nothing; deleting would cost a write each. */
export const TIMELINE_SECONDS = 30 * 24 * 60 * 60;

let pace: ReturnType<typeof pacer> | undefined;

/** Puts and deletes, some batches at a time, at the pace of one worker. @throws after all were tried, what one of them failed with. */
export async function writeTimelines(requests: readonly WriteRequest[]): Promise<void> {
  pace ??= pacer(Number(required('WRITES_PER_SECOND')));
  const batches = Array.from({ length: Math.ceil(requests.length / MAX_WRITES) }, (_, index) =>
    requests.slice(index * MAX_WRITES, (index + 1) * MAX_WRITES),
  );
  const errors: unknown[] = [];
  await forEach(batches, async (batch) => {
    try {
      await batchWrite(required('TIMELINES_TABLE'), batch, pace);
    } catch (error) {
      errors.push(error);
    }
  });
  if (errors.length > 0) throw errors[0];
}

/** A post in a reader's timeline. It ends with the post's 30 days, however late it was written. */
export function entry(readerId: string, { postId, authorId }: { readonly postId: string; readonly authorId: string }) {
  const expiresAt = Math.floor(ulidTime(postId) / 1_000) + TIMELINE_SECONDS;
  return { PutRequest: { Item: { userId: readerId, entry: postId, authorId, expiresAt } } };
}

export function noEntry(readerId: string, postId: string): WriteRequest {
  return { DeleteRequest: { Key: { userId: readerId, entry: postId } } };
}

/** Says that a reader's feed merges the digest of an author. @param expiresAt epoch seconds; absent: until the follow ends. */
export function mark(readerId: string, authorId: string, expiresAt?: number): WriteRequest {
  return {
    PutRequest: { Item: { ...markKey(readerId, authorId), ...(expiresAt === undefined ? {} : { expiresAt }) } },
  };
}

export function noMark(readerId: string, authorId: string): WriteRequest {
  return { DeleteRequest: { Key: markKey(readerId, authorId) } };
}

function markKey(readerId: string, authorId: string) {
  return { userId: `CELEBRITIES#${readerId}`, entry: authorId };
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Epoch milliseconds: the first ten characters of a ULID. */
export function ulidTime(ulid: string): number {
  return [...ulid.slice(0, 10)].reduce((time, letter) => time * 32 + ALPHABET.indexOf(letter), 0);
}
