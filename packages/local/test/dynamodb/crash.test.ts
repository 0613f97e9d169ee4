import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { get, openEngine, type TestEngine } from './support/engine.ts';

const ROUNDS = 4;
const WRITES_BEFORE_KILL = 400;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hiroba-crash-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the writer until it has acknowledged enough, kills it in the middle of its work and returns all it acknowledged. */
async function writeUntilKilled(file: string, round: number): Promise<string[]> {
  const script = join(import.meta.dirname, 'support', 'crashWriter.ts');
  const child = spawn(process.execPath, [script, file, String(round)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const acknowledged: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line);
    if (acknowledged.length === WRITES_BEFORE_KILL) child.kill('SIGKILL');
  }
  return acknowledged;
}

function scanAll(engine: TestEngine, input: JsonObject): JsonObject[] {
  const items: JsonObject[] = [];
  let start: JsonObject | undefined;
  do {
    const page = engine.run('Scan', { TableName: 'Things', ...input, ...(start ? { ExclusiveStartKey: start } : {}) });
    items.push(...(page.Items as JsonObject[]));
    start = page.LastEvaluatedKey as JsonObject | undefined;
  } while (start);
  return items;
}

const keysOf = (items: JsonObject[]) =>
  items.map(({ pk, sk, author, score }) => JSON.stringify([pk, sk, author, score])).sort();

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
      const items = scanAll(engine, {});
      expect(keysOf(scanAll(engine, { IndexName: 'byAuthor' }))).toEqual(keysOf(items));
      // An entry without its item would be hidden by the join, so it is counted by itself.
      const { Table } = engine.run('DescribeTable', { TableName: 'Things' }) as {
        Table: { GlobalSecondaryIndexes: JsonObject[] };
      };
      expect(Table.GlobalSecondaryIndexes[0]?.ItemCount).toBe(items.length);
      engine.close();
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(ROUNDS * WRITES_BEFORE_KILL);
  });
});
