/**
 * Writes until it is killed: `node crashWriter.ts FILE ROUND`. Sixteen writers take turns, each in its own partition;
 * a line `writer sequence author` on standard output acknowledges a write that has returned.
 */
import { writeSync } from 'node:fs';
import { systemClock } from '../../../src/clock.ts';
import { openDatabase } from '../../../src/database.ts';
import { systemRandom } from '../../../src/random.ts';
import { createDynamoDb } from '../../../src/services/dynamodb/index.ts';
import { AUTHORS } from './crashData.ts';
import { account, byAuthor, key, things } from './engine.ts';

const WRITERS = 16;
const STANDARD_OUTPUT = 1;

const [file, round] = process.argv.slice(2) as [string, string];
const db = createDynamoDb({ database: openDatabase(file), account, clock: systemClock, random: systemRandom });
db.provision(things({ indexes: [byAuthor({ type: 'KEYS_ONLY' })], stream: 'NEW_AND_OLD_IMAGES' }));

async function writer(number: number): Promise<void> {
  for (let sequence = 0; ; sequence += 1) {
    const pk = `round-${round}-writer-${number}`;
    const author = `author-${sequence % AUTHORS}`;
    // Every item is written anew under another author, so that its index entry has to move.
    const sk = Math.floor(sequence / 3);
    const item = {
      ...key(pk, sk),
      author: { S: author },
      score: { N: String(sequence) },
      body: { S: 'x'.repeat(300) },
    };
    if (sequence % 5 === 0)
      db.execute('TransactWriteItems', { TransactItems: [{ Put: { TableName: 'Things', Item: item } }] });
    else db.execute('PutItem', { TableName: 'Things', Item: item });
    writeSync(STANDARD_OUTPUT, `${pk} ${sk} ${sequence}\n`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

await Promise.all(Array.from({ length: WRITERS }, (_, number) => writer(number)));
