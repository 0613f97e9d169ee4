import type { DatabaseSync } from 'node:sqlite';
import type { Alarms } from '../../alarms.ts';
import { prepared } from '../../database.ts';
import type { BucketDefinition, LifecycleRule } from './definition.ts';
import type { Changes, Tools } from './operations/call.ts';
import { hide } from './operations/deleteObject.ts';
import { afterPrefix } from './storage/listing.ts';
import { objectOf } from './storage/objects.ts';

/** Deletes what has had its time, by the rules of the buckets. */
export interface Lifecycle {
  /** The rules have changed, or the process has begun. */
  start(): void;
  /** Something in the bucket was written or deleted just now, which may be the first whose time comes. */
  changed(bucket: BucketDefinition): void;
  close(): void;
}

export interface LifecycleOptions extends Pick<
  Tools,
  'database' | 'clock' | 'rows' | 'uploads' | 'buckets' | 'change'
> {
  readonly alarms: Alarms;
  readonly log: (line: string) => void;
}

const DAY = 86_400_000;
const SOURCE = { principal: 's3.amazonaws.com', sourceIp: 's3.amazonaws.com', requestId: '0000000000000000' };

/**
 * Ages are counted in days and end at midnight UTC. AWS takes up to a day more until it gets to it; here it is at once.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 */
export function createLifecycle(options: LifecycleOptions): Lifecycle {
  const { database, clock, alarms, log } = options;
  let armedFor = Number.POSITIVE_INFINITY;
  let cancel: () => void = () => undefined;

  function arm(time: number): void {
    if (time >= armedFor) return;
    cancel();
    armedFor = time;
    cancel = alarms.at(time, ring);
  }

  function ring(): void {
    armedFor = Number.POSITIVE_INFINITY;
    try {
      for (const bucket of options.buckets()) for (const rule of bucket.lifecycle) apply(bucket, rule);
    } catch (error) {
      log(`error while objects expired: ${error instanceof Error ? error.stack : String(error)}`);
    }
    for (const bucket of options.buckets()) {
      // What is due by now has just been seen to; whatever is left over (a marker over old versions) is not due before midnight.
      for (const rule of bucket.lifecycle) arm(Math.max(nextOf(database, bucket, rule), dueOf(clock.now() + 1, 0)));
    }
  }

  function apply(bucket: BucketDefinition, rule: LifecycleRule): void {
    const select = selector(database, bucket, rule);
    const today = Math.floor(clock.now() / DAY) * DAY;
    options.change((changes) => {
      if (rule.expirationDays !== undefined) {
        const old = today - rule.expirationDays * DAY;
        for (const row of select('is_latest = 1 AND is_marker = 0 AND modified <= ?', old)) {
          hide(options.rows, changes, { bucket, key: objectOf(row).key, kind: 'LifecycleExpiration', source: SOURCE });
        }
      }
      if (rule.noncurrentDays !== undefined) {
        const old = today - rule.noncurrentDays * DAY;
        for (const row of select('is_latest = 0 AND noncurrent_since <= ?', old)) erase(bucket, row, changes);
      }
      if (rule.removesExpiredMarkers || rule.expirationDays !== undefined) {
        const old = rule.removesExpiredMarkers ? clock.now() : today - (rule.expirationDays ?? 0) * DAY;
        for (const row of select(LONE_MARKER, old)) erase(bucket, row, changes);
      }
      if (rule.abortUploadDays !== undefined) abort(bucket, rule, today - rule.abortUploadDays * DAY, changes);
    });
  }

  function erase(bucket: BucketDefinition, row: Readonly<Record<string, unknown>>, changes: Changes): void {
    const version = objectOf(row);
    changes.unused(options.rows.erase(version));
    changes.event('LifecycleExpiration:Delete', bucket, version, SOURCE);
  }

  function abort({ name }: BucketDefinition, { prefix }: LifecycleRule, old: number, changes: Changes): void {
    for (const { uploadId, initiated } of options.uploads.list(name, prefix)) {
      if (initiated > old) continue;
      for (const { segments } of options.uploads.parts(uploadId)) changes.unused(segments);
      options.uploads.remove(uploadId);
    }
  }

  return {
    start: () => arm(clock.now()),
    changed({ lifecycle }) {
      for (const rule of lifecycle) {
        const days = [rule.expirationDays, rule.noncurrentDays, rule.abortUploadDays].filter(
          (one) => one !== undefined,
        );
        for (const one of days) arm(dueOf(clock.now(), one));
        if (rule.removesExpiredMarkers) arm(dueOf(clock.now(), 0));
      }
    },
    close: () => cancel(),
  };
}

const LONE_MARKER = `is_latest = 1 AND is_marker = 1 AND modified <= ? AND NOT EXISTS (SELECT 1 FROM s3_objects AS other
  WHERE other.bucket = s3_objects.bucket AND other.key = s3_objects.key AND other.is_latest = 0)`;

/** The first midnight at which something of that age has had so many days. */
const dueOf = (since: number, days: number): number => Math.ceil((since + days * DAY) / DAY) * DAY;

/** Rows of the rule's objects. `condition` comes from this program and has one parameter. */
function selector(database: DatabaseSync, { name }: BucketDefinition, rule: LifecycleRule) {
  const { prefix, largerThan = -1, smallerThan = Number.MAX_SAFE_INTEGER } = rule;
  const end = afterPrefix(prefix);
  const where = `bucket = ? AND key >= ? ${end === null ? '' : 'AND key < ?'} AND size > ? AND size < ?`;
  const values = [name, prefix, ...(end === null ? [] : [end]), largerThan, smallerThan];
  return (condition: string, value: number) =>
    prepared(database, `SELECT * FROM s3_objects WHERE ${where} AND ${condition}`).all(...values, value);
}

/** When the rule has something to do next; infinity when nothing waits for it. */
function nextOf(database: DatabaseSync, { name }: BucketDefinition, rule: LifecycleRule): number {
  const { prefix, expirationDays, noncurrentDays, abortUploadDays, removesExpiredMarkers } = rule;
  const end = afterPrefix(prefix);
  const range = `bucket = ? AND key >= ? ${end === null ? '' : 'AND key < ?'}`;
  const values = [name, prefix, ...(end === null ? [] : [end])];
  const due = (column: string, table: string, condition: string, days: number | undefined): number => {
    if (days === undefined) return Number.POSITIVE_INFINITY;
    const sql = `SELECT min(${column}) AS since FROM ${table} WHERE ${range} AND ${condition}`;
    const since = prepared(database, sql).get(...values)?.['since'];
    return typeof since === 'number' ? dueOf(since, days) : Number.POSITIVE_INFINITY;
  };
  return Math.min(
    due('modified', 's3_objects', 'is_latest = 1', expirationDays),
    due('noncurrent_since', 's3_objects', 'is_latest = 0', noncurrentDays),
    due('initiated', 's3_uploads', '1 = 1', abortUploadDays),
    due('modified', 's3_objects', 'is_latest = 1 AND is_marker = 1', removesExpiredMarkers ? 0 : undefined),
  );
}
