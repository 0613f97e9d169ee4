import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { GROUP, NOW, startLogs } from './support.ts';

describe('FilterLogEvents', () => {
  it('answers events in the order of their times, with their stream', async () => {
    const { call, put, clock } = await startLogs();
    put('second', 'a');
    clock.set(NOW - 1_000);
    put('first', 'b');
    const answer = await call('FilterLogEvents', { logGroupName: GROUP });
    expect(answer).toEqual({
      events: [
        {
          logStreamName: 'b',
          timestamp: NOW - 1_000,
          message: 'first',
          ingestionTime: NOW - 1_000,
          eventId: `${NOW - 1_000}${'2'.padStart(40, '0')}`,
        },
        {
          logStreamName: 'a',
          timestamp: NOW,
          message: 'second',
          ingestionTime: NOW,
          eventId: `${NOW}${'1'.padStart(40, '0')}`,
        },
      ],
      searchedLogStreams: [],
    });
  });

  it('keeps to a time, both ends included, and to streams', async () => {
    const { put, clock, messages } = await startLogs();
    for (const name of ['a1', 'a2', 'b1']) {
      put(name, name);
      clock.advance(1_000);
    }
    expect(await messages({ startTime: NOW + 1_000, endTime: NOW + 1_000 })).toEqual(['a2']);
    expect(await messages({ startTime: NOW + 1_001 })).toEqual(['b1']);
    expect(await messages({ logStreamNames: ['b1', 'a1'] })).toEqual(['a1', 'b1']);
    expect(await messages({ logStreamNamePrefix: 'a' })).toEqual(['a1', 'a2']);
    expect(
      await messages({ logGroupName: null as never, logGroupIdentifier: `arn:aws:logs:x:1:log-group:${GROUP}:*` }),
    ).toEqual(['a1', 'a2', 'b1']);
  });

  it('goes on page by page, also while new events come', async () => {
    const { call, put } = await startLogs();
    for (let number = 1; number <= 5; number++) put(`event ${number}`);
    const pages: unknown[][] = [];
    let nextToken: string | undefined;
    do {
      const answer = await call('FilterLogEvents', { logGroupName: GROUP, limit: 2, ...(nextToken && { nextToken }) });
      pages.push((answer['events'] as JsonObject[]).map(({ message }) => message));
      nextToken = answer['nextToken'] as string | undefined;
      if (pages.length === 1) put('event 6');
    } while (nextToken !== undefined);
    expect(pages).toEqual([
      ['event 1', 'event 2'],
      ['event 3', 'event 4'],
      ['event 5', 'event 6'],
    ]);
  });

  it('answers a megabyte at most', async () => {
    const { call, put } = await startLogs();
    for (let number = 0; number < 6; number++) put('x'.repeat(250_000));
    const first = await call('FilterLogEvents', { logGroupName: GROUP });
    expect(first['events']).toHaveLength(4);
    const second = await call('FilterLogEvents', { logGroupName: GROUP, nextToken: first['nextToken'] ?? '' });
    expect(second['events']).toHaveLength(2);
  });

  it.each<[JsonObject, string]>([
    [{ logGroupName: '/app/none' }, 'ResourceNotFoundException: The specified log group does not exist.'],
    [{}, 'InvalidParameterException: logGroupName must be given'],
    [{ logGroupName: GROUP, limit: 0 }, 'InvalidParameterException: limit must be a whole number between 1 and 10000'],
    [{ logGroupName: GROUP, startTime: -1 }, 'InvalidParameterException: startTime must be'],
    [{ logGroupName: GROUP, nextToken: 'x' }, 'InvalidParameterException: The specified nextToken is invalid.'],
    [{ logGroupName: GROUP, logStreamNames: ['a'], logStreamNamePrefix: 'a' }, 'InvalidParameterException: Give'],
    [{ logGroupName: GROUP, unmask: true }, 'NotEmulated: logs: unmask is not emulated'],
  ])('refuses %j', async (input, message) => {
    const { call } = await startLogs();
    await expect(call('FilterLogEvents', input)).rejects.toThrow(message);
  });
});

describe('GetLogEvents', () => {
  const texts = (answer: JsonObject) => (answer['events'] as JsonObject[]).map(({ message }) => message);

  it('reads one stream from its end or its head, and goes on in both directions', async () => {
    const { call, put } = await startLogs();
    for (let number = 1; number <= 4; number++) put(`event ${number}`);
    put('elsewhere', 'other');
    const get = (input: JsonObject) =>
      call('GetLogEvents', { logGroupName: GROUP, logStreamName: 's', limit: 2, ...input });
    const end = await get({});
    expect(texts(end)).toEqual(['event 3', 'event 4']);
    expect(texts(await get({ nextToken: end['nextBackwardToken'] ?? '' }))).toEqual(['event 1', 'event 2']);
    const head = await get({ startFromHead: true });
    expect(texts(head)).toEqual(['event 1', 'event 2']);
    const forward = await get({ nextToken: head['nextForwardToken'] ?? '' });
    expect(texts(forward)).toEqual(['event 3', 'event 4']);
    const over = await get({ nextToken: forward['nextForwardToken'] ?? '' });
    // The same token again says that there is no more.
    expect([texts(over), over['nextForwardToken']]).toEqual([[], forward['nextForwardToken']]);
  });

  it('refuses a stream that is not there', async () => {
    const { call } = await startLogs();
    await expect(call('GetLogEvents', { logGroupName: GROUP, logStreamName: 'none' })).rejects.toThrow(
      'ResourceNotFoundException: The specified log stream does not exist.',
    );
  });
});

describe('descriptions', () => {
  it('tell of groups, in pages and by their names', async () => {
    const { call, put } = await startLogs();
    put('12345');
    const answer = await call('DescribeLogGroups', { limit: 1 });
    expect(answer).toEqual({
      logGroups: [
        {
          logGroupName: '/app/one',
          creationTime: NOW,
          metricFilterCount: 0,
          arn: 'arn:aws:logs:ap-northeast-1:123456789012:log-group:/app/one:*',
          logGroupArn: 'arn:aws:logs:ap-northeast-1:123456789012:log-group:/app/one',
          storedBytes: 31,
          logGroupClass: 'STANDARD',
        },
      ],
      nextToken: '/app/one',
    });
    const names = async (input: JsonObject) =>
      ((await call('DescribeLogGroups', input))['logGroups'] as JsonObject[]).map(({ logGroupName }) => logGroupName);
    expect(await names({ nextToken: '/app/one' })).toEqual(['/app/two']);
    expect(await names({ logGroupNamePrefix: '/app/t' })).toEqual(['/app/two']);
    expect(await names({ logGroupNamePattern: 'TWO' })).toEqual(['/app/two']);
  });

  it('tell of the streams of a group', async () => {
    const { call, put, clock } = await startLogs();
    put('1', 'a');
    clock.advance(1_000);
    put('2', 'a');
    put('3', 'b');
    const { logStreams } = await call('DescribeLogStreams', { logGroupName: GROUP, logStreamNamePrefix: 'a' });
    expect(logStreams).toEqual([
      expect.objectContaining({ logStreamName: 'a', firstEventTimestamp: NOW, lastEventTimestamp: NOW + 1_000 }),
    ]);
  });
});

describe('what is kept', () => {
  it('is as old as the retention of the group at most, by the local clock', async () => {
    const { put, clock, messages } = await startLogs();
    const read = () => messages({ logGroupName: '/app/two' });
    put('old', 's', '/app/two');
    clock.advance(6 * 24 * 3_600_000);
    put('new', 's', '/app/two');
    expect(await read()).toEqual(['old', 'new']);
    clock.advance(24 * 3_600_000);
    expect(await read()).toEqual(['new']);
  });

  it('is bounded in number and in bytes, and an event in its length', async () => {
    const { put, messages } = await startLogs();
    for (let number = 1; number <= 10_001; number++) put(String(number));
    const numbers = await messages({});
    expect(numbers).toHaveLength(5_000);
    expect(numbers.at(-1)).toBe('10001');
    put('x'.repeat(1_000_000));
    expect(String((await messages({})).at(-1))).toHaveLength(256 * 1024);
    for (let number = 0; number < 20; number++) put('y'.repeat(200_000));
    expect((await messages({ filterPattern: 'y' })).length).toBeLessThan(11);
  });

  it('survives a change of the Terraform as long as the group is there', async () => {
    const { logs, put, call, messages } = await startLogs();
    put('kept');
    const definition = { name: GROUP, arn: 'arn', address: 'app.aws_cloudwatch_log_group.one', retentionDays: 1 };
    logs.replace([definition]);
    expect(await messages({})).toEqual(['kept']);
    await expect(call('FilterLogEvents', { logGroupName: '/app/two' })).rejects.toThrow('ResourceNotFoundException');
  });
});

it('reading is asked for by the ARN of the group', async () => {
  const { call, put, port } = await startLogs();
  put('x');
  await call('DescribeLogGroups');
  await call('DescribeLogStreams', { logGroupName: GROUP });
  await call('FilterLogEvents', { logGroupName: GROUP });
  await call('GetLogEvents', { logGroupName: GROUP, logStreamName: 's' });
  const arn = 'arn:aws:logs:ap-northeast-1:123456789012:log-group:/app/one:log-stream:';
  expect(port.judged.map(({ action, resource }) => [action, resource])).toEqual([
    ['logs:DescribeLogGroups', '*'],
    ['logs:DescribeLogStreams', arn],
    ['logs:FilterLogEvents', arn],
    ['logs:GetLogEvents', `${arn}s`],
  ]);
});
