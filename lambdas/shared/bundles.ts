import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from './dynamodb.ts';
import { required } from './environment.ts';
import { readVersion, type ObjectName } from './rewriteObject.ts';

/** A calendar month in UTC, as `202608`. Months sort as texts. */
export type Month = string;

/** A post as it is kept: the item of the table `posts` as readers know it. */
export interface KeptPost {
  readonly postId: string;
  readonly item: 'POST';
  readonly authorId: string;
  readonly body: string;
  readonly hashtags: readonly string[];
  readonly visibility: 'PUBLIC' | 'FOLLOWERS';
  readonly photoIds: readonly string[];
  readonly createdAt: string;
}

/** An author's month: `{authorId}/{yyyymm}.json` of the bucket `archive`, which resolvers read. */
export interface Bundle {
  readonly authorId: string;
  readonly month: Month;
  /** The part of the warehouse that has its posts: that of whoever wrote the bundle first. */
  readonly part: string;
  /** Every post of the month has an id from `start` on and below `end`. */
  readonly start: string;
  readonly end: string;
  /** Oldest first, each once, at most MAX_BUNDLE_POSTS. */
  readonly posts: readonly KeptPost[];
}

/** What a resolver can read at once: it may look at fewer than 1,000 entries of a list, and at a few megabytes. */
export const MAX_BUNDLE_POSTS = 500;

export function bundleName({ authorId, month }: Pick<Bundle, 'authorId' | 'month'>): ObjectName {
  return { bucket: required('ARCHIVE_BUCKET'), key: `${authorId}/${month}.json` };
}

export function parseBundle(bytes: Uint8Array): Bundle {
  return JSON.parse(new TextDecoder().decode(bytes)) as Bundle;
}

export async function readBundle(author: Pick<Bundle, 'authorId' | 'month'>): Promise<Bundle | null> {
  const stored = await readVersion(bundleName(author));
  return stored && parseBundle(stored.bytes);
}

/** `posts`, by which it is known what bundles there are. */
export function monthsKey(authorId: string) {
  return { postId: `MONTHS#${authorId}`, item: 'MONTHS' } as const;
}

/** The months of which an author has a bundle, oldest first. */
export async function archivedMonths(authorId: string): Promise<readonly Month[]> {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: required('POSTS_TABLE'), Key: monthsKey(authorId), ConsistentRead: true }),
  );
  const { months = [] } = (Item ?? {}) as { readonly months?: Iterable<Month> };
  return [...months].sort();
}
