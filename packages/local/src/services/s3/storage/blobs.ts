import { mkdirSync } from 'node:fs';
import { mkdir, open, readdir, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Random } from '../../../random.ts';

/** A file of the object folder. Its name is random: nothing that a client sends becomes part of a path. */
export interface Segment {
  readonly blob: string;
  /** Bytes. */
  readonly size: number;
}

export interface BlobStore {
  /** Writes everything to a new file, which lies safely on the disk when this resolves; nothing is left of it when `data` throws. */
  write(data: AsyncIterable<Uint8Array>): Promise<Segment>;
  /** The bytes from `start` to `end`, that one included, of segments put one after the other. Rejects when a file is missing. */
  read(segments: readonly Segment[], range: { readonly start: number; readonly end: number }): Promise<Readable>;
  /** Removes files as soon as nobody reads them. */
  release(segments: readonly Segment[]): void;
  /** Removes what a process that was killed left behind: files that nobody refers to. */
  sweep(isReferred: (blob: string) => boolean): Promise<void>;
}

const BLOB_NAME = /^[0-9a-f]{32}$/;
const READ_BYTES = 256 * 1024;

/** `folder` is made at the first write; it is asked for late since a system without a bucket needs none. */
export function createBlobStore({ folder, random }: { folder: () => string; random: Random }): BlobStore {
  const readers = new Map<string, number>();
  const doomed = new Set<string>();
  const pathOf = (blob: string): string => join(folder(), blob.slice(0, 2), blob);

  const unlink = (blob: string): Promise<void> => rm(pathOf(blob), { force: true });
  /** What cannot be removed now is removed at the next start. */
  const drop = (blob: string): void => void unlink(blob).catch(() => undefined);

  function pin(blobs: readonly string[]): () => void {
    for (const blob of blobs) readers.set(blob, (readers.get(blob) ?? 0) + 1);
    let isPinned = true;
    return () => {
      if (!isPinned) return;
      isPinned = false;
      for (const blob of blobs) {
        const left = (readers.get(blob) ?? 1) - 1;
        if (left > 0) readers.set(blob, left);
        else readers.delete(blob);
        if (left === 0 && doomed.delete(blob)) drop(blob);
      }
    };
  }

  return {
    async write(data) {
      const blob = random.bytes(16).toString('hex');
      await mkdir(join(folder(), blob.slice(0, 2)), { recursive: true, mode: 0o700 });
      const file = await open(pathOf(blob), 'wx', 0o600);
      try {
        const size = await writeAll(file, data);
        await file.sync();
        await file.close();
        return { blob, size };
      } catch (error) {
        await file.close().catch(() => undefined);
        await unlink(blob).catch(() => undefined);
        throw error;
      }
    },
    async read(segments, { start, end }) {
      const parts = partsWithin(segments, start, end);
      const unpin = pin(parts.map(({ blob }) => blob));
      const [first] = parts;
      try {
        const opened = first ? await open(pathOf(first.blob), 'r') : null;
        const stream = Readable.from(readParts(parts, opened, pathOf), {
          objectMode: false,
          highWaterMark: READ_BYTES,
        });
        // Closing covers the end, an error, and a client that went away before the first byte.
        return stream.once('close', () => {
          unpin();
          void opened?.close().catch(() => undefined);
        });
      } catch (error) {
        unpin();
        throw error;
      }
    },
    release(segments) {
      for (const { blob } of segments) {
        if (readers.has(blob)) doomed.add(blob);
        else drop(blob);
      }
    },
    async sweep(isReferred) {
      mkdirSync(folder(), { recursive: true, mode: 0o700 });
      for (const entry of await readdir(folder(), { withFileTypes: true })) {
        if (!entry.isDirectory() || !/^[0-9a-f]{2}$/.test(entry.name)) continue;
        for (const blob of await readdir(join(folder(), entry.name))) {
          if (BLOB_NAME.test(blob) && !isReferred(blob)) await unlink(blob);
        }
      }
    },
  };
}

async function writeAll(file: FileHandle, data: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0;
  for await (const piece of data) {
    await file.writeFile(piece);
    size += piece.length;
  }
  return size;
}

interface Part {
  readonly blob: string;
  /** Within the file, both included. */
  readonly start: number;
  readonly end: number;
}

function partsWithin(segments: readonly Segment[], start: number, end: number): Part[] {
  const parts: Part[] = [];
  let before = 0;
  for (const { blob, size } of segments) {
    const [from, to] = [Math.max(start - before, 0), Math.min(end - before, size - 1)];
    if (from <= to && from < size) parts.push({ blob, start: from, end: to });
    before += size;
  }
  return parts;
}

async function* readParts(
  parts: readonly Part[],
  opened: FileHandle | null,
  pathOf: (blob: string) => string,
): AsyncGenerator<Uint8Array> {
  for (const [index, { blob, start, end }] of parts.entries()) {
    const file = index === 0 && opened ? opened : await open(pathOf(blob), 'r');
    try {
      for (let position = start; position <= end;) {
        const wanted = Math.min(READ_BYTES, end + 1 - position);
        const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(wanted), 0, wanted, position);
        if (bytesRead === 0) throw new Error(`The file ${blob} is shorter than its object`);
        yield buffer.subarray(0, bytesRead);
        position += bytesRead;
      }
    } finally {
      if (file !== opened) await file.close();
    }
  }
}
