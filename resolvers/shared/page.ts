import { util, type DynamoDBQueryRequest } from '@aws-appsync/utils';
import type { PageInfo } from '../generated/schema.ts';
import { decodeBase64Url, encodeBase64Url } from './base64url';
import { fail, invalidArgument } from './errors.ts';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from './limits.ts';

/** Validated bounds of a connection. `cursor` is a sort key, `null` at an end of the list. */
export type Page = { size: number; forward: boolean; cursor: string | null };

/** An entry of a list: its sort key there, the id of what it leads to, and the time that its edge shows. */
export type Entry = { sortKey: string; id: string; at: string };

/**
 * One page, in the order of the list, before anything is filtered out. `resume`: where to go on after a page without
 * entries, should there be more.
 */
export type Slice = { entries: Entry[]; hasMore: boolean; resume?: string | null };

export type PageArguments = {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
};

/** Ends the request with InvalidArgument for bounds that the descriptions in the schema do not allow. */
export function readPage(args: PageArguments): Page {
  const forward = isAbsent(args.last) && isAbsent(args.before);
  if (!forward && !(isAbsent(args.first) && isAbsent(args.after))) {
    invalidArgument('give first and after, or last and before, not both');
  }
  if (!forward && isAbsent(args.last)) {
    invalidArgument('before: give last, too');
  }
  const size = (forward ? args.first : args.last) ?? DEFAULT_PAGE_SIZE;
  if (size < 1 || size > MAX_PAGE_SIZE) {
    invalidArgument(`${forward ? 'first' : 'last'}: ${size} is not within 1-${MAX_PAGE_SIZE}`);
  }
  const encoded = forward ? args.after : args.before;
  return { size, forward, cursor: isAbsent(encoded) ? null : decodeCursor(encoded as string, forward) };
}

function isAbsent(value: unknown): boolean {
  return value === null || value === undefined;
}

export function encodeCursor(sortKey: string): string {
  return encodeBase64Url(sortKey);
}

function decodeCursor(cursor: string, forward: boolean): string {
  const sortKey = decodeBase64Url(cursor);
  if (sortKey === null || sortKey === '') {
    invalidArgument(`${forward ? 'after' : 'before'}: '${cursor}' is not a cursor of this service`);
  }
  return sortKey as string;
}

export type KeyRange = {
  index: string | null;
  partitionKey: string;
  partition: string;
  sortKey: string;
  /** What the sort keys of the list begin with; cursors leave it out. */
  prefix: string;
  /** Whether the list's order is that of falling sort keys. */
  descending: boolean;
  consistentRead: boolean;
};

/** Sorts after every character that a sort key may hold. */
const LAST = '\u{10FFFF}';

/** Reads one more than the page holds, to know whether there is more. */
export function pageQuery(page: Page, range: KeyRange): DynamoDBQueryRequest {
  const falling = page.forward === range.descending;
  const bound = range.prefix + (page.cursor ?? (falling ? LAST : ''));
  const bounded = bound !== '' && bound !== LAST;
  // Without a cursor, a rising list may begin with the prefix itself.
  const comparison = falling ? '<' : page.cursor === null ? '>=' : '>';
  return {
    operation: 'Query',
    index: range.index === null ? undefined : range.index,
    query: {
      expression: bounded ? `#partition = :partition AND #sort ${comparison} :bound` : '#partition = :partition',
      expressionNames: bounded
        ? { '#partition': range.partitionKey, '#sort': range.sortKey }
        : { '#partition': range.partitionKey },
      expressionValues: util.dynamodb.toMapValues(
        bounded ? { ':partition': range.partition, ':bound': bound } : { ':partition': range.partition },
      ),
    },
    limit: page.size + 1,
    scanIndexForward: !falling,
    consistentRead: range.consistentRead,
  };
}

type QueryContext = { result: unknown; error?: { message: string; type: string } };

/** The items of a Query, nearest to the cursor first, without those behind the end of the list. */
export function queriedItems<Item extends Record<string, unknown>>(ctx: QueryContext, list: KeyRange): Item[] {
  if (ctx.error) {
    fail(ctx.error);
  }
  const { items } = ctx.result as { items: Item[] };
  return items.filter((item) => (item[list.sortKey] as string).startsWith(list.prefix));
}

/** `nearestFirst`: entries nearest to the cursor first, one more than the page holds if there is more. */
export function sliceOf(page: Page, nearestFirst: Entry[]): Slice {
  const entries = nearestFirst.slice(0, page.size);
  return { entries: page.forward ? entries : entries.reverse(), hasMore: nearestFirst.length > page.size };
}

/**
 * A cursor names an entry of the list, so where one was given there was something on its side. That entry may be gone by
 * now; to find out would cost another Query.
 */
export function pageInfo(page: Page, slice: Slice): PageInfo {
  const start = slice.entries[0];
  const end = slice.entries[slice.entries.length - 1];
  return {
    hasNextPage: page.forward ? slice.hasMore : page.cursor !== null,
    hasPreviousPage: page.forward ? page.cursor !== null : slice.hasMore,
    startCursor: cursorOf(start, page.forward ? null : slice.resume),
    endCursor: cursorOf(end, page.forward ? slice.resume : null),
  };
}

function cursorOf(entry: Entry | undefined, resume: string | null | undefined): string | null {
  const sortKey = entry === undefined ? (resume ?? null) : entry.sortKey;
  return sortKey === null ? null : encodeCursor(sortKey);
}
