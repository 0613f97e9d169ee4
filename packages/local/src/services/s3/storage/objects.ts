import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../../clock.ts';
import { prepared } from '../../../database.ts';
import type { Random } from '../../../random.ts';
import type { Versioning } from '../definition.ts';
import type { Segment } from './blobs.ts';
import { type NewObject, NULL_VERSION, type ObjectAttributes, type StoredObject } from './model.ts';

/** Rows of objects. Every method that writes must run inside a transaction, and its caller removes the files it returns. */
export interface ObjectRows {
  /** What the name stands for now: an object, a marker, or null. */
  latest(bucket: string, key: string): StoredObject | null;
  version(bucket: string, key: string, versionId: string): StoredObject | null;
  /** Makes it the latest version. */
  insert(object: NewObject, versioning: Versioning): Written;
  /** Deletes without naming a version: leaves a marker where there is versioning. */
  hide(bucket: string, key: string, versioning: Versioning): Hidden;
  /** Deletes one version for good. */
  erase(object: StoredObject): readonly Segment[];
}

export interface Written {
  readonly stored: StoredObject;
  /** Of the version that it replaced, if it replaced one. */
  readonly unused: readonly Segment[];
}

export interface Hidden {
  /** Null without versioning. */
  readonly marker: StoredObject | null;
  /** Null when there was nothing under the name. */
  readonly removed: StoredObject | null;
  readonly unused: readonly Segment[];
}

const EMPTY_ATTRIBUTES: ObjectAttributes = {
  headers: {},
  metadata: {},
  encryption: { algorithm: 'AES256' },
  storageClass: 'STANDARD',
  checksum: null,
  parts: null,
};

export function createObjectRows(
  database: DatabaseSync,
  { clock, random }: { clock: Clock; random: Random },
): ObjectRows {
  const newVersionId = (versioning: Versioning): string =>
    versioning === 'Enabled' ? random.bytes(24).toString('base64url') : NULL_VERSION;

  function latest(bucket: string, key: string): StoredObject | null {
    const row = prepared(database, 'SELECT * FROM s3_objects WHERE bucket = ? AND key = ? AND is_latest = 1').get(
      bucket,
      key,
    );
    return row ? objectOf(row) : null;
  }

  function version(bucket: string, key: string, versionId: string): StoredObject | null {
    const sql = 'SELECT * FROM s3_objects WHERE bucket = ? AND key = ? AND version_id = ?';
    const row = prepared(database, sql).get(bucket, key, versionId);
    return row ? objectOf(row) : null;
  }

  /** Takes the place of what is there: of all where there is no versioning, else of the version with the same id alone. */
  function put(object: NewObject, isMarker: boolean, versioning: Versioning): Written {
    const versionId = newVersionId(versioning);
    const replaced = version(object.bucket, object.key, versionId);
    const unused = replaced ? remove(replaced) : [];
    const now = clock.now();
    prepared(
      database,
      'UPDATE s3_objects SET is_latest = 0, noncurrent_since = ? WHERE bucket = ? AND key = ? AND is_latest = 1',
    ).run(now, object.bucket, object.key);
    const { lastInsertRowid } = prepared(
      database,
      `INSERT INTO s3_objects (bucket, key, version_id, is_latest, is_marker, modified, size, etag, segments, attributes)
       VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?)`,
    ).run(
      object.bucket,
      object.key,
      versionId,
      Number(isMarker),
      now,
      object.size,
      object.etag,
      JSON.stringify(object.segments),
      JSON.stringify(object.attributes),
    );
    const sequence = Number(lastInsertRowid);
    return { stored: { ...object, sequence, versionId, isLatest: true, isMarker, modified: now }, unused };
  }

  function remove({ sequence, segments }: StoredObject): readonly Segment[] {
    prepared(database, 'DELETE FROM s3_objects WHERE sequence = ?').run(sequence);
    return segments;
  }

  return {
    latest,
    version,
    insert: (object, versioning) => put(object, false, versioning),
    hide(bucket, key, versioning) {
      const removed = latest(bucket, key);
      if (versioning === 'Disabled') return { marker: null, removed, unused: removed ? remove(removed) : [] };
      const marker = { bucket, key, size: 0, etag: '', segments: [], attributes: EMPTY_ATTRIBUTES };
      const { stored, unused } = put(marker, true, versioning);
      return { marker: stored, removed, unused };
    },
    erase(object) {
      const segments = remove(object);
      if (object.isLatest) {
        const sql = `UPDATE s3_objects SET is_latest = 1, noncurrent_since = NULL WHERE sequence =
          (SELECT max(sequence) FROM s3_objects WHERE bucket = ? AND key = ?)`;
        prepared(database, sql).run(object.bucket, object.key);
      }
      return segments;
    },
  };
}

export function objectOf(row: Readonly<Record<string, unknown>>): StoredObject {
  return {
    sequence: Number(row['sequence']),
    bucket: String(row['bucket']),
    key: String(row['key']),
    versionId: String(row['version_id']),
    isLatest: row['is_latest'] === 1,
    isMarker: row['is_marker'] === 1,
    modified: Number(row['modified']),
    size: Number(row['size']),
    etag: String(row['etag']),
    segments: JSON.parse(String(row['segments'])) as readonly Segment[],
    attributes: JSON.parse(String(row['attributes'])) as ObjectAttributes,
  };
}
