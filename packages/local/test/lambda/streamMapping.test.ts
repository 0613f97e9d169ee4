import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { sqliteCheckpoints } from '../../src/services/lambda/index.ts';
import { DEFAULTS, failOn, setting, STREAM_ARN } from './streamSupport.ts';

describe('a stream mapping', () => {
  it('calls the function with the records in order, in batches of the given size', async () => {
    const { stream, mapping, batches } = setting();
    stream.append('a', 'b', 'c', 'd', 'e');
    const posts = mapping({ batchSize: 2 });
    await posts.start();
    await posts.idle();
    expect(batches).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
    await posts.stop();
  });

  it('is called for what is appended later', async () => {
    const { stream, mapping, batches } = setting();
    const posts = mapping();
    await posts.start();
    await posts.idle();
    stream.append('a');
    await posts.idle();
    stream.append('b', 'c');
    await posts.idle();
    expect(batches).toEqual([['a'], ['b', 'c']]);
    await posts.stop();
  });

  it('loses nothing that is appended while the function runs', async () => {
    const { stream, mapping, batches, behave } = setting();
    const posts = mapping({ batchSize: 1 });
    behave((names) => void (names[0] === 'a' && stream.append('b', 'c')));
    await posts.start();
    stream.append('a');
    await posts.idle();
    await posts.idle();
    expect(batches).toEqual([['a'], ['b'], ['c']]);
    await posts.stop();
  });

  it('starts at the end with LATEST, and only the first time', async () => {
    const { stream, mapping, batches } = setting();
    stream.append('before');
    const first = mapping({ startingPosition: 'LATEST' });
    await first.start();
    await first.stop();
    stream.append('while stopped');
    const second = mapping({ startingPosition: 'LATEST' });
    await second.start();
    await second.idle();
    expect(batches).toEqual([['while stopped']]);
    await second.stop();
  });

  it('starts at the end with LATEST of an empty stream, too', async () => {
    const { stream, mapping, batches } = setting();
    const first = mapping({ startingPosition: 'LATEST' });
    await first.start();
    await first.stop();
    stream.append('while stopped');
    const second = mapping({ startingPosition: 'LATEST' });
    await second.start();
    await second.idle();
    expect(batches).toEqual([['while stopped']]);
    await second.stop();
  });

  it('goes on behind its checkpoint after a restart, and repeats what had not succeeded', async () => {
    const { stream, mapping, batches, behave, timers } = setting();
    stream.append('a', 'b', 'c');
    behave(failOn('b'));
    const first = mapping({ batchSize: 1 });
    await first.start();
    await timers.waitingFor(100);
    await first.stop();
    behave(() => null);
    const second = mapping({ batchSize: 1 });
    await second.start();
    await second.idle();
    expect(batches).toEqual([['a'], ['b'], ['b'], ['c']]);
    await second.stop();
  });

  it('keeps its checkpoint in SQLite', () => {
    const database = new DatabaseSync(':memory:');
    const checkpoints = sqliteCheckpoints(database);
    expect(checkpoints.load('m1')).toBeNull();
    checkpoints.save('m1', '100');
    checkpoints.save('m1', '101');
    checkpoints.save('m2', '7');
    expect(sqliteCheckpoints(database).load('m1')).toBe('101');
    expect(sqliteCheckpoints(database).load('m2')).toBe('7');
  });

  it('skips what no filter takes, and moves the checkpoint past it', async () => {
    const { stream, mapping, batches, checkpoints } = setting();
    stream.append('post-1', 'tag-1', 'post-2', 'tag-2');
    const posts = mapping({ filterPatterns: ['{"dynamodb":{"NewImage":{"name":{"S":[{"prefix":"post"}]}}}}'] });
    await posts.start();
    await posts.idle();
    expect(batches).toEqual([['post-1', 'post-2']]);
    expect(checkpoints.saved.get('m1')).toBe('104');
    stream.append('tag-3');
    await posts.idle();
    expect(batches).toHaveLength(1);
    expect(checkpoints.saved.get('m1')).toBe('105');
    await posts.stop();
  });

  it('cuts batches at six megabytes', async () => {
    const { stream, mapping, batches } = setting();
    const big = (letter: string): string => letter.repeat(2_500_000);
    stream.append(big('a'), big('b'), big('c'));
    const posts = mapping();
    await posts.start();
    await posts.idle();
    expect(batches.map((names) => names.map((name) => name[0]))).toEqual([['a', 'b'], ['c']]);
    await posts.stop();
  });
});

describe('a batching window', () => {
  it('gathers records until it ends', async () => {
    const { stream, mapping, batches, timers } = setting();
    const posts = mapping({ maximumBatchingWindowInSeconds: 5 });
    await posts.start();
    stream.append('a');
    await timers.waitingFor(5000);
    stream.append('b');
    await new Promise((resolve) => setImmediate(resolve));
    expect(batches).toEqual([]);
    timers.fire(5000);
    while (batches.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(batches).toEqual([['a', 'b']]);
    await posts.stop();
  });

  it('ends early when the batch is full', async () => {
    const { stream, mapping, batches, timers } = setting();
    const posts = mapping({ maximumBatchingWindowInSeconds: 5, batchSize: 2 });
    await posts.start();
    stream.append('a');
    await timers.waitingFor(5000);
    stream.append('b');
    while (batches.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(batches).toEqual([['a', 'b']]);
    expect(timers.delays()).toEqual([]);
    await posts.stop();
  });

  it('ends early for whoever waits for idle', async () => {
    const { stream, mapping, batches } = setting();
    const posts = mapping({ maximumBatchingWindowInSeconds: 300 });
    await posts.start();
    stream.append('a');
    await posts.idle();
    expect(batches).toEqual([['a']]);
    await posts.stop();
  });
});

describe('permission to read the stream', () => {
  it.each(['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream'])(
    'is needed at the start: %s',
    async (action) => {
      const { mapping, denied } = setting();
      denied.add(action);
      await expect(mapping().start()).rejects.toMatchObject({
        code: 'AccessDeniedException',
        message: `api.aws_lambda_event_source_mapping.posts: api.aws_iam_role.handler lacks ${action} on ${STREAM_ARN}`,
      });
    },
  );

  it('is asked for again before each read, and comes back without a restart', async () => {
    const { stream, mapping, denied, timers, batches } = setting();
    const posts = mapping();
    await posts.start();
    stream.append('first');
    await posts.idle();
    denied.add('dynamodb:GetRecords');
    stream.append('a');
    await expect(posts.idle()).rejects.toMatchObject({ code: 'AccessDeniedException' });
    expect(batches).toEqual([['first']]);
    denied.clear();
    await timers.waitingFor(5000);
    const idle = posts.idle();
    timers.fire(5000);
    await idle;
    expect(batches).toEqual([['first'], ['a']]);
    await posts.stop();
  });
});

describe('stopping', () => {
  it('waits for the call that runs, and starts no other', async () => {
    const { stream, mapping, batches, behave } = setting();
    const running = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    behave(() => (begun.resolve(), running.promise));
    const posts = mapping({ batchSize: 1 });
    await posts.start();
    stream.append('a', 'b');
    await begun.promise;
    const stopped = posts.stop();
    running.resolve();
    await stopped;
    expect(batches).toEqual([['a']]);
  });

  it('does not wait for a pause, and tells those who wait for idle', async () => {
    const { stream, mapping, behave, timers } = setting();
    behave(failOn('a'));
    const posts = mapping();
    await posts.start();
    stream.append('a');
    const idle = expect(posts.idle()).rejects.toThrow('was stopped');
    await timers.waitingFor(100);
    await posts.stop();
    await idle;
    expect(timers.delays()).toEqual([]);
    await expect(posts.idle()).rejects.toThrow('is not running');
  });
});

describe('a mapping that cannot be', () => {
  it.each([
    [{ tumblingWindowInSeconds: 30 }, 'NotEmulated', 'tumbling window'],
    [{ startingPosition: 'AT_TIMESTAMP' }, 'InvalidParameterValueException', 'starting_position AT_TIMESTAMP'],
    [{ batchSize: 10_001 }, 'InvalidParameterValueException', 'batchSize 10001 must be between 1 and 10000'],
    [{ maximumRecordAgeInSeconds: 30 }, 'InvalidParameterValueException', 'at least 60'],
    [{ functionResponseTypes: ['Other'] }, 'InvalidParameterValueException', 'Other'],
    [{ filterPatterns: ['{"a":[{"like":"b"}]}'] }, 'InvalidParameterValueException', 'unrecognized operator "like"'],
  ])('is refused with the address: %j', (changes, code, message) => {
    const { mapping } = setting();
    expect(() => mapping(changes)).toThrow(expect.objectContaining({ code }));
    expect(() => mapping(changes)).toThrow(message);
    expect(() => mapping(changes)).toThrow(DEFAULTS.address);
  });
});
