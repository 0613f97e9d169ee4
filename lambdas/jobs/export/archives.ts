import { strToU8, zipSync, type Zippable } from 'fflate';
import { required } from '../../shared/environment.ts';
import { deleteObjects, listObjects, readObject, type StoredObject, writeObject } from '../../shared/objects.ts';
import type { Step, Task } from '../plan.ts';
import { archiveKey, archivesPrefix, fileNameOf, partsPrefix, sectionOf } from './keys.ts';
import { README } from './readme.ts';

/** Texts in one archive: what the function's memory holds twice, as it is and zipped. */
const MAX_ARCHIVE_BYTES = 64 * 1024 * 1024;

/** Where packing goes on. */
interface Packed {
  /** Key of the last part that is in an archive. */
  readonly after?: string;
  /** Archives so far. */
  readonly archives: number;
}

/** Makes one archive of as many parts as it takes. Without any, the archive holds what explains it. */
export const pack: Task = async ({ jobId, userId, position, count }) => {
  const { after, archives }: Packed = position === undefined ? { archives: 0 } : (JSON.parse(position) as Packed);
  const bucket = required('EXPORTS_BUCKET');
  const listed = await listObjects(bucket, { prefix: partsPrefix({ userId, jobId }), after });
  const parts = firstOf(listed);
  const last = parts.at(-1);
  const index = archives + 1;
  if (!last && archives > 0) return null;
  await writeObject(bucket, archiveKey({ userId, jobId, name: 'export', index }), {
    content: await zipOf(bucket, parts),
    type: 'application/zip',
  });
  count('archives');
  const hasMore = parts.length < listed.length || listed.length === MAX_LISTED;
  return hasMore && last ? JSON.stringify({ after: last.key, archives: index } satisfies Packed) : null;
};

/** What S3 lists at a time. */
const MAX_LISTED = 1_000;

/** At least one, if there is any: a part is some megabytes at most. */
function firstOf(parts: readonly StoredObject[]): readonly StoredObject[] {
  let bytes = 0;
  const end = parts.findIndex((part, index) => {
    bytes += part.bytes;
    return index > 0 && bytes > MAX_ARCHIVE_BYTES;
  });
  return end < 0 ? parts : parts.slice(0, end);
}

async function zipOf(bucket: string, parts: readonly StoredObject[]): Promise<Uint8Array> {
  const files: Zippable = { 'README.txt': strToU8(README) };
  for (const [section, group] of Map.groupBy(parts, ({ key }) => sectionOf(key))) {
    const contents: Uint8Array[] = [];
    for (const { key } of group) contents.push(await readObject(bucket, key));
    files[`${section}.ndjson`] = Buffer.concat(contents);
  }
  return zipSync(files, { level: 6 });
}

/** The parts are not needed any more. */
export const clear: Task = async ({ jobId, userId }) => {
  const bucket = required('EXPORTS_BUCKET');
  const parts = await listObjects(bucket, { prefix: partsPrefix({ userId, jobId }) });
  await deleteObjects(
    bucket,
    parts.map(({ key }) => key),
  );
  return parts.length === MAX_LISTED ? 'again' : null;
};

/** As the job's item lists them. */
export async function listArchives({ jobId, userId }: Step) {
  const archives = await listObjects(required('EXPORTS_BUCKET'), { prefix: archivesPrefix({ userId, jobId }) });
  return archives.map(({ key, bytes }) => ({ name: fileNameOf(key), key, bytes }));
}
