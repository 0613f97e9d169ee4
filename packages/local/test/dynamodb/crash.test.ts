import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { AUTHORS } from './support/crashData.ts';
import { get, openEngine, type TestEngine } from './support/engine.ts';

const ROUNDS = 8;
/** Characters; an acknowledgement has about 25. */
const OUTPUT_BEFORE_KILL = 10_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hiroba-crash-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the writer until it has acknowledged enough, kills it in the middle of its work and returns all it acknowledged. */
async function writeUntilKilled(file: string, round: number): Promise<string[]> {
  const script = join(import.meta.dirname, 'support', 'crashWriter.ts');
  const child = spawn(process.execPath, [script, file, String(round)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  // The pipe is emptied as fast as it fills: a writer that waits for it would always be killed between two writes.
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (output.length >= OUTPUT_BEFORE_KILL) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return output.split('\n').slice(0, -1);
}

function readAll(engine: TestEngine, operation: string, input: JsonObject): JsonObject[] {
  const items: JsonObject[] = [];
  let start: JsonObject | undefined;
  do {
    const page = engine.run(operation, {
      TableName: 'Things',
      ...input,
      ...(start ? { ExclusiveStartKey: start } : {}),
    });
    items.push(...(page.Items as JsonObject[]));
    start = page.LastEvaluatedKey as JsonObject | undefined;
  } while (start);
  return items;
}

/** The index's entries under each author with the author under which they lie, since an entry shows its item's own. */
function indexEntries(engine: TestEngine): string[] {
  const authors = Array.from({ length: AUTHORS }, (_, number) => `author-${number}`);
  return authors.flatMap((author) =>
    readAll(engine, 'Query', {
      IndexName: 'byAuthor',
      KeyConditionExpression: 'author = :author',
      ExpressionAttributeValues: { ':author': { S: author } },
    }).map(({ pk, sk, score }) => JSON.stringify([pk, sk, { S: author }, score])),
  );
}

describe('After kill -9 under sixteen writers', () => {
  it('no acknowledged write is lost and the index agrees with the items, round after round', async () => {
    const file = join(folder, 'crash.sqlite');
    const acknowledged: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      acknowledged.push(...(await writeUntilKilled(file, round)));
      const engine = openEngine({ file });
      const lost = acknowledged.filter((line) => {
        const [pk, sk, sequence] = line.split(' ') as [string, string, string];
        const item = get(engine, pk, Number(sk)) as { score: { N: string } } | undefined;
        return !item || Number(item.score.N) < Number(sequence);
      });
      expect(lost).toEqual([]);
      const items = readAll(engine, 'Scan', {});
      const expected = items.map(({ pk, sk, author, score }) => JSON.stringify([pk, sk, author, score]));
      expect(indexEntries(engine).sort()).toEqual(expected.sort());
      // An entry without its item would be hidden by the join, so it is counted by itself.
      const { Table } = engine.run('DescribeTable', { TableName: 'Things' }) as {
        Table: { GlobalSecondaryIndexes: JsonObject[] };
      };
      expect(Table.GlobalSecondaryIndexes[0]?.ItemCount).toBe(items.length);
      engine.close();
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(ROUNDS * 300);
  });
});
