import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, DynamoDBServiceException, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { manualClock, type ManualClock, startLocal } from '@hiroba/local';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { value } from '../src/constants.ts';
import { capacityOf } from '../src/models/capacity.ts';
import { hotKeys } from '../src/models/hotKeys.ts';
import type { Store } from '../src/models/system.ts';

/**
 * The models say what is refused in virtual time; the local DynamoDB refuses real requests over HTTP, by a clock that is moved a second at
 * a time. Both get the same load: the seconds in which something is refused have to be the same.
 */

/** Read units of one strongly consistent read of the large item; few requests make a load. */
const LARGE = 100;
const PROVISIONED = 2;
const terraform = {
  provider: { aws: [{ region: 'us-east-1' }] },
  resource: {
    aws_dynamodb_table: {
      demand: table('demand', { billing_mode: 'PAY_PER_REQUEST' }),
      provisioned: table('provisioned', {
        billing_mode: 'PROVISIONED',
        read_capacity: PROVISIONED * LARGE,
        write_capacity: 2_000,
      }),
    },
  },
};

function table(name: string, more: object): object {
  return { name, hash_key: 'id', attribute: [{ name: 'id', type: 'S' }], ...more };
}

let clock: ManualClock;
let folder = '';
let close: () => Promise<void>;
let client: DynamoDBClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ladder-throttling-'));
  await writeFile(join(folder, 'main.tf.json'), JSON.stringify(terraform));
  clock = manualClock(Date.UTC(2026, 10, 27));
  const system = await startLocal({ from: folder, port: 0, awsPort: 0, dataDirectory: null, clock, throttle: true });
  close = system.close;
  const { endpoints, credentials } = system;
  client = new DynamoDBClient({ endpoint: endpoints.aws, region: 'us-east-1', credentials, maxAttempts: 1 });
  const body = { S: 'x'.repeat(LARGE * 4_096 - 500) };
  for (const [TableName, ids] of Object.entries({ demand: ['hot', 'a', 'b', 'c', 'd'], provisioned: ['hot', 'a'] }))
    for (const id of ids) {
      await client.send(new PutItemCommand({ TableName, Item: { id: { S: id }, body } }));
      clock.advance(2_000);
    }
}, 30_000);

afterAll(async () => {
  client.destroy();
  await close();
  await rm(folder, { recursive: true });
});

/** Seconds, from 0, in which the engine refused a read of those that `idsAt` asks for. */
async function refusedByEngine(
  TableName: string,
  seconds: number,
  idsAt: (second: number) => readonly string[],
): Promise<number[]> {
  const refused: number[] = [];
  // Nothing is owed, and all that can be saved is.
  clock.advance(3_600_000);
  for (let second = 0; second < seconds; second += 1) {
    let some = false;
    for (const id of idsAt(second)) some = (await isRefused(TableName, id)) || some;
    if (some) refused.push(second);
    clock.advance(1_000);
  }
  return refused;
}

async function isRefused(TableName: string, id: string): Promise<boolean> {
  const command = new GetItemCommand({ TableName, Key: { id: { S: id } }, ConsistentRead: true });
  try {
    await client.send(command);
    return false;
  } catch (error) {
    if (error instanceof DynamoDBServiceException && /Throttling|ThroughputExceeded/.test(error.name)) return true;
    throw error;
  }
}

const repeated = (id: string, count: number): string[] => Array.from({ length: count }, () => id);
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

describe('the models and the local DynamoDB refuse in the same seconds', () => {
  test('one hot key, in the seconds of more than 3,000 units', async () => {
    const idsAt = (second: number): readonly string[] => repeated('hot', second === 2 || second === 3 ? 40 : 30);
    const model = hotKeys(value('partitionReads'));
    const expected = range(0, 6).filter((second) => {
      model.add(0, LARGE * idsAt(second).length);
      return model.settle().throttled > 0;
    });
    expect(expected).toEqual([2, 3]);
    expect(await refusedByEngine('demand', 6, idsAt)).toEqual([2, 3]);
  });

  test('the same load on several keys is nothing to either', async () => {
    const idsAt = (): readonly string[] => ['hot', 'a', 'b', 'c'].flatMap((id) => repeated(id, 10));
    const model = hotKeys(value('partitionReads'));
    for (const rank of [0, 1, 2, 3]) model.add(rank, 10 * LARGE);
    expect(model.settle().throttled).toBe(0);
    expect(await refusedByEngine('demand', 3, idsAt)).toEqual([]);
  });

  test('a new table on demand, beyond 12,000 units', async () => {
    const idsAt = (second: number): readonly string[] =>
      ['hot', 'a', 'b', 'c', 'd'].flatMap((id) => repeated(id, second === 1 ? 28 : 24));
    const capacity = capacityOf(onDemand, 'reads', () => false);
    const expected = range(0, 4).filter((second) => capacity.take(idsAt(second).length * LARGE, second) > 0);
    expect(expected).toEqual([1]);
    expect(await refusedByEngine('demand', 4, idsAt)).toEqual([1]);
  });

  test('a provisioned table, once what it saved in five minutes is gone', async () => {
    // Beyond its capacity it takes 1,000 units a second of the 60,000 that it saved.
    const idsAt = (): readonly string[] => repeated('hot', 12);
    const capacity = capacityOf(provisioned, 'reads', () => false);
    const expected = range(0, 64).filter((second) => capacity.take(idsAt().length * LARGE, second) > 0);
    expect(expected).toEqual([60, 61, 62, 63]);
    expect(await refusedByEngine('provisioned', 64, idsAt)).toEqual([60, 61, 62, 63]);
  });
});

const onDemand: Store = {
  warm: { reads: value('onDemandReads'), writes: value('onDemandWrites') },
  provisioned: null,
};
/** At its maximum: autoscaling does not run on a laptop. */
const fixed = { minimum: PROVISIONED * LARGE, scheduledMinimum: PROVISIONED * LARGE, maximum: PROVISIONED * LARGE };
const provisioned: Store = {
  warm: onDemand.warm,
  provisioned: { reads: { ...fixed, target: 0.7 }, writes: { ...fixed, target: 0.7 } },
};
