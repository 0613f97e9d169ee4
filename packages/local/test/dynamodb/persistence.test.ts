import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  byAuthor,
  get,
  key,
  openEngine,
  put,
  refusal,
  sortKeys,
  START_SECOND,
  things,
  type TestEngine,
} from './support/engine.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hiroba-dynamodb-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (engine?: TestEngine) => openEngine({ file: join(folder, 'test.sqlite'), clock: engine?.clock });

describe('A reopened database', () => {
  it('has its tables, items, indexes, expiries and streams', () => {
    const before = open();
    before.db.provision(things({ indexes: [byAuthor()], ttlAttribute: 'ttl', stream: 'KEYS_ONLY' }));
    put(before, 'a', 1, { author: { S: 'x' }, score: { N: '1' }, ttl: { N: String(START_SECOND) } });
    put(before, 'a', 2, { author: { S: 'x' }, score: { N: '2' } });
    const position = before.db.stream('Things').latestSequenceNumber();
    before.close();
    const after = open(before);
    expect(after.db.listTables()).toEqual(['Things']);
    expect(get(after, 'a', 1)).toMatchObject(key('a', 1));
    expect(sortKeys(after.run('Scan', { TableName: 'Things', IndexName: 'byAuthor' }))).toEqual([1, 2]);
    expect(after.db.sweepExpired()).toBe(1);
    const news = after.db.stream('Things').read(position, 10);
    expect(news.map(({ eventName, dynamodb }) => [eventName, dynamodb.Keys])).toEqual([['REMOVE', key('a', 1)]]);
    after.close();
  });

  it('goes on counting sequence numbers when all records are gone', () => {
    const before = open();
    before.db.provision(things({ stream: 'KEYS_ONLY' }));
    put(before, 'a', 1);
    before.clock.advance(25 * 3_600_000);
    before.db.sweepExpired();
    before.close();
    const after = open(before);
    put(after, 'a', 2);
    expect(after.db.stream('Things').latestSequenceNumber()).toBe('100000000000000000002');
    after.close();
  });

  it('remembers request tokens', () => {
    const TransactItems = [
      {
        Update: {
          TableName: 'Things',
          Key: key('a', 1),
          UpdateExpression: 'ADD n :one',
          ExpressionAttributeValues: { ':one': { N: '1' } },
        },
      },
    ];
    const before = open();
    before.db.provision(things());
    before.run('TransactWriteItems', { TransactItems, ClientRequestToken: 't' });
    before.close();
    const after = open(before);
    after.run('TransactWriteItems', { TransactItems, ClientRequestToken: 't' });
    expect(get(after, 'a', 1)).toEqual({ ...key('a', 1), n: { N: '1' } });
    after.close();
  });

  it('gives a table made after a deleted one none of its items', () => {
    const before = open();
    before.db.provision(things());
    put(before, 'a', 1);
    before.run('DeleteTable', { TableName: 'Things' });
    before.close();
    const after = open(before);
    expect(refusal(() => get(after, 'a', 1))).toMatch(/^ResourceNotFoundException/);
    after.db.provision(things());
    expect(get(after, 'a', 1)).toBeUndefined();
    after.close();
  });
});
