import type { DatabaseSync } from 'node:sqlite';
import { prepared } from '../../../database.ts';
import { afterPrefix, commonPrefix } from './listing.ts';
import type { StoredObject } from './model.ts';
import { objectOf } from './objects.ts';

export interface VersionsQuery {
  readonly bucket: string;
  readonly prefix: string;
  readonly delimiter: string;
  readonly keyMarker: string;
  /** Only older versions than this one of the key that is the marker; null: none of that key. */
  readonly versionIdMarker: string | null;
  readonly limit: number;
}

export interface ListedVersions {
  readonly versions: readonly StoredObject[];
  readonly prefixes: readonly string[];
  readonly next: { readonly key: string; readonly versionId: string | null } | null;
}

/** All versions and markers, by name, and those of one name from the newest to the oldest. */
export function listVersions(database: DatabaseSync, query: VersionsQuery): ListedVersions {
  const { bucket, prefix, delimiter, limit } = query;
  const versions: StoredObject[] = [];
  const prefixes: string[] = [];
  let next: ListedVersions['next'] = null;
  if (limit === 0) return { versions, prefixes, next };
  for (const row of rowsFrom(database, bucket, prefix)) {
    const key = String(row['key']);
    if (!key.startsWith(prefix)) break;
    const version = objectOf(row);
    const common = commonPrefix(key, prefix, delimiter);
    if (isBefore(database, version, common, query)) continue;
    if (common !== null && prefixes.at(-1) === common) continue;
    if (versions.length + prefixes.length >= limit) return { versions, prefixes, next };
    if (common === null) versions.push(version);
    else prefixes.push(common);
    next = common === null ? { key, versionId: version.versionId } : { key: common, versionId: null };
  }
  return { versions, prefixes, next: null };
}

function rowsFrom(database: DatabaseSync, bucket: string, prefix: string) {
  const end = afterPrefix(prefix);
  const sql = `SELECT * FROM s3_objects WHERE bucket = ? AND key >= ? ${end === null ? '' : 'AND key < ?'} ORDER BY key, sequence DESC`;
  return prepared(database, sql).iterate(bucket, prefix, ...(end === null ? [] : [end]));
}

/** Whether an earlier page had it. */
function isBefore(
  database: DatabaseSync,
  { bucket, key, sequence }: StoredObject,
  common: string | null,
  { keyMarker, versionIdMarker }: VersionsQuery,
): boolean {
  if (keyMarker === '') return false;
  const order = Buffer.compare(Buffer.from(common ?? key), Buffer.from(keyMarker));
  if (order !== 0 || versionIdMarker === null || common !== null) return order <= 0;
  const sql = 'SELECT sequence FROM s3_objects WHERE bucket = ? AND key = ? AND version_id = ?';
  const marker = prepared(database, sql).get(bucket, key, versionIdMarker);
  return marker === undefined || sequence >= Number(marker['sequence']);
}
