import { describe, expect, it } from 'vitest';
import { AwsError } from '../../src/aws/error.ts';
import { failOn, setting, type Behaviour } from './streamSupport.ts';

const reporting =
  (...poison: string[]): Behaviour =>
  (names) => ({
    batchItemFailures: names.flatMap((name) =>
      poison.includes(name) ? [{ itemIdentifier: sequenceNumberOf(name) }] : [],
    ),
  });

/** Records are named r1, r2, ... in the tests that report failures. */
const sequenceNumberOf = (name: string): string => String(100 + Number(name.slice(1)));

const REPORTS = { functionResponseTypes: ['ReportBatchItemFailures'] } as const;

describe('a function that fails', () => {
  it('is called again with the same batch, after longer and longer pauses, before any later record', async () => {
    const { stream, mapping, batches, behave, timers, checkpoints } = setting();
    let calls = 0;
    behave(() => {
      calls += 1;
      if (calls <= 3) throw new Error('not yet');
    });
    const posts = mapping({ batchSize: 2 });
    await posts.start();
    stream.append('a', 'b', 'c');
    const idle = posts.idle();
    for (const pause of [100, 200, 400]) {
      await timers.waitingFor(pause);
      expect(checkpoints.saved.get('m1')).toBe('0');
      timers.fire(pause);
    }
    await idle;
    expect(batches).toEqual([['a', 'b'], ['a', 'b'], ['a', 'b'], ['a', 'b'], ['c']]);
    await posts.stop();
  });

  it('loses the batch after the last retry, with the reason in the log', async () => {
    const { stream, mapping, batches, behave, timers, logged } = setting();
    behave(failOn('b'));
    stream.append('a', 'b', 'c');
    const posts = mapping({ batchSize: 2, maximumRetryAttempts: 1 });
    await posts.start();
    await timers.waitingFor(100);
    timers.fire(100);
    await posts.idle();
    expect(batches).toEqual([['a', 'b'], ['a', 'b'], ['c']]);
    expect(logged.at(-1)).toMatch(
      /^api\.aws_lambda_event_source_mapping\.posts: Records 101 to 102 \(2\) dropped after 2 attempts: .*poison in a,b/,
    );
    await posts.stop();
  });

  it('loses only the record that fails when batches are split', async () => {
    const { stream, mapping, batches, behave, logged } = setting();
    behave(failOn('c'));
    stream.append('a', 'b', 'c', 'd', 'e');
    const posts = mapping({ bisectBatchOnFunctionError: true, maximumRetryAttempts: 0 });
    await posts.start();
    await posts.idle();
    expect(batches).toEqual([['a', 'b', 'c', 'd', 'e'], ['a', 'b', 'c'], ['a', 'b'], ['c'], ['d', 'e']]);
    expect(logged).toEqual([expect.stringContaining('Record 103 dropped after 1 attempts')]);
    await posts.stop();
  });

  it('loses what gets too old meanwhile', async () => {
    const { stream, mapping, batches, behave, timers, clock, logged } = setting();
    behave(failOn('old'));
    const posts = mapping({ maximumRecordAgeInSeconds: 60 });
    await posts.start();
    stream.append('old');
    clock.advance(40_000);
    await timers.waitingFor(100);
    stream.append('new');
    clock.advance(40_000);
    timers.fire(100);
    await posts.idle();
    expect(batches).toEqual([['old'], ['new']]);
    expect(logged.at(-1)).toContain('Record 101 dropped as older than 60 seconds');
    await posts.stop();
  });

  it('gives up after the 24 hours that a stream keeps its records', async () => {
    const { stream, mapping, behave, timers, clock, logged } = setting();
    behave(failOn('a'));
    const posts = mapping();
    await posts.start();
    stream.append('a');
    await timers.waitingFor(100);
    clock.advance(86_400_001 + 1000);
    timers.fire(100);
    await posts.idle();
    expect(logged.at(-1)).toContain('dropped as older than 86400 seconds');
    await posts.stop();
  });

  it('is not counted as failed while it is throttled', async () => {
    const { stream, mapping, batches, behave, timers } = setting();
    let calls = 0;
    behave(() => {
      calls += 1;
      if (calls <= 2) throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', { statusCode: 429 });
    });
    const posts = mapping({ maximumRetryAttempts: 0 });
    await posts.start();
    stream.append('a');
    await timers.waitingFor(100);
    timers.fire(100);
    await timers.waitingFor(200);
    timers.fire(200);
    await posts.idle();
    expect(batches).toEqual([['a'], ['a'], ['a']]);
    await posts.stop();
  });
});

describe('ReportBatchItemFailures', () => {
  it('goes on at the lowest reported record and keeps what succeeded before it', async () => {
    const { stream, mapping, batches, behave, timers, checkpoints } = setting();
    behave(reporting('r3', 'r2'));
    stream.append('r1', 'r2', 'r3', 'r4');
    const posts = mapping(REPORTS);
    await posts.start();
    await timers.waitingFor(100);
    expect(checkpoints.saved.get('m1')).toBe('101');
    behave(reporting());
    timers.fire(100);
    await posts.idle();
    expect(batches).toEqual([
      ['r1', 'r2', 'r3', 'r4'],
      ['r2', 'r3', 'r4'],
    ]);
    await posts.stop();
  });

  it('with splitting, loses only the record that goes on failing', async () => {
    const { stream, mapping, batches, behave, logged } = setting();
    behave(reporting('r2'));
    stream.append('r1', 'r2', 'r3', 'r4');
    const posts = mapping({ ...REPORTS, bisectBatchOnFunctionError: true, maximumRetryAttempts: 0 });
    await posts.start();
    await posts.idle();
    expect(batches).toEqual([['r1', 'r2', 'r3', 'r4'], ['r2', 'r3', 'r4'], ['r2', 'r3'], ['r2'], ['r3'], ['r4']]);
    expect(logged).toEqual([expect.stringContaining('Record 102 dropped')]);
    await posts.stop();
  });

  it.each([
    ['null', null],
    ['an empty object', {}],
    ['a null list', { batchItemFailures: null }],
    ['an empty list', { batchItemFailures: [] }],
  ])('takes %s as success', async (_what, response) => {
    const { stream, mapping, behave, checkpoints } = setting();
    behave(() => response);
    const posts = mapping(REPORTS);
    await posts.start();
    stream.append('r1');
    await posts.idle();
    expect(checkpoints.saved.get('m1')).toBe('101');
    await posts.stop();
  });

  it.each([
    ['an empty identifier', { batchItemFailures: [{ itemIdentifier: '' }] }],
    ['a null identifier', { batchItemFailures: [{ itemIdentifier: null }] }],
    ['another key', { batchItemFailures: [{ id: '102' }] }],
    ['an identifier of no record', { batchItemFailures: [{ itemIdentifier: '999' }] }],
    ['a text', 'ok'],
  ])('takes %s as failure of the whole batch', async (_what, response) => {
    const { stream, mapping, batches, behave, timers, checkpoints } = setting();
    behave(() => response);
    const posts = mapping(REPORTS);
    await posts.start();
    stream.append('r1', 'r2');
    await timers.waitingFor(100);
    expect(checkpoints.saved.get('m1')).toBe('0');
    timers.fire(100);
    await timers.waitingFor(200);
    expect(batches).toEqual([
      ['r1', 'r2'],
      ['r1', 'r2'],
    ]);
    await posts.stop();
  });

  it('is not read when the mapping does not ask for it', async () => {
    const { stream, mapping, behave, checkpoints } = setting();
    behave(reporting('r1'));
    const posts = mapping();
    await posts.start();
    stream.append('r1');
    await posts.idle();
    expect(checkpoints.saved.get('m1')).toBe('101');
    await posts.stop();
  });
});

describe('records that are given up', () => {
  const QUEUE = 'arn:aws:sqs:ap-northeast-1:123456789012:failed';

  it('are noted in the failure queue, with where they are in the stream', async () => {
    const { stream, mapping, behave, timers, told } = setting();
    behave(failOn('b'));
    stream.append('a', 'b', 'c');
    const posts = mapping({ batchSize: 2, maximumRetryAttempts: 1, onFailureQueueArn: QUEUE });
    await posts.start();
    await timers.waitingFor(100);
    timers.fire(100);
    await posts.idle();
    expect(told).toEqual([
      {
        queueArn: QUEUE,
        role: 'api.aws_iam_role.handler',
        record: {
          requestContext: {
            requestId: 'request-2',
            functionArn: 'arn:aws:lambda:ap-northeast-1:123456789012:function:work',
            condition: 'RetryAttemptsExhausted',
            approximateInvokeCount: 2,
          },
          responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
          version: '1.0',
          timestamp: '2026-01-01T00:00:00.000Z',
          DDBStreamBatchInfo: {
            shardId: 'shardId-00000001767225600000-00000000',
            startSequenceNumber: '101',
            endSequenceNumber: '102',
            approximateArrivalOfFirstRecord: '2026-01-01T00:00:00Z',
            approximateArrivalOfLastRecord: '2026-01-01T00:00:00Z',
            batchSize: 2,
            streamArn: stream.arn,
          },
        },
      },
    ]);
    await posts.stop();
  });

  it('one by one, when batches are split, are noted one by one', async () => {
    const { stream, mapping, behave, told } = setting();
    behave(failOn('b', 'd'));
    stream.append('a', 'b', 'c', 'd');
    const posts = mapping({ bisectBatchOnFunctionError: true, maximumRetryAttempts: 0, onFailureQueueArn: QUEUE });
    await posts.start();
    await posts.idle();
    const noted = told.map(({ record }) => record.DDBStreamBatchInfo as { startSequenceNumber: string });
    expect(noted.map(({ startSequenceNumber }) => startSequenceNumber)).toEqual(['102', '104']);
    await posts.stop();
  });

  it('as too old are noted as that', async () => {
    const { stream, mapping, behave, timers, clock, told } = setting();
    behave(failOn('old'));
    const posts = mapping({ maximumRecordAgeInSeconds: 60, onFailureQueueArn: QUEUE });
    await posts.start();
    stream.append('old');
    await timers.waitingFor(100);
    clock.advance(61_000);
    timers.fire(100);
    await posts.idle();
    expect(told[0]?.record.requestContext).toMatchObject({ condition: 'RecordAgeExceeded', approximateInvokeCount: 1 });
    await posts.stop();
  });

  it('are given up all the same when the queue refuses, which is logged', async () => {
    const { stream, mapping, behave, denied, logged, checkpoints } = setting();
    behave(failOn('a'));
    denied.add('sqs:SendMessage');
    const posts = mapping({ maximumRetryAttempts: 0, onFailureQueueArn: QUEUE });
    await posts.start();
    stream.append('a');
    await posts.idle();
    expect(logged.at(-1)).toContain(`${QUEUE} was not told of it: AccessDeniedException: no sqs:SendMessage`);
    expect(checkpoints.saved.get('m1')).toBe('101');
    await posts.stop();
  });
});
