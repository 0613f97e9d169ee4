import { afterEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../src/aws/error.ts';
import { arnOf, queue, START, withDeadLetters } from '../sqs/support/queues.ts';
import { queueSetting, type QueueSetting } from './queueSupport.ts';

let setting: QueueSetting;
afterEach(() => setting.close());

async function started(changes?: Parameters<QueueSetting['mapping']>[0], fed?: Parameters<QueueSetting['mapping']>[1]) {
  const mapping = setting.mapping(changes, fed);
  await mapping.start();
  return mapping;
}

/** Long enough for others to begin. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('a queue that feeds a function', () => {
  it('hands over what is there in batches, and forgets it when the function returns', async () => {
    setting = queueSetting();
    for (const body of ['a', 'b', 'c', 'd', 'e']) await setting.send(body);
    const jobs = await started({ batchSize: 2 }, { concurrency: 1 });
    await jobs.idle();
    expect(setting.batches).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
    setting.queues.clock.advance(3_600_000);
    expect(setting.visible()).toBe(0);
  });

  it('hands over what comes later, at once', async () => {
    setting = queueSetting();
    const jobs = await started();
    await setting.send('a');
    await jobs.idle();
    await setting.send('b');
    await jobs.idle();
    expect(setting.batches).toEqual([['a'], ['b']]);
  });

  it('gives the event that Lambda gives', async () => {
    setting = queueSetting();
    const jobs = await started();
    const messageId = await setting.send('{"photo":1}', {
      attributes: {
        kind: { DataType: 'String', StringValue: 'photo' },
        bytes: { DataType: 'Binary', BinaryValue: 'AP8=' },
      },
      traceHeader: 'Root=1-5759e988-bd862e3fe1be46a994272793',
    });
    await jobs.idle();
    expect(setting.events).toEqual([
      {
        Records: [
          {
            messageId,
            receiptHandle: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/),
            body: '{"photo":1}',
            attributes: {
              ApproximateReceiveCount: '1',
              AWSTraceHeader: 'Root=1-5759e988-bd862e3fe1be46a994272793',
              SentTimestamp: String(START),
              SenderId: 'AROAABCDEFGHIJKLMNOPQ:handler',
              ApproximateFirstReceiveTimestamp: String(START),
            },
            messageAttributes: {
              kind: { stringValue: 'photo', stringListValues: [], binaryListValues: [], dataType: 'String' },
              bytes: { binaryValue: 'AP8=', stringListValues: [], binaryListValues: [], dataType: 'Binary' },
            },
            md5OfBody: '1ce736efc99fa06008315119d0d6d578',
            md5OfMessageAttributes: 'f8a3cac0e942353db53ba20d95ad26f1',
            eventSource: 'aws:sqs',
            eventSourceARN: arnOf('jobs'),
            awsRegion: 'ap-northeast-1',
          },
        ],
      },
    ]);
  });

  it('asks with the role of the function for what Lambda needs', async () => {
    setting = queueSetting();
    await started();
    expect(setting.asked.slice(0, 3)).toEqual(
      ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map(
        (action) => `api.aws_iam_role.handler sqs:${action} ${arnOf('jobs')}`,
      ),
    );
  });

  it('stops the start when the role may not delete', async () => {
    setting = queueSetting();
    setting.denied.add('sqs:DeleteMessage');
    await expect(setting.mapping().start()).rejects.toThrow(
      'api.aws_lambda_event_source_mapping.jobs: api.aws_iam_role.handler lacks sqs:DeleteMessage',
    );
  });

  it('says so to whoever waits when the role loses a permission', async () => {
    setting = queueSetting();
    const jobs = await started();
    await setting.send('before');
    await jobs.idle();
    setting.denied.add('sqs:ReceiveMessage');
    await setting.send('a');
    await expect(jobs.idle()).rejects.toMatchObject({ code: 'AccessDeniedException' });
    expect(setting.visible()).toBe(1);
  });

  it('does not wait for what is delayed, and hands it over when its time has come', async () => {
    setting = queueSetting();
    const jobs = await started();
    await setting.send('later', { delaySeconds: 60 });
    await jobs.idle();
    expect(setting.batches).toEqual([]);
    setting.queues.clock.advance(60_000);
    await jobs.idle();
    expect(setting.batches).toEqual([['later']]);
  });
});

describe('batches', () => {
  it('run five at a time', async () => {
    setting = queueSetting();
    for (let number = 0; number < 20; number += 1) await setting.send(`m${number}`);
    setting.behave(() => turns(20));
    const jobs = await started({ batchSize: 1 });
    await jobs.idle();
    expect([setting.batches.length, setting.mostAtOnce()]).toEqual([20, 5]);
  });

  it.each([
    ['the maximum concurrency of the mapping', { maximumConcurrency: 2 }, {}, 2],
    ['the concurrency of the function', {}, { concurrency: 3 }, 3],
  ])('run no more at a time than %s', async (_what, changes, fed, most) => {
    setting = queueSetting();
    for (let number = 0; number < 20; number += 1) await setting.send(`m${number}`);
    setting.behave(() => turns(20));
    const jobs = await started({ batchSize: 1, ...changes }, fed);
    await jobs.idle();
    expect([setting.batches.length, setting.mostAtOnce()]).toEqual([20, most]);
  });

  it('wait for more in their window, until they are full or the window is over', async () => {
    setting = queueSetting();
    const jobs = await started({ batchSize: 3, maximumBatchingWindowInSeconds: 20 });
    await setting.send('a');
    await setting.timers.waitingFor(20_000);
    await setting.send('b');
    await setting.send('c');
    await expect.poll(() => setting.batches).toEqual([['a', 'b', 'c']]);
    await setting.send('d');
    await setting.timers.waitingFor(20_000);
    setting.timers.fire(20_000);
    await expect.poll(() => setting.batches.at(-1)).toEqual(['d']);
    await jobs.idle();
  });

  it('go out before the end of their window when somebody waits for everything', async () => {
    setting = queueSetting();
    const jobs = await started({ batchSize: 100, maximumBatchingWindowInSeconds: 300 });
    await setting.send('a');
    await setting.timers.waitingFor(300_000);
    await jobs.idle();
    expect(setting.batches).toEqual([['a']]);
  });

  it('are never larger than an event may be', async () => {
    setting = queueSetting([queue({ maximumMessageBytes: 1_048_576 })]);
    // Each doubles as JSON.
    for (let number = 0; number < 8; number += 1) await setting.send('"'.repeat(1_000_000));
    const jobs = await started({ batchSize: 10 });
    await jobs.idle();
    expect(setting.batches.map(({ length }) => length)).toEqual([3, 2, 3]);
  });
});

describe('filters', () => {
  it('let pass what fits, and delete the rest', async () => {
    setting = queueSetting();
    const pattern = JSON.stringify({ body: { kind: ['photo'], size: [{ numeric: ['>', 100] }] } });
    for (const [kind, size] of [
      ['photo', 200],
      ['photo', 50],
      ['text', 200],
    ]) {
      await setting.send(JSON.stringify({ kind, size }));
    }
    const jobs = await started({ filterPatterns: [pattern] });
    await jobs.idle();
    expect(setting.batches).toEqual([['{"kind":"photo","size":200}']]);
    setting.queues.clock.advance(3_600_000);
    expect(setting.visible()).toBe(0);
  });

  it.each<[string, object, string, boolean]>([
    ['plain text against a list of texts', { body: ['go'] }, 'go', true],
    ['other plain text', { body: ['go'] }, 'stop', false],
    ['plain text against an object', { body: { a: [1] } }, 'go', false],
    ['JSON against a list of texts', { body: [{ prefix: '{' }] }, '{"a":1}', false],
    ['JSON against an object', { body: { a: [1] } }, '{"a":1}', true],
    ['a number, which is plain text', { body: ['5'] }, '5', true],
    ['anything, when the body is not asked for', { awsRegion: ['ap-northeast-1'] }, 'go', true],
  ])('take %s as Lambda does', async (_what, pattern, body, passes) => {
    setting = queueSetting();
    await setting.send(body);
    const jobs = await started({ filterPatterns: [JSON.stringify(pattern)] });
    await jobs.idle();
    expect(setting.batches).toEqual(passes ? [[body]] : []);
  });
});

describe('a function that fails', () => {
  it('gets its batch again after the visibility timeout, with the count of receptions', async () => {
    setting = queueSetting();
    setting.behave(() => {
      if (setting.batches.length === 1) throw new Error('not yet');
    });
    await setting.send('a');
    const jobs = await started();
    await jobs.idle();
    expect(setting.logged).toEqual([
      expect.stringMatching(
        /^api\.aws_lambda_event_source_mapping\.jobs: 1 of 1 messages failed \([0-9a-f-]{36}\): .*not yet/,
      ),
    ]);
    setting.queues.clock.advance(29_999);
    await jobs.idle();
    expect(setting.batches.length).toBe(1);
    setting.queues.clock.advance(1);
    await jobs.idle();
    expect(setting.events.map(({ Records }) => Records[0]?.attributes.ApproximateReceiveCount)).toEqual(['1', '2']);
    setting.queues.clock.advance(3_600_000);
    expect(setting.visible()).toBe(0);
  });

  it('always for one message loses only that one, to the dead-letter queue', async () => {
    setting = queueSetting(withDeadLetters(3));
    setting.behave((records) => {
      if (records.some(({ body }) => body === 'poison')) throw new Error('poison');
    });
    for (const body of ['a', 'poison', 'b']) await setting.send(body);
    const jobs = await started({ batchSize: 1 });
    for (let time = 0; time < 4; time += 1) {
      await jobs.idle();
      setting.queues.clock.advance(30_000);
    }
    await jobs.idle();
    expect(setting.batches.flat().sort()).toEqual(['a', 'b', 'poison', 'poison', 'poison']);
    const [dead] = setting.queues.sqs.source(arnOf('dead')).receive({ maximumMessages: 10, maximumBytes: 1_000 });
    expect([dead?.body, dead?.deadLetterSourceArn]).toEqual(['poison', arnOf('jobs')]);
  });

  it('for some messages gets only these again', async () => {
    setting = queueSetting();
    setting.behave((records) => ({
      batchItemFailures: records
        .filter(({ body, attributes }) => body === 'b' && attributes.ApproximateReceiveCount === '1')
        .map(({ messageId }) => ({ itemIdentifier: messageId })),
    }));
    for (const body of ['a', 'b', 'c']) await setting.send(body);
    const jobs = await started({ functionResponseTypes: ['ReportBatchItemFailures'] });
    await jobs.idle();
    expect(setting.logged[0]).toMatch(/: 1 of 3 messages failed \([0-9a-f-]{36}\): reported by the function$/);
    setting.queues.clock.advance(30_000);
    await jobs.idle();
    expect(setting.batches).toEqual([['a', 'b', 'c'], ['b']]);
  });

  it.each<[string, unknown, number]>([
    ['nothing', null, 0],
    ['no failures', { batchItemFailures: [] }, 0],
    ['a null list', { batchItemFailures: null }, 0],
    ['another object', { ok: true }, 0],
    ['an empty identifier', { batchItemFailures: [{ itemIdentifier: '' }] }, 2],
    ['another key', { batchItemFailures: [{ id: '1' }] }, 2],
    ['an identifier of no message', { batchItemFailures: [{ itemIdentifier: 'x' }] }, 2],
    ['a text', 'ok', 2],
  ])('by its report of %s gets back as many as Lambda gives back', async (_what, report, back) => {
    setting = queueSetting();
    setting.behave(() => report);
    await setting.send('a');
    await setting.send('b');
    const jobs = await started({ functionResponseTypes: ['ReportBatchItemFailures'] });
    await jobs.idle();
    setting.queues.clock.advance(30_000);
    expect(setting.visible()).toBe(back);
    setting.behave(() => null);
    await jobs.idle();
  });

  it('without asking for reports has succeeded, whatever it returns', async () => {
    setting = queueSetting();
    setting.behave((records) => ({ batchItemFailures: [{ itemIdentifier: records[0]!.messageId }] }));
    await setting.send('a');
    const jobs = await started();
    await jobs.idle();
    setting.queues.clock.advance(30_000);
    expect(setting.visible()).toBe(0);
  });

  it('to run, being throttled, is called again while the messages are hidden, and they are not counted as received', async () => {
    setting = queueSetting();
    setting.behave(() => {
      if (setting.batches.length < 3)
        throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', { statusCode: 429 });
    });
    await setting.send('a');
    const jobs = await started();
    for (const pause of [100, 200]) {
      await setting.timers.waitingFor(pause);
      setting.timers.fire(pause);
    }
    await jobs.idle();
    expect(setting.events.map(({ Records }) => Records[0]?.attributes.ApproximateReceiveCount)).toEqual([
      '1',
      '1',
      '1',
    ]);
    expect(setting.visible()).toBe(0);
  });

  it('to run until the messages are visible again, lets go of them', async () => {
    setting = queueSetting();
    setting.behave(() => {
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', { statusCode: 429 });
    });
    await setting.send('a');
    await started();
    await setting.timers.waitingFor(100);
    setting.behave(() => null);
    setting.queues.clock.advance(30_000);
    setting.timers.fire(100);
    await expect
      .poll(() => setting.events.map(({ Records }) => Records[0]?.attributes.ApproximateReceiveCount))
      .toEqual(['1', '2']);
  });
});

describe('a mapping that AWS would refuse', () => {
  it.each<[Parameters<QueueSetting['mapping']>[0], { timeoutSeconds?: number }, string]>([
    [{ batchSize: 10_001 }, {}, 'batch_size 10001 must be between 1 and 10000'],
    [{ batchSize: 11 }, {}, 'a batch_size of more than 10 needs maximum_batching_window_in_seconds of 1 or more'],
    [{ maximumBatchingWindowInSeconds: 301 }, {}, 'maximum_batching_window_in_seconds 301 must be between 0 and 300'],
    [{ maximumConcurrency: 1 }, {}, 'maximum_concurrency 1 must be between 2 and 1000'],
    [{ functionResponseTypes: ['All'] }, {}, 'unknown function_response_types element All'],
    [{ filterPatterns: ['{"body":{"a":1}}'] }, {}, 'Invalid filter pattern definition.'],
    [{}, { timeoutSeconds: 31 }, 'Queue visibility timeout: 30 seconds is less than Function timeout: 31 seconds'],
  ])('%j, %j', (changes, fed, message) => {
    setting = queueSetting();
    expect(() => setting.mapping(changes, fed)).toThrow(`api.aws_lambda_event_source_mapping.jobs: ${message}`);
  });
});

describe('stop', () => {
  it('waits for the batches that are with the function, and takes no more', async () => {
    setting = queueSetting();
    const work = Promise.withResolvers<void>();
    setting.behave(() => work.promise);
    await setting.send('a');
    const jobs = await started();
    await expect.poll(() => setting.batches.length).toBe(1);
    const stopped = jobs.stop();
    await setting.send('b');
    work.resolve();
    await stopped;
    expect([setting.batches, setting.visible()]).toEqual([[['a']], 1]);
    setting.queues.clock.advance(30_000);
    expect(setting.visible()).toBe(1);
    await expect(jobs.idle()).rejects.toThrow('is not running');
  });
});
