import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { notifyingTerraform } from './crashTerraform.ts';
import { filesOf, newFolder, openStore, type Store } from './support.ts';

const ROUNDS = 4;
const ACKNOWLEDGED_BEFORE_KILL = 60;

/** Runs the writer until enough is acknowledged, kills it in the middle of its work, and returns what it acknowledged. */
async function writeUntilKilled(folder: string, round: number): Promise<string[]> {
  const script = join(import.meta.dirname, 'crashWriter.ts');
  const child = spawn(process.execPath, [script, folder, String(round)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (output.split('\n').length > ACKNOWLEDGED_BEFORE_KILL) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return output.split('\n').slice(0, -1);
}

/** ETag by name, after reading each object and comparing its content with its ETag. */
async function readAll({ root }: Store): Promise<Map<string, string>> {
  const etags = new Map<string, string>();
  let ContinuationToken: string | undefined;
  do {
    const page = await root.send(new ListObjectsV2Command({ Bucket: 'pictures', ContinuationToken }));
    for (const { Key = '', ETag = '' } of page.Contents ?? []) {
      const { Body } = await root.send(new GetObjectCommand({ Bucket: 'pictures', Key }));
      const content = (await Body?.transformToByteArray()) ?? new Uint8Array();
      expect(`"${createHash('md5').update(content).digest('hex')}"`).toBe(ETag);
      etags.set(Key, ETag);
    }
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  return etags;
}

const keysOfEvents = ({ events }: Store): Set<string> =>
  new Set(
    events.flatMap(({ body }) => {
      const { Records = [] } = body as unknown as { Records?: { s3: { object: { key: string } } }[] };
      return Records.map(({ s3 }) => decodeURIComponent(s3.object.key));
    }),
  );

describe('After kill -9 under eight writers', () => {
  it(
    'every acknowledged object is whole and has its event, and nothing else is left',
    { timeout: 90_000 },
    async () => {
      const folder = newFolder();
      const acknowledged = new Map<string, Set<string>>();
      const told = new Set<string>();
      for (let round = 0; round < ROUNDS; round += 1) {
        const lines = await writeUntilKilled(folder, round);
        // Of writes over the same name the last one is what must be there, or one that was under way after it.
        for (const line of lines) acknowledged.set(line.split(' ')[0] ?? '', new Set([line.split(' ')[2] ?? '']));
        const store = await openStore(notifyingTerraform, { folder });
        const etags = await readAll(store);
        const lost = [...acknowledged].filter(([key]) => !etags.has(key));
        expect(lost).toEqual([]);
        const changed = [...acknowledged].filter(([key, known]) => !known.has(etags.get(key) ?? ''));
        // At most one write of each writer was under way.
        expect(changed.length).toBeLessThanOrEqual(8 * (round + 1));
        expect(filesOf(store)).toBe(etags.size);
        store.clock.advance(86_400_000);
        await store.s3.idle();
        for (const key of keysOfEvents(store)) told.add(key);
        expect([...etags.keys()].filter((key) => !told.has(key))).toEqual([]);
        await store.close();
      }
      expect(acknowledged.size).toBeGreaterThan(ROUNDS * ACKNOWLEDGED_BEFORE_KILL * 0.5);
    },
  );
});
