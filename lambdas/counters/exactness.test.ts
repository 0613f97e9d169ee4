import '../testing/environment.ts';
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test, vi } from 'vitest';
import { cancelled, MET, throttled, timedOut, type Reason } from '../testing/errors.ts';
import { follow, like, record } from '../testing/events.ts';
import { handler } from './handler.ts';

vi.mock('../shared/retry.ts', async (original) => ({ ...(await original<object>()), pauseAfter: async () => {} }));
vi.spyOn(console, 'log').mockReturnValue();
vi.spyOn(console, 'error').mockReturnValue();

interface Update {
  readonly Key: object;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeValues: Readonly<Record<string, number>>;
}
type Action = { readonly Put?: { readonly Item: { readonly operationId: string } }; readonly Update?: Update };

const dynamodb = mockClient(DynamoDBDocumentClient);
const markers = new Set<string>();
const counters = new Map<string, number>();
let random: () => number;

beforeEach(() => {
  markers.clear();
  counters.clear();
  dynamodb.reset();
  dynamodb.on(TransactWriteCommand).callsFake(({ TransactItems }: { TransactItems: Action[] }) => write(TransactItems));
});

/** A table that is throttled, contended, and whose answers are lost now and then, sometimes after it has written. */
function write(actions: readonly Action[]): object {
  const luck = random();
  if (luck < 0.03) throw throttled();
  if (luck < 0.06) throw cancelled(...actions.map(() => 'TransactionConflict'));
  const failed = actions.map((action) => isRefused(action));
  if (failed.some(Boolean)) throw cancelled(...failed.map((is, index) => (is ? refusal(actions[index]) : 'None')));
  for (const { Put, Update } of actions) {
    if (Put) markers.add(Put.Item.operationId);
    for (const [name, by] of changes(Update)) counters.set(name, (counters.get(name) ?? 0) + by);
  }
  if (luck < 0.1) throw timedOut();
  return {};
}

/** Everybody has a profile. */
function refusal(action: Action | undefined): Reason {
  return action?.Update ? { found: {} } : MET;
}

function isRefused({ Put, Update }: Action): boolean {
  if (Put) return markers.has(Put.Item.operationId);
  return changes(Update).some(([name, by]) => by < 0 && (counters.get(name) ?? 0) + by < 0);
}

function changes(update: Update | undefined): [string, number][] {
  return Object.entries(update?.ExpressionAttributeValues ?? {})
    .filter(([name]) => !name.endsWith('Floor'))
    .map(([name, by]) => [`${JSON.stringify(update?.Key)} ${name.slice(1)}`, by]);
}

/** A linear congruential generator: the same numbers for the same seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296) / 4_294_967_296;
}

/** 120 likes and follows by ten people, of which many are taken back; the edges that are left at the end. */
function history(): { records: DynamoDBRecord[]; edges: Map<string, ReturnType<typeof like>> } {
  const edges = new Map<string, ReturnType<typeof like>>();
  const records = Array.from({ length: 120 }, (_, n) => {
    const person = `user-${Math.floor(random() * 10)}`;
    const edge =
      random() < 0.5
        ? like(person, `p${Math.floor(random() * 3)}`)
        : follow(person, `star-${Math.floor(random() * 3)}`);
    const key = `${String(edge.userId)} ${String(edge.edge)}`;
    const exists = edges.delete(key);
    if (!exists) edges.set(key, edge);
    return record({ n: n + 100, ...(exists ? { before: edge } : { after: edge }) });
  });
  return { records, edges };
}

/** As Lambda does, from the first record that failed, until all are through; now and then from further back. */
async function deliver(records: readonly DynamoDBRecord[]): Promise<void> {
  for (let from = 0; from < records.length;) {
    const batch = records.slice(from, from + 1 + Math.floor(random() * 40));
    const { batchItemFailures } = await handler({ Records: batch });
    const failed = batchItemFailures[0]?.itemIdentifier;
    from +=
      failed === undefined ? batch.length : batch.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === failed);
    if (random() < 0.2) from = Math.max(0, from - Math.floor(random() * 60));
  }
}

/** Neighbours change places. */
function reordered(records: readonly DynamoDBRecord[]): DynamoDBRecord[] {
  return records
    .map((one, index) => ({ one, place: index + random() * 5 }))
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one);
}

function expected(edges: Iterable<ReturnType<typeof like>>): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (key: object, counter: string): void => {
    const name = `${JSON.stringify(key)} ${counter}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  };
  for (const { kind, userId, targetId } of edges) {
    if (kind === 'LIKE') add({ postId: targetId, item: 'STATS' }, 'likeCount');
    else {
      add({ userId: targetId }, 'followerCount');
      add({ userId }, 'followingCount');
    }
  }
  return counts;
}

test.each(Array.from({ length: 8 }, (_, seed) => seed + 1))(
  'counters equal the edges after duplicates, reordering, throttling, conflicts and lost answers (seed %i)',
  async (seed) => {
    random = seeded(seed);
    const { records, edges } = history();
    await deliver(reordered(records));
    expect(edges.size).toBeGreaterThan(5);
    const nonZero = new Map([...counters].filter(([, count]) => count !== 0));
    expect(new Map([...nonZero].sort())).toEqual(new Map([...expected(edges.values())].sort()));
    expect(Math.min(...counters.values())).toBeGreaterThanOrEqual(0);
  },
);
