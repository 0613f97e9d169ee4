import { describe, expect, it, vi } from 'vitest';
import { get, key, openThings, put, refusal, START_SECOND, type TestEngine } from './support/engine.ts';

const names = (engine: TestEngine) =>
  engine.db
    .stream('Things')
    .read(null, 100)
    .map(({ eventName }) => eventName);
const remove = (engine: TestEngine, n: number) => engine.run('DeleteItem', { TableName: 'Things', Key: key('a', n) });

describe('A stream', () => {
  it('tells each change in the shape of a Lambda event', () => {
    const engine = openThings({ stream: 'NEW_AND_OLD_IMAGES' });
    put(engine, 'a', 1, { v: { N: '1' } });
    put(engine, 'a', 1, { v: { N: '2' } });
    remove(engine, 1);
    const records = engine.db.stream('Things').read(null, 10);
    expect(records[1]).toEqual({
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      eventName: 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      dynamodb: {
        ApproximateCreationDateTime: START_SECOND,
        Keys: key('a', 1),
        NewImage: { ...key('a', 1), v: { N: '2' } },
        OldImage: { ...key('a', 1), v: { N: '1' } },
        SequenceNumber: '100000000000000000002',
        SizeBytes: 27,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
      eventSourceARN: 'arn:aws:dynamodb:us-east-1:123456789012:table/Things/stream/2026-01-01T00:00:00.000',
    });
    expect(
      records.map(({ eventName, dynamodb }) => [eventName, 'NewImage' in dynamodb, 'OldImage' in dynamodb]),
    ).toEqual([
      ['INSERT', true, false],
      ['MODIFY', true, true],
      ['REMOVE', false, true],
    ]);
    expect(new Set(records.map(({ eventID }) => eventID)).size).toBe(3);
  });

  it('shows the images of its view type', () => {
    const shown = (['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE'] as const).map((stream) => {
      const engine = openThings({ stream });
      put(engine, 'a', 1, { v: { N: '1' } });
      put(engine, 'a', 1, { v: { N: '2' } });
      const record = engine.db.stream('Things').read(null, 10)[1]?.dynamodb;
      return Object.keys(record ?? {}).filter((name) => name.endsWith('Image'));
    });
    expect(shown).toEqual([[], ['NewImage'], ['OldImage']]);
  });

  it('has no record of a write that changes nothing, whatever the order of names and members', () => {
    const engine = openThings({ stream: 'KEYS_ONLY' });
    put(engine, 'a', 1, { x: { SS: ['p', 'q'] }, y: { N: '1.0' } });
    put(engine, 'a', 1, { y: { N: '1' }, x: { SS: ['q', 'p'] } });
    engine.run('UpdateItem', { TableName: 'Things', Key: key('a', 1), UpdateExpression: 'REMOVE nowhere' });
    expect(names(engine)).toEqual(['INSERT']);
  });

  it('has no record of a refused write', () => {
    const engine = openThings({ stream: 'KEYS_ONLY' });
    const input = { TableName: 'Things', Item: key('a', 1), ConditionExpression: 'attribute_exists(pk)' };
    expect(refusal(() => engine.run('PutItem', input))).toMatch(/^Conditional/);
    expect(names(engine)).toEqual([]);
  });

  it('is read in pieces behind a sequence number', () => {
    const engine = openThings({ stream: 'KEYS_ONLY' });
    for (const n of [1, 2, 3, 4, 5]) put(engine, 'a', n);
    const stream = engine.db.stream('Things');
    const first = stream.read(null, 2);
    const second = stream.read(first[1]?.dynamodb.SequenceNumber ?? null, 10);
    expect(second.map(({ dynamodb }) => dynamodb.Keys)).toEqual([key('a', 3), key('a', 4), key('a', 5)]);
    expect(stream.latestSequenceNumber()).toBe(second[2]?.dynamodb.SequenceNumber);
    expect(stream.read(stream.latestSequenceNumber(), 10)).toEqual([]);
    expect(refusal(() => stream.read("1' OR 1", 10))).toMatch(/^ValidationException/);
  });

  it('keeps its records for 24 hours, and its numbers grow for ever', () => {
    const engine = openThings({ stream: 'KEYS_ONLY' });
    put(engine, 'a', 1);
    engine.clock.advance(24 * 3_600_000 - 1);
    put(engine, 'a', 2);
    expect(names(engine)).toHaveLength(2);
    engine.clock.advance(1);
    expect(names(engine)).toHaveLength(1);
    engine.clock.advance(24 * 3_600_000);
    engine.db.sweepExpired();
    expect(engine.db.stream('Things').latestSequenceNumber()).toBeNull();
    put(engine, 'a', 3);
    expect(engine.db.stream('Things').latestSequenceNumber()).toBe('100000000000000000003');
  });
});

describe('A stream’s listeners', () => {
  it('are called once for what one turn wrote, after the writer has gone on', async () => {
    const engine = openThings({ stream: 'KEYS_ONLY' });
    const listener = vi.fn();
    engine.db.stream('Things').onAppend(listener);
    put(engine, 'a', 1);
    put(engine, 'a', 2);
    expect(listener).not.toHaveBeenCalled();
    await Promise.resolve();
    expect(listener).toHaveBeenCalledTimes(1);
    put(engine, 'a', 3);
    await Promise.resolve();
    expect(listener).toHaveBeenCalledTimes(2);
  });

  it('see the whole transaction, and nothing of a cancelled one', async () => {
    const engine = openThings({ stream: 'KEYS_ONLY' });
    const seen: number[] = [];
    engine.db.stream('Things').onAppend(() => seen.push(names(engine).length));
    const actions = [1, 2, 3].map((n) => ({ Put: { TableName: 'Things', Item: key('a', n) } }));
    engine.run('TransactWriteItems', { TransactItems: actions });
    await Promise.resolve();
    expect(seen).toEqual([3]);
    const failing = {
      ConditionCheck: { TableName: 'Things', Key: key('a', 9), ConditionExpression: 'attribute_exists(pk)' },
    };
    const cancelled = [{ Put: { TableName: 'Things', Item: key('a', 4) } }, failing];
    expect(refusal(() => engine.run('TransactWriteItems', { TransactItems: cancelled }))).toMatch(/^Transaction/);
    await Promise.resolve();
    expect(seen).toEqual([3]);
    expect(get(engine, 'a', 4)).toBeUndefined();
  });

  it('can stop listening', async () => {
    const engine = openThings({ stream: 'KEYS_ONLY' });
    const listener = vi.fn();
    engine.db.stream('Things').onAppend(listener)();
    put(engine, 'a', 1);
    await Promise.resolve();
    expect(listener).not.toHaveBeenCalled();
  });
});
