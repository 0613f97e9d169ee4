import type { DatabaseSync } from 'node:sqlite';

/**
 * Every version of an object is a row, and so is a marker of deletion; `is_latest` says which one a name stands for. Keys
 * compare by their UTF-8 bytes, as S3 lists them. What belongs together (an object, the events about it) is written in one
 * transaction.
 */
export function createTables(database: DatabaseSync): void {
  database.exec(`
    CREATE TABLE IF NOT EXISTS s3_objects (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      bucket TEXT NOT NULL, key TEXT NOT NULL, version_id TEXT NOT NULL,
      is_latest INTEGER NOT NULL, is_marker INTEGER NOT NULL,
      modified INTEGER NOT NULL, noncurrent_since INTEGER,
      size INTEGER NOT NULL, etag TEXT NOT NULL, segments TEXT NOT NULL, attributes TEXT NOT NULL,
      UNIQUE (bucket, key, version_id)
    ) STRICT;
    CREATE UNIQUE INDEX IF NOT EXISTS s3_objects_latest ON s3_objects (bucket, key) WHERE is_latest = 1;
    CREATE TABLE IF NOT EXISTS s3_uploads (
      upload_id TEXT PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL,
      initiated INTEGER NOT NULL, attributes TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS s3_uploads_by_key ON s3_uploads (bucket, key);
    CREATE TABLE IF NOT EXISTS s3_parts (
      upload_id TEXT NOT NULL REFERENCES s3_uploads ON DELETE CASCADE, number INTEGER NOT NULL,
      modified INTEGER NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL, segments TEXT NOT NULL, checksum TEXT NOT NULL,
      PRIMARY KEY (upload_id, number)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS s3_events (
      id INTEGER PRIMARY KEY AUTOINCREMENT, bucket TEXT NOT NULL, notification TEXT NOT NULL, event TEXT NOT NULL,
      attempts INTEGER NOT NULL, due INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS s3_declared (
      address TEXT PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS s3_notified (
      bucket TEXT NOT NULL, arn TEXT NOT NULL, PRIMARY KEY (bucket, arn)
    ) STRICT, WITHOUT ROWID;
  `);
}

/** The names of all files that an object or a part consists of. */
export function referredBlobs(database: DatabaseSync): ReadonlySet<string> {
  const rows = database
    .prepare(
      `SELECT json_extract(part.value, '$.blob') AS blob FROM s3_objects, json_each(s3_objects.segments) AS part
       UNION ALL SELECT json_extract(part.value, '$.blob') FROM s3_parts, json_each(s3_parts.segments) AS part`,
    )
    .all();
  return new Set(rows.map(({ blob }) => String(blob)));
}
