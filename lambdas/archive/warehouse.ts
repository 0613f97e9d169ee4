import { parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { KeptPost } from '../shared/bundles.ts';
import { required } from '../shared/environment.ts';
import { rewriteObject, type ObjectName } from '../shared/rewriteObject.ts';
import { dayOf, timeOf } from './months.ts';

/** A row of the warehouse: see the table in infra/constructs/warehouse.ts. */
interface Row {
  readonly post_id: string;
  readonly author_id: string;
  readonly created_at: Date;
  readonly visibility: string;
  readonly body: string;
  /** Names with a space between them. */
  readonly hashtags: string;
  readonly photos: number;
}

/**
 * Puts posts into the files of their days, one for each part: `posts/day=2026-08-30/{part}.parquet`. A row that is there
 * already stays as it is, so a repetition writes nothing.
 */
export async function addToWarehouse(part: string, posts: readonly KeptPost[]): Promise<void> {
  for (const [day, ofDay] of Map.groupBy(posts, ({ postId }) => dayOf(postId))) {
    await rewriteRows(nameOf(day, part), (stored) => {
      const known = new Set(stored.map(({ post_id }) => post_id));
      const added = ofDay.filter(({ postId }) => !known.has(postId));
      return added.length > 0 ? [...stored, ...added.map(rowOf)] : null;
    });
  }
}

export async function takeFromWarehouse(part: string, postIds: readonly string[]): Promise<void> {
  for (const [day, ofDay] of Map.groupBy(postIds, dayOf)) {
    await rewriteRows(nameOf(day, part), (stored) => {
      const rest = stored.filter(({ post_id }) => !ofDay.includes(post_id));
      return rest.length < stored.length ? rest : null;
    });
  }
}

function nameOf(day: string, part: string): ObjectName {
  return { bucket: required('WAREHOUSE_BUCKET'), key: `posts/day=${day}/${part}.parquet` };
}

async function rewriteRows(name: ObjectName, change: (stored: readonly Row[]) => readonly Row[] | null): Promise<void> {
  await rewriteObject(name, {
    contentType: 'application/vnd.apache.parquet',
    async change(bytes) {
      const rows = change(bytes ? await readRows(bytes) : []);
      return rows && writeRows(rows);
    },
  });
}

async function readRows(bytes: Uint8Array): Promise<readonly Row[]> {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  return (await parquetReadObjects({ file })) as unknown as readonly Row[];
}

/** Sorted, so that the same rows are the same bytes. */
function writeRows(unsorted: readonly Row[]): Uint8Array {
  const rows = [...unsorted].sort((a, b) => (a.post_id < b.post_id ? -1 : 1));
  const column = (name: keyof Row, type: 'STRING' | 'TIMESTAMP' | 'INT32') => ({
    name,
    type,
    nullable: false,
    data: rows.map((row) => row[name]),
  });
  const columnData = [
    column('post_id', 'STRING'),
    column('author_id', 'STRING'),
    column('created_at', 'TIMESTAMP'),
    column('visibility', 'STRING'),
    column('body', 'STRING'),
    column('hashtags', 'STRING'),
    column('photos', 'INT32'),
  ];
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

function rowOf({ postId, authorId, visibility, body, hashtags, photoIds }: KeptPost): Row {
  return {
    post_id: postId,
    author_id: authorId,
    created_at: new Date(timeOf(postId)),
    visibility,
    body,
    hashtags: hashtags.join(' '),
    photos: photoIds.length,
  };
}
