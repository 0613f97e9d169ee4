import { describe, expect, it } from 'vitest';
import { byAuthor, get, openThings, put, refusal, START_SECOND } from './support/engine.ts';

const at = (second: number) => ({ ttl: { N: String(second) } });

describe('UpdateTimeToLive and DescribeTimeToLive', () => {
  it('switch on and off', () => {
    const engine = openThings();
    const describeIt = () => engine.run('DescribeTimeToLive', { TableName: 'Things' }).TimeToLiveDescription;
    const set = (AttributeName: string, Enabled: boolean) =>
      engine.run('UpdateTimeToLive', { TableName: 'Things', TimeToLiveSpecification: { AttributeName, Enabled } });
    expect(describeIt()).toEqual({ TimeToLiveStatus: 'DISABLED' });
    expect(refusal(() => set('ttl', false))).toBe('ValidationException: TimeToLive is already disabled');
    expect(set('ttl', true)).toEqual({ TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true } });
    expect(describeIt()).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'ttl' });
    expect(refusal(() => set('ttl', true))).toBe('ValidationException: TimeToLive is already enabled');
    expect(refusal(() => set('other', false))).toContain('TimeToLive is active on a different AttributeName');
    set('ttl', false);
    expect(describeIt()).toEqual({ TimeToLiveStatus: 'DISABLED' });
  });

  it('find the items that were there before', () => {
    const engine = openThings();
    put(engine, 'a', 1, at(START_SECOND));
    engine.run('UpdateTimeToLive', {
      TableName: 'Things',
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    });
    expect(engine.db.sweepExpired()).toBe(1);
  });
});

describe('sweepExpired', () => {
  it('deletes what has expired, with its index entries, and leaves the rest', () => {
    const engine = openThings({ ttlAttribute: 'ttl', indexes: [byAuthor()] });
    put(engine, 'a', 1, { ...at(START_SECOND + 10), author: { S: 'x' }, score: { N: '1' } });
    put(engine, 'a', 2, at(START_SECOND + 11));
    put(engine, 'a', 3, { ttl: { S: '1' } });
    put(engine, 'a', 4);
    expect(engine.db.sweepExpired()).toBe(0);
    engine.clock.advance(10_000);
    expect(get(engine, 'a', 1)).toBeDefined();
    expect(engine.db.sweepExpired()).toBe(1);
    expect([1, 2, 3, 4].map((n) => get(engine, 'a', n) !== undefined)).toEqual([false, true, true, true]);
    expect(engine.run('Scan', { TableName: 'Things', IndexName: 'byAuthor' }).Count).toBe(0);
  });

  it('follows a changed and a removed expiry', () => {
    const engine = openThings({ ttlAttribute: 'ttl' });
    put(engine, 'a', 1, at(START_SECOND - 1));
    put(engine, 'a', 1, at(START_SECOND + 1));
    put(engine, 'a', 2, at(START_SECOND - 1));
    put(engine, 'a', 2);
    expect(engine.db.sweepExpired()).toBe(0);
    engine.clock.advance(1000);
    expect(engine.db.sweepExpired()).toBe(1);
    expect(get(engine, 'a', 2)).toBeDefined();
  });

  it('leaves what expired more than five years ago', () => {
    const engine = openThings({ ttlAttribute: 'ttl' });
    put(engine, 'a', 1, at(START_SECOND - 5 * 365 * 86_400));
    put(engine, 'a', 2, at(START_SECOND - 5 * 365 * 86_400 + 1));
    expect(engine.db.sweepExpired()).toBe(1);
    expect(get(engine, 'a', 1)).toBeDefined();
  });

  it('sweeps more than one step of items', () => {
    const engine = openThings({ ttlAttribute: 'ttl' });
    for (let n = 0; n < 1203; n += 1) put(engine, 'a', n, at(START_SECOND));
    expect(engine.db.sweepExpired()).toBe(1203);
    expect(engine.db.sweepExpired()).toBe(0);
  });

  it('records the deletion as the service’s in the stream', () => {
    const engine = openThings({ ttlAttribute: 'ttl', stream: 'NEW_AND_OLD_IMAGES' });
    put(engine, 'a', 1, at(START_SECOND));
    engine.db.sweepExpired();
    const records = engine.db.stream('Things').read(null, 10);
    expect(records.map(({ eventName, userIdentity }) => [eventName, userIdentity])).toEqual([
      ['INSERT', undefined],
      ['REMOVE', { type: 'Service', principalId: 'dynamodb.amazonaws.com' }],
    ]);
  });
});
