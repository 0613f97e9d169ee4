import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { key, openThings, put, refusal, START_SECOND, type TestEngine } from './support/engine.ts';

const ARN = 'arn:aws:dynamodb:us-east-1:123456789012:table/Things/stream/2026-01-01T00:00:00.000';
const SHARD = 'shardId-00000001767225600000-00000000';
const HOUR = 60 * 60 * 1000;

/** Three changes, numbered from 1. */
function changed(): TestEngine {
  const engine = openThings({ stream: 'NEW_AND_OLD_IMAGES' });
  for (const n of [1, 2, 3]) put(engine, 'a', n);
  return engine;
}

const numberOf = (n: number): string => `1${String(n).padStart(20, '0')}`;

function iterator(engine: TestEngine, input: JsonObject): string {
  const answer = engine.run('GetShardIterator', { StreamArn: ARN, ShardId: SHARD, ...input });
  return String(answer.ShardIterator);
}

function read(engine: TestEngine, ShardIterator: string, Limit = 1000) {
  const answer = engine.run('GetRecords', { ShardIterator, Limit });
  const records = answer.Records as { dynamodb: { SequenceNumber: string } }[];
  return { numbers: records.map(({ dynamodb }) => dynamodb.SequenceNumber), next: String(answer.NextShardIterator) };
}

describe('The API of streams', () => {
  it('lists them', () => {
    const { run } = changed();
    const listed = { StreamArn: ARN, StreamLabel: '2026-01-01T00:00:00.000', TableName: 'Things' };
    expect(run('ListStreams', {})).toEqual({ Streams: [listed] });
    expect(run('ListStreams', { TableName: 'Things', ExclusiveStartStreamArn: ARN })).toEqual({ Streams: [] });
  });

  it('describes one, with its only shard', () => {
    expect(changed().run('DescribeStream', { StreamArn: ARN })).toEqual({
      StreamDescription: {
        StreamArn: ARN,
        StreamLabel: '2026-01-01T00:00:00.000',
        StreamStatus: 'ENABLED',
        StreamViewType: 'NEW_AND_OLD_IMAGES',
        CreationRequestDateTime: START_SECOND,
        TableName: 'Things',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        Shards: [{ ShardId: SHARD, SequenceNumberRange: { StartingSequenceNumber: numberOf(1) } }],
      },
    });
  });

  it('gives records as they are stored, without the ARN that an event of Lambda has', () => {
    const engine = changed();
    const answer = engine.run('GetRecords', {
      ShardIterator: iterator(engine, { ShardIteratorType: 'TRIM_HORIZON' }),
      Limit: 1,
    });
    expect(answer.Records).toEqual([
      {
        eventID: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        eventName: 'INSERT',
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: 'us-east-1',
        dynamodb: {
          ApproximateCreationDateTime: START_SECOND,
          Keys: key('a', 1),
          NewImage: key('a', 1),
          SequenceNumber: numberOf(1),
          SizeBytes: 14,
          StreamViewType: 'NEW_AND_OLD_IMAGES',
        },
      },
    ]);
  });

  it.each([
    ['TRIM_HORIZON', undefined, [1, 2, 3, 4]],
    ['AT_SEQUENCE_NUMBER', 2, [2, 3, 4]],
    ['AFTER_SEQUENCE_NUMBER', 2, [3, 4]],
    ['LATEST', undefined, [4]],
  ])('reads from %s', (ShardIteratorType, at, expected) => {
    const engine = changed();
    const start = iterator(engine, {
      ShardIteratorType,
      ...(at === undefined ? {} : { SequenceNumber: numberOf(at) }),
    });
    put(engine, 'a', 4);
    expect(read(engine, start).numbers).toEqual(expected.map(numberOf));
  });

  it('goes on from page to page, and waits at the end', () => {
    const engine = changed();
    const first = read(engine, iterator(engine, { ShardIteratorType: 'TRIM_HORIZON' }), 2);
    const second = read(engine, first.next, 2);
    const third = read(engine, second.next, 2);
    put(engine, 'a', 4);
    const fourth = read(engine, third.next, 2);
    expect([first, second, third, fourth].map(({ numbers }) => numbers)).toEqual([
      [numberOf(1), numberOf(2)],
      [numberOf(3)],
      [],
      [numberOf(4)],
    ]);
  });

  it('gives at most 1 MB at a time', () => {
    const engine = openThings({ stream: 'NEW_IMAGE' });
    for (const n of [1, 2, 3, 4]) put(engine, 'a', n, { text: { S: 'x'.repeat(390_000) } });
    const first = read(engine, iterator(engine, { ShardIteratorType: 'TRIM_HORIZON' }));
    expect(first.numbers).toEqual([numberOf(1), numberOf(2)]);
    expect(read(engine, first.next).numbers).toEqual([numberOf(3), numberOf(4)]);
  });

  it('names who deleted an item in capitals', () => {
    const engine = openThings({ stream: 'KEYS_ONLY', ttlAttribute: 'expiresAt' });
    put(engine, 'a', 1, { expiresAt: { N: String(START_SECOND + 60) } });
    engine.clock.advance(HOUR);
    engine.db.sweepExpired();
    const answer = engine.run('GetRecords', { ShardIterator: iterator(engine, { ShardIteratorType: 'TRIM_HORIZON' }) });
    expect(answer.Records).toMatchObject([
      { eventName: 'INSERT' },
      { eventName: 'REMOVE', userIdentity: { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' } },
    ]);
  });

  it('no longer has what is older than a day', () => {
    const engine = changed();
    const old = iterator(engine, { ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber: numberOf(1) });
    engine.clock.advance(24 * HOUR);
    expect(
      refusal(() => iterator(engine, { ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber: numberOf(1) })),
    ).toBe('TrimmedDataAccessException: The operation attempted to read past the oldest stream record in a shard.');
    expect(refusal(() => read(engine, old))).toMatch(/^ExpiredIteratorException: /);
  });

  it.each([
    [{ ShardIteratorType: 'AT_SEQUENCE_NUMBER' }, /^ValidationException: Must specify a SequenceNumber/],
    [
      { ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber: numberOf(9) },
      /^ValidationException: Invalid SequenceNumber/,
    ],
    [{ ShardIteratorType: 'SOMEWHERE' }, /^ValidationException: 1 validation error detected/],
    [
      { ShardIteratorType: 'LATEST', ShardId: 'shardId-00000000000000000000-00000000' },
      /^ResourceNotFoundException: Requested resource not found: Shard/,
    ],
    [{ ShardIteratorType: 'LATEST', StreamArn: `${ARN}1` }, /^ResourceNotFoundException: .* Stream: arn:aws/],
  ])('refuses an iterator of %j', (input, expected) => {
    const engine = changed();
    expect(refusal(() => iterator(engine, input))).toMatch(expected);
  });

  it.each(['nonsense', `${ARN}|1|bm9uc2Vuc2U`, `${ARN}|1|eyJhZnRlciI6MX0`])('refuses %j as an iterator', (text) => {
    expect(refusal(() => read(changed(), text))).toBe('ValidationException: Invalid ShardIterator');
  });

  it('asks for the permission on the stream', () => {
    const engine = changed();
    const { db } = engine;
    const ShardIterator = iterator(engine, { ShardIteratorType: 'LATEST' });
    expect(db.access('GetRecords', { ShardIterator })).toEqual([{ action: 'dynamodb:GetRecords', resource: ARN }]);
    expect(db.access('DescribeStream', { StreamArn: ARN })).toEqual([
      { action: 'dynamodb:DescribeStream', resource: ARN },
    ]);
    expect(db.access('ListStreams', {})).toEqual([{ action: 'dynamodb:ListStreams', resource: '*' }]);
  });
});
