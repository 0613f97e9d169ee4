import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalSystem, manualClock, startLocal } from '../../src/index.ts';
import { control } from '../application/control.ts';
import { writeGreenhouse } from '../application/greenhouse.ts';

const NOON = Date.parse('2026-05-01T12:00:00Z');
const DAY = 86_400_000;
const command = join(import.meta.dirname, '../../src/clockCommand.ts');
let folder: string;
let system: LocalSystem;
const machine = manualClock(NOON);
/** There when the machine that runs the tests is slow. */
const PROGRESS = /^ {2}.*\n/gm;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'greenhouse-'));
  await writeGreenhouse(folder, ({ resource }) => {
    Object.assign(resource.aws_dynamodb_table.averages, { ttl: { attribute_name: 'until', enabled: true } });
  });
  machine.set(NOON);
  system = await startLocal({ from: folder, port: 0, awsPort: 0, dataDirectory: null, clock: machine });
  const { accessKeyId, secretAccessKey } = system.credentials;
  await writeFile(
    join(folder, 'credentials'),
    `[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
  );
});
afterEach(async () => {
  await system.close();
  await rm(folder, { recursive: true });
});

async function ask(query: string): Promise<unknown> {
  const response = await fetch(system.endpoints.graphql, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': system.configuration?.apiKey ?? '' },
    body: JSON.stringify({ query }),
  });
  return ((await response.json()) as { data: unknown }).data;
}

function tables(): DynamoDBClient {
  const { endpoints, credentials } = system;
  return new DynamoDBClient({ endpoint: endpoints.aws, region: 'eu-central-1', credentials });
}

function clock(...args: string[]): Promise<{ readonly code: number; readonly output: string }> {
  const port = new URL(system.endpoints.aws).port;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [command, '--aws-port', port, '--data', folder, ...args],
      { env: { PATH: process.env['PATH'] ?? '' } },
      (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, output: stdout.replace(PROGRESS, '') + stderr }),
    );
  });
}

describe('travel', () => {
  it("runs a day's schedules at their times", async () => {
    const journey = await system.travel(NOON + 2 * DAY);
    expect(journey.runs).toEqual(new Map([['greenhouse-watering', 4]]));
    expect(await ask('{ average(sensor: "watering") { celsius readings } }')).toEqual({
      average: { celsius: 2, readings: 4 },
    });
  });

  it('gives functions the time of the stop for their Date', async () => {
    await writeGreenhouse(folder, ({ resource }) => {
      resource.aws_scheduler_schedule.watering.target.input = '{"litres":1}';
    });
    await system.reload();
    await system.travel(NOON + DAY);
    const { Item } = await tables().send(
      new GetItemCommand({ TableName: 'greenhouse-averages', Key: { sensor: { S: 'watering' } } }),
    );
    // Six in the morning in Berlin. The function has signed its request with this time, too.
    expect(Item?.['at']?.S).toMatch(/^2026-05-02T04:00:\d\d/);
  });

  it('sweeps what expires on the way', async () => {
    await tables().send(
      new PutItemCommand({
        TableName: 'greenhouse-averages',
        Item: { sensor: { S: 'old' }, until: { N: String(NOON / 1000 + 3_600) } },
      }),
    );
    const old = new GetItemCommand({ TableName: 'greenhouse-averages', Key: { sensor: { S: 'old' } } });
    await system.travel(NOON + 3_599_000);
    expect((await tables().send(old)).Item?.['sensor']).toEqual({ S: 'old' });
    await system.travel(NOON + 3_600_000);
    expect((await tables().send(old)).Item).toBeUndefined();
  });
});

describe('npm run clock', () => {
  it('tells the time', async () => {
    expect(await clock()).toEqual({ code: 0, output: "2026-05-01T12:00:00Z, this machine's time\n" });
  });

  it('moves forward through what is due, and says which schedules ran', async () => {
    expect(await clock('+1d12h')).toEqual({
      code: 0,
      output: '2026-05-03T00:00:00Z, 2 days ahead of this machine\n3 stops, ran greenhouse-watering 3 times\n',
    });
    machine.advance(60_000);
    expect((await clock()).output).toBe('2026-05-03T00:01:00Z, 2 days ahead of this machine\n');
  });

  it('moves to a time, jumps over what is due with --jump, and follows the machine again', async () => {
    expect((await clock('2026-05-01T18:00:00Z')).output).toBe(
      '2026-05-01T18:00:00Z, 6 hours ahead of this machine\n1 stop, ran greenhouse-watering once\n',
    );
    expect((await clock('2026-05-09', '--jump')).output).toBe('2026-05-09T00:00:00Z, 8 days ahead of this machine\n');
    expect(await ask('{ average(sensor: "watering") { readings } }')).toEqual({ average: { readings: 1 } });
    expect((await clock('now')).output).toBe("2026-05-01T12:00:00Z, this machine's time\n");
  });

  it('jumps back', async () => {
    expect((await clock('2026-04-30T12:00:00Z')).output).toBe('2026-04-30T12:00:00Z, 1 day behind this machine\n');
  });

  it('leaves a clock that stands still standing', async () => {
    await control(system, 'clock', { Time: '2026-05-01T13:00:00Z' });
    await clock('+30m');
    machine.advance(60_000);
    expect((await clock()).output).toBe('2026-05-01T13:30:00Z, standing still, 1 hour ahead of this machine\n');
  });

  it.each([
    [['tomorrow'], 'error: "tomorrow" is no time: write 2026-12-01T07:00:00Z, +90m, +1d or now.'],
    [['2026-12-01T07:00:00'], 'error: "2026-12-01T07:00:00" is no time'],
    [['+1month'], 'error: "+1month" is no way to go: write a number of s, m, h, d or w, as +90m or +1d12h.'],
    [['+1d', 'now'], 'error: One time at a time, not +1d and now.'],
    [['--fast'], "error: Unknown option '--fast'"],
  ])('%j is answered with what to write instead', async (args, message) => {
    const { code, output } = await clock(...args);
    expect(code).toBe(1);
    expect(output).toContain(message);
  });

  it('says what is missing where no system runs, or no key lies', async () => {
    expect(await clock('--aws-port', '1')).toEqual({
      code: 1,
      output: 'error: Nothing answers at http://localhost:1. Is the system running (npm start)?\n',
    });
    expect(await clock('--data', join(folder, 'nowhere'))).toEqual({
      code: 1,
      output:
        `error: ${join(folder, 'nowhere', 'credentials')} does not exist. Is --data right? A system that keeps nothing ` +
        'takes its key from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.\n',
    });
  });
});
