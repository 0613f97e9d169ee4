import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../../clock.ts';
import { prepared } from '../../../database.ts';
import type { Random } from '../../../random.ts';
import type { Checksum, ChecksumAlgorithm } from '../body/checksums.ts';
import type { Segment } from './blobs.ts';
import type { ObjectAttributes } from './model.ts';

/** An object that is being sent in parts. */
export interface Upload {
  readonly uploadId: string;
  readonly bucket: string;
  readonly key: string;
  /** Epoch milliseconds. */
  readonly initiated: number;
  readonly attributes: ObjectAttributes;
  /** What the parts' checksums are made with, and what becomes of them. */
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly type: Checksum['type'] } | null;
}

export interface Part {
  readonly number: number;
  readonly modified: number;
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  readonly segments: readonly Segment[];
  readonly checksum: Checksum | null;
}

/** Rows of uploads and their parts. Writes belong into a transaction; the caller removes the files that are returned. */
export interface UploadRows {
  create(upload: Omit<Upload, 'uploadId' | 'initiated'>): Upload;
  find(uploadId: string): Upload | null;
  list(bucket: string, prefix: string): readonly Upload[];
  parts(uploadId: string): readonly Part[];
  /** Replaces a part with the same number. */
  putPart(uploadId: string, part: Omit<Part, 'modified'>): { readonly part: Part; readonly unused: readonly Segment[] };
  remove(uploadId: string): void;
}

export function createUploadRows(
  database: DatabaseSync,
  { clock, random }: { clock: Clock; random: Random },
): UploadRows {
  const parts = (uploadId: string): readonly Part[] =>
    prepared(database, 'SELECT * FROM s3_parts WHERE upload_id = ? ORDER BY number').all(uploadId).map(partOf);

  return {
    create(upload) {
      const uploadId = random.bytes(48).toString('base64url');
      const initiated = clock.now();
      const { bucket, key, attributes, checksum } = upload;
      prepared(
        database,
        'INSERT INTO s3_uploads (upload_id, bucket, key, initiated, attributes) VALUES (?, ?, ?, ?, ?)',
      ).run(uploadId, bucket, key, initiated, JSON.stringify({ attributes, checksum }));
      return { ...upload, uploadId, initiated };
    },
    find(uploadId) {
      const row = prepared(database, 'SELECT * FROM s3_uploads WHERE upload_id = ?').get(uploadId);
      return row ? uploadOf(row) : null;
    },
    list: (bucket, prefix) =>
      prepared(database, 'SELECT * FROM s3_uploads WHERE bucket = ? ORDER BY key, initiated, upload_id')
        .all(bucket)
        .map(uploadOf)
        .filter(({ key }) => key.startsWith(prefix)),
    parts,
    putPart(uploadId, part) {
      const select = 'SELECT * FROM s3_parts WHERE upload_id = ? AND number = ?';
      const replaced = prepared(database, select).get(uploadId, part.number);
      const modified = clock.now();
      prepared(
        database,
        `INSERT INTO s3_parts (upload_id, number, modified, size, etag, segments, checksum) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET modified = excluded.modified, size = excluded.size, etag = excluded.etag,
           segments = excluded.segments, checksum = excluded.checksum`,
      ).run(
        uploadId,
        part.number,
        modified,
        part.size,
        part.etag,
        JSON.stringify(part.segments),
        JSON.stringify(part.checksum),
      );
      return { part: { ...part, modified }, unused: replaced ? partOf(replaced).segments : [] };
    },
    remove: (uploadId) => void prepared(database, 'DELETE FROM s3_uploads WHERE upload_id = ?').run(uploadId),
  };
}

function uploadOf(row: Readonly<Record<string, unknown>>): Upload {
  const { attributes, checksum } = JSON.parse(String(row['attributes'])) as Pick<Upload, 'attributes' | 'checksum'>;
  return {
    uploadId: String(row['upload_id']),
    bucket: String(row['bucket']),
    key: String(row['key']),
    initiated: Number(row['initiated']),
    attributes,
    checksum,
  };
}

function partOf(row: Readonly<Record<string, unknown>>): Part {
  return {
    number: Number(row['number']),
    modified: Number(row['modified']),
    size: Number(row['size']),
    etag: String(row['etag']),
    segments: JSON.parse(String(row['segments'])) as readonly Segment[],
    checksum: JSON.parse(String(row['checksum'])) as Checksum | null,
  };
}
