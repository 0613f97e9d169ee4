import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../src/database.ts';
import { functionOf, startLambda } from './support.ts';

const ROUNDS = 2;
/** Characters; a line has about 15. */
const OUTPUT_BEFORE_KILL = 2_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hiroba-lambda-crash-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function acceptUntilKilled(file: string, round: number): Promise<string[]> {
  const script = join(import.meta.dirname, 'crashInvoker.ts');
  const child = spawn(process.execPath, [script, file, String(round)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (output.length >= OUTPUT_BEFORE_KILL) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return output
    .split('\n')
    .slice(0, -1)
    .map((line) => line.replace('accepted ', ''));
}

it('after kill -9 every event that was accepted and is not done is run by the next process', async () => {
  const file = join(folder, 'events.sqlite');
  for (let round = 0; round < ROUNDS; round += 1) {
    const accepted = await acceptUntilKilled(file, round);
    const database = openDatabase(file);
    const waiting = database
      .prepare('SELECT payload FROM lambda_events ORDER BY number')
      .all()
      .map(({ payload }) => (JSON.parse(String(payload)) as { event: string }).event);
    // Events are taken in their order, at most two at a time: what is not there was done, and cannot be of the last.
    expect(accepted.slice(-20).filter((event) => !waiting.includes(event))).toEqual([]);
    const { lambda, lines } = startLambda({ database });
    lambda.provision(
      functionOf(`export const handler = async ({ event }) => console.log(event);`, { reservedConcurrency: 2 }),
    );
    lambda.resume();
    await lambda.idle();
    await lambda.close();
    database.close();
    expect(lines.map(({ message }) => message).sort()).toEqual(waiting.sort());
    expect(accepted.length).toBeGreaterThan(50);
  }
}, 60_000);
