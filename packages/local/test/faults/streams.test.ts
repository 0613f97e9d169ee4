import { describe, expect, it } from 'vitest';
import { createFaults, type FaultOptions } from '../../src/faults/faults.ts';
import { shardsOf, streamFaults, together } from '../../src/faults/streams.ts';
import type { EventStream, StreamRecord } from '../../src/services/lambda/index.ts';
import { setting } from '../lambda/streamSupport.ts';

const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

function faulty(rates: FaultOptions['rates'], most = 1) {
  const faults = createFaults({ seed: 'seed', rates, most });
  const around = setting();
  const mapping = around.mapping({}, streamFaults(faults, 'api.aws_lambda_event_source_mapping.posts'));
  return { ...around, mapping, counts: () => faults.counts() };
}

describe('a batch of a stream', () => {
  it('comes whole and once without faults', async () => {
    const { stream, mapping, batches, counts } = faulty({ streamCut: 0, streamDelayed: 0, streamRedelivered: 0 });
    stream.append(...LETTERS);
    await mapping.start();
    await mapping.idle();
    await mapping.stop();
    expect(batches).toEqual([LETTERS]);
    expect(Object.values(counts()).every((count) => count === 0)).toBe(true);
  });

  it('is cut, and the rest comes next, in order', async () => {
    const { stream, mapping, batches, counts } = faulty({ streamCut: 1 });
    stream.append(...LETTERS);
    await mapping.start();
    await mapping.idle();
    await mapping.stop();
    expect(batches.length).toBeGreaterThan(1);
    expect(batches.flat()).toEqual(LETTERS);
    expect(counts().streamCut).toBeGreaterThan(0);
  });

  it('comes again after it succeeded, with what came meanwhile', async () => {
    const { stream, mapping, batches, behave, counts } = faulty({ streamRedelivered: 1 });
    stream.append('a', 'b');
    behave((names) => {
      if (batches.length === 1) stream.append('c');
      return names.length;
    });
    await mapping.start();
    await mapping.idle();
    await mapping.stop();
    // The second time it is forgotten again, for its last record is another.
    expect(batches).toEqual([
      ['a', 'b'],
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
    ]);
    expect(counts().streamRedelivered).toBe(2);
  });

  it('that comes again may be cut elsewhere', async () => {
    const { stream, mapping, batches } = faulty({ streamRedelivered: 1, streamCut: 0.5 }, 2);
    stream.append(...LETTERS);
    await mapping.start();
    await mapping.idle();
    await mapping.stop();
    const firsts = batches.filter(([first]) => first === 'a').map(({ length }) => length);
    expect(new Set(firsts).size).toBeGreaterThan(1);
    expect([...new Set(batches.flat())]).toEqual(LETTERS);
  });

  it('waits before it is delivered', async () => {
    const { stream, mapping, batches, timers, counts } = faulty({ streamDelayed: 1 });
    stream.append('a');
    await mapping.start();
    while (timers.delays().length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(batches).toEqual([]);
    timers.fire(timers.delays()[0]!);
    await mapping.idle();
    await mapping.stop();
    expect(batches).toEqual([['a']]);
    expect(counts().streamDelayed).toBe(1);
  });
});

/** Records 1, 2, 3 ... with these partition keys. */
function keyedStream(keys: readonly string[]): EventStream {
  const records = keys.map((key, index): StreamRecord & { dynamodb: { Keys: unknown } } => ({
    eventID: `e${index + 1}`,
    eventName: 'MODIFY',
    dynamodb: { SequenceNumber: String(101 + index), ApproximateCreationDateTime: 0, Keys: { pk: { S: key } } },
  }));
  return {
    arn: 'arn:aws:dynamodb:eu-central-1:123456789012:table/posts/stream/label',
    shardId: 'shardId-00000001767225600000-00000000',
    read: (after, limit) =>
      records.filter(({ dynamodb }) => after === null || dynamodb.SequenceNumber > after).slice(0, limit),
    latestSequenceNumber: () => records.at(-1)?.dynamodb.SequenceNumber ?? null,
    onAppend: () => () => undefined,
  };
}

const numbersIn = (shard: EventStream): string[] => shard.read(null, 100).map(({ eventID }) => eventID);

describe('shards', () => {
  const KEYS = ['mori', 'sei', 'aki', 'mori', 'sei', 'ren', 'mori', 'umi'];

  it('have each record once, and all of one partition key in order', () => {
    const shards = shardsOf(keyedStream(KEYS), { count: 3, partitionKey: 'pk' });
    const read = shards.map(numbersIn);
    expect(read.flat().toSorted()).toEqual(['e1', 'e2', 'e3', 'e4', 'e5', 'e6', 'e7', 'e8']);
    expect(read.filter(({ length }) => length > 0).length).toBeGreaterThan(1);
    const withMori = read.find((events) => events.includes('e1')) ?? [];
    expect(withMori.filter((event) => ['e1', 'e4', 'e7'].includes(event))).toEqual(['e1', 'e4', 'e7']);
  });

  it('are read page by page, past the records of others', () => {
    const [first, second] = shardsOf(keyedStream(KEYS), { count: 2, partitionKey: 'pk' });
    for (const shard of [first!, second!]) {
      const pages: string[] = [];
      for (let after: string | null = null; ;) {
        const page = shard.read(after, 1);
        if (page.length === 0) break;
        pages.push(...page.map(({ eventID }) => eventID));
        after = page.at(-1)!.dynamodb.SequenceNumber;
      }
      expect(pages).toEqual(numbersIn(shard));
    }
  });

  it('are the stream itself when there is one', () => {
    const stream = keyedStream(KEYS);
    expect(shardsOf(stream, { count: 1, partitionKey: 'pk' })).toEqual([stream]);
  });

  it('go on while another one is held up', async () => {
    const around = [setting(), setting()];
    const [slow, fast] = around.map(({ mapping }) => mapping());
    const held = Promise.withResolvers<void>();
    around[0]!.behave(() => held.promise);
    for (const { stream } of around) stream.append('a', 'b');
    const both = together([slow!, fast!]);
    await both.start();
    await fast!.idle();
    expect(around.map(({ batches }) => batches)).toEqual([[['a', 'b']], [['a', 'b']]]);
    let isIdle = false;
    const idle = both.idle().then(() => (isIdle = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(isIdle).toBe(false);
    held.resolve();
    await idle;
    await both.stop();
  });
});
