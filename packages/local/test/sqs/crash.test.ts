import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arnOf, openQueues, withDeadLetters, type Queues } from './support/queues.ts';

const ROUNDS = 6;
/** Characters; a line has about 15. */
const OUTPUT_BEFORE_KILL = 8_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hiroba-sqs-crash-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the writer until it has told enough, kills it in the middle of its work and returns the lines. */
async function writeUntilKilled(file: string, round: number): Promise<string[]> {
  const script = join(import.meta.dirname, 'support', 'crashWriter.ts');
  const child = spawn(process.execPath, [script, file, String(round)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (output.length >= OUTPUT_BEFORE_KILL) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return output.split('\n').slice(0, -1);
}

const told = (lines: readonly string[], verb: string): Set<string> =>
  new Set(lines.filter((line) => line.startsWith(`${verb} `)).map((line) => line.split(' ')[1]!));

/** What is in the queue once everything has come back: bodies, and how often each had been received before. */
function contents({ sqs, clock }: Queues): Map<string, number> {
  clock.advance(43_200_000);
  const received = sqs.source(arnOf('jobs')).receive({ maximumMessages: 1_000_000, maximumBytes: Infinity });
  return new Map(received.map(({ body, receiveCount }) => [body, receiveCount - 1]));
}

describe('After kill -9 of whoever sends, receives and deletes', () => {
  it('what was sent is there unless it was deleted, and what was received is known to have been', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const file = join(folder, `round-${round}.sqlite`);
      const lines = await writeUntilKilled(file, round);
      const [sent, received, deleting, deleted] = ['sent', 'received', 'deleting', 'deleted'].map((verb) =>
        told(lines, verb),
      ) as [Set<string>, Set<string>, Set<string>, Set<string>];
      const queues = openQueues(withDeadLetters(1_000), { file });
      const there = contents(queues);
      queues.close();
      expect([...sent].filter((body) => !there.has(body) && !deleting.has(body))).toEqual([]);
      expect([...deleted].filter((body) => there.has(body))).toEqual([]);
      expect([...received].filter((body) => there.has(body) && there.get(body) !== 1)).toEqual([]);
      expect(sent.size).toBeGreaterThan(100);
    }
  });
});
