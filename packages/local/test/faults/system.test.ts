import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import { FAULT_KINDS, type FaultOptions, type LocalSystem, startLocal } from '../../src/index.ts';
import { writeGreenhouse } from '../application/greenhouse.ts';

const running: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of running.splice(0)) await stop();
});

async function start(faults?: FaultOptions): Promise<LocalSystem> {
  const folder = await mkdtemp(join(tmpdir(), 'greenhouse-'));
  running.push(() => rm(folder, { recursive: true }));
  await writeGreenhouse(folder);
  const options = { from: folder, port: 0, awsPort: 0, dataDirectory: null };
  const system = await startLocal({ ...options, ...(faults && { faults }) });
  running.unshift(() => system.close());
  return system;
}

const SENSORS = Array.from({ length: 5 }, (_, index) => `sensor${index}`);

/** Three readings of each sensor, of which the last is too hot. */
async function recordReadings({ endpoints, configuration }: LocalSystem): Promise<void> {
  for (const celsius of [20, 30, 50]) {
    const fields = SENSORS.map((sensor) => `${sensor}: record(sensor: "${sensor}", celsius: ${celsius}) { celsius }`);
    const response = await fetch(endpoints.graphql, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': configuration?.apiKey ?? '' },
      body: JSON.stringify({ query: `mutation { ${fields.join(' ')} }` }),
    });
    expect(await response.json()).toEqual({
      data: Object.fromEntries(SENSORS.map((sensor) => [sensor, { celsius }])),
    });
  }
}

/** How often each sensor's readings were counted, and the alert that was noted; in order of the sensors. */
async function averages({ endpoints, credentials }: LocalSystem) {
  const client = new DynamoDBClient({ endpoint: endpoints.aws, region: 'eu-central-1', credentials });
  const { Items = [] } = await client.send(new ScanCommand({ TableName: 'greenhouse-averages' }));
  return Items.map(({ sensor, readings, alert }) => [sensor?.S, Number(readings?.N), alert?.N]).toSorted();
}

/** The sensors whose alerts are in the dead letter queue. */
async function givenUp({ endpoints, credentials }: LocalSystem): Promise<string[]> {
  const client = new SQSClient({ endpoint: endpoints.aws, region: 'eu-central-1', credentials });
  const QueueUrl = `${endpoints.aws}/123456789012/greenhouse-alerts-failed`;
  const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  return Messages.map(({ Body = '' }) => (JSON.parse(Body) as { sensor: string }).sensor);
}

/** The faults that each round gives a chance to. */
const STRIKING = ['streamRedelivered', 'queueDuplicated', 'queueDelayed', 'dynamodbThrottled', 'workerKilled'] as const;
const MOST_ROUNDS = 20;

function countedTwice(counted: Awaited<ReturnType<typeof averages>>, rounds: number): boolean {
  return counted.some(([, readings]) => Number(readings) > 3 * rounds);
}

const EXACT = SENSORS.map((sensor) => [sensor, 3, '50']);

describe('a system', () => {
  it('without faults handles each thing once', async () => {
    const system = await start();
    await recordReadings(system);
    await system.idle();
    expect(await averages(system)).toEqual(EXACT);
    expect(system.faults.counts()).toEqual(Object.fromEntries(FAULT_KINDS.map((kind) => [kind, 0])));
  });

  it('with rates of 0 is no other, also where its streams have shards', async () => {
    const rates = Object.fromEntries(FAULT_KINDS.map((kind) => [kind, 0]));
    const system = await start({ seed: 'seed', rates, shards: 4 });
    await recordReadings(system);
    await system.idle();
    expect(await averages(system)).toEqual(EXACT);
    expect(system.faults.counts()).toEqual(rates);
  });

  // Each killed worker loads its code anew.
  it('with faults loses nothing, and shows what counts twice', { timeout: 60_000 }, async () => {
    const system = await start({
      seed: 'seed',
      shards: 3,
      most: 1,
      rates: {
        streamCut: 0.5,
        streamDelayed: 0.3,
        streamRedelivered: 0.5,
        queueDuplicated: 0.5,
        queueDelayed: 0.5,
        dynamodbThrottled: 0.3,
        dynamodbConflict: 0.1,
        workerKilled: 0.3,
      },
    });
    // Which record meets which fault depends on how the batches fall: rounds go on until each kind has struck.
    let rounds = 0;
    const struck = ({ counts }: LocalSystem['faults']) => STRIKING.every((kind) => counts()[kind] > 0);
    while (rounds < MOST_ROUNDS && !(struck(system.faults) && countedTwice(await averages(system), rounds))) {
      await recordReadings(system);
      await system.idle();
      rounds += 1;
    }
    // What a killed worker had from the queue comes back after a minute of the local clock, once.
    await system.travel(system.clock.now() + 300_000);
    const counted = await averages(system);
    const noted = counted.filter(([, , alert]) => alert === '50').map(([sensor]) => String(sensor));
    expect([...new Set([...noted, ...(await givenUp(system))])].toSorted()).toEqual(SENSORS);
    // The function adds up without looking whether it has seen a record: an application that minds must look.
    expect(counted.every(([, readings]) => Number(readings) >= 3 * rounds)).toBe(true);
    expect(countedTwice(counted, rounds)).toBe(true);
    expect(STRIKING.filter((kind) => system.faults.counts()[kind] === 0)).toEqual([]);
  });
});

it('has no operation by which a request could ask for faults', async () => {
  const system = await start();
  const response = await fetch(`${system.endpoints.aws}/_local/faults`, { method: 'POST', body: '{}' });
  expect(response.status).toBe(404);
});
