/**
 * Serves a bucket and writes into it until it is killed: `node crashWriter.ts FOLDER ROUND`. Eight writers take turns; a line
 * `key size etag` on standard output acknowledges an object whose PUT has been answered. No event is taken.
 */
import { writeSync } from 'node:fs';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { notifyingTerraform } from './crashTerraform.ts';
import { startStore } from './store.ts';

const STANDARD_OUTPUT = 1;
const WRITERS = 8;
const [folder = '', round = ''] = process.argv.slice(2);

const store = await startStore(notifyingTerraform, { folder, refused: 'the process will be killed' });

async function writer(number: number): Promise<void> {
  for (let sequence = 0; ; sequence += 1) {
    // Every third object is written over one that is there.
    const Key = `round-${round}/writer-${number}/${Math.floor((sequence * 2) / 3)}`;
    const Body = Buffer.alloc(1 + ((sequence * 7_919) % 60_000), `${number}${sequence}`);
    const { ETag } = await store.root.send(new PutObjectCommand({ Bucket: 'pictures', Key, Body }));
    writeSync(STANDARD_OUTPUT, `${Key} ${Body.length} ${ETag}\n`);
  }
}

await Promise.all(Array.from({ length: WRITERS }, (_, number) => writer(number)));
