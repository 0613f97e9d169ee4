import type { DatabaseSync } from 'node:sqlite';
import { prepared } from '../../../database.ts';
import type { StoredObject } from './model.ts';
import { objectOf } from './objects.ts';

export interface ListQuery {
  readonly bucket: string;
  readonly prefix: string;
  /** Empty: nothing is rolled up. */
  readonly delimiter: string;
  /** Only what comes after this name; a common prefix comes after all names that begin with it. */
  readonly after: string;
  /** Objects and common prefixes together. */
  readonly limit: number;
}

export interface Listed<Entry> {
  readonly entries: readonly Entry[];
  readonly prefixes: readonly string[];
  /** The last name that was listed, when there are more. */
  readonly next: string | null;
}

/** The objects of a bucket in the order of their names' UTF-8 bytes. Names below a delimiter are skipped, not read. */
export function listObjects(database: DatabaseSync, query: ListQuery): Listed<StoredObject> {
  const { bucket, prefix, delimiter, limit } = query;
  const statement = prepared(
    database,
    `SELECT * FROM s3_objects WHERE bucket = ? AND key >= ? AND is_latest = 1 AND is_marker = 0 ORDER BY key LIMIT ?`,
  );
  const entries: StoredObject[] = [];
  const prefixes: string[] = [];
  let last = '';
  let from: string | null = limit === 0 ? null : startOf(query);
  while (from !== null) {
    const rows = statement.all(bucket, from, BATCH_ROWS);
    from = null;
    for (const row of rows) {
      const key = String(row['key']);
      if (!key.startsWith(prefix)) return { entries, prefixes, next: null };
      if (entries.length + prefixes.length >= limit) return { entries, prefixes, next: last };
      const common = commonPrefix(key, prefix, delimiter);
      if (common === null) entries.push(objectOf(row));
      else prefixes.push(common);
      last = common ?? key;
      from = common === null ? successor(key) : afterPrefix(common);
      if (common !== null) break;
    }
  }
  return { entries, prefixes, next: null };
}

const BATCH_ROWS = 200;

function startOf({ prefix, delimiter, after }: ListQuery): string | null {
  if (Buffer.compare(Buffer.from(after), Buffer.from(prefix)) < 0) return prefix;
  const common = after.startsWith(prefix) ? commonPrefix(after, prefix, delimiter) : null;
  // A page that ended with a common prefix goes on behind it.
  return common === after ? afterPrefix(after) : successor(after);
}

/** `photos/2026/` of `photos/2026/a.webp`, for the prefix `photos/` and the delimiter `/`. */
export function commonPrefix(key: string, prefix: string, delimiter: string): string | null {
  if (delimiter === '') return null;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? null : key.slice(0, at + delimiter.length);
}

/** The first name after this one, since no key has a NUL. */
const successor = (key: string): string => `${key}\u0001`;

/** The first name after all that begin with it, or null when there can be none. In the order of code points, as of UTF-8. */
export function afterPrefix(prefix: string): string | null {
  const points = Array.from(prefix, (char) => char.codePointAt(0) ?? 0);
  while (points.length > 0) {
    const point = points.pop() ?? 0;
    if (point >= 0x10_ffff) continue;
    return String.fromCodePoint(...points, point === 0xd7ff ? 0xe000 : point + 1);
  }
  return null;
}
