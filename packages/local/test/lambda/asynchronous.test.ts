import { afterEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../src/aws/error.ts';
import { manualClock, movableClock } from '../../src/clock.ts';
import { openDatabase } from '../../src/database.ts';
import { type AsynchronousConfiguration, DEFAULT_ASYNCHRONOUS } from '../../src/services/lambda/index.ts';
import { functionOf, role, startLambda, type TestLambda, type TestLambdaOptions } from './support.ts';

const START = Date.parse('2026-01-01T00:00:00Z');
const ARN = 'arn:aws:lambda:ap-northeast-1:123456789012:function:work';
const DEAD = 'arn:aws:sqs:ap-northeast-1:123456789012:dead';
const FAILED = 'arn:aws:sqs:ap-northeast-1:123456789012:failed';
const DONE = 'arn:aws:sqs:ap-northeast-1:123456789012:done';

/** Fails as often as the event says. */
const COUNTS = `let calls = 0; export const handler = async ({ failures }) => {
  calls += 1; console.log('call', calls);
  if (calls <= failures) throw new Error('not yet');
  return { calls };
};`;

const started: TestLambda[] = [];
afterEach(async () => {
  for (const { lambda } of started.splice(0)) await lambda.close();
});

function start(options: TestLambdaOptions = {}): TestLambda {
  const clock = movableClock(manualClock(START));
  clock.set(START);
  const running = startLambda({ clock, ...options });
  started.push(running);
  return running;
}

function provision(
  { lambda }: TestLambda,
  asynchronous: Partial<AsynchronousConfiguration> = {},
  changes: Parameters<typeof functionOf>[1] & { readonly source?: string } = {},
): void {
  const { source = COUNTS, ...rest } = changes;
  lambda.provision(functionOf(source, { asynchronous: { ...DEFAULT_ASYNCHRONOUS, ...asynchronous }, ...rest }));
}

const messages = ({ lines }: TestLambda): string[] => lines.map(({ message }) => message);

describe('an asynchronous event', () => {
  it('is answered at once and run in the background', async () => {
    const running = start();
    provision(running);
    const input = { FunctionName: 'work', InvocationType: 'Event', Payload: '{"failures":0}' };
    expect(await running.lambda.call('Invoke', input, role)).toEqual({ StatusCode: 202, Payload: '' });
    expect(messages(running)).toEqual([]);
    await running.lambda.idle();
    expect(messages(running)).toEqual(['call 1']);
  });

  it('is tried again after one minute and after two, by the local clock', async () => {
    const running = start();
    const { lambda, clock } = running;
    provision(running);
    await lambda.invoke('work', '{"failures":2}', 'Event');
    await lambda.idle();
    clock.advance(59_999);
    await lambda.idle();
    expect(messages(running)).toEqual(['call 1']);
    clock.advance(1);
    await lambda.idle();
    clock.advance(119_999);
    await lambda.idle();
    expect(messages(running)).toEqual(['call 1', 'call 2']);
    clock.advance(1);
    await lambda.idle();
    expect(messages(running)).toEqual(['call 1', 'call 2', 'call 3']);
  });

  it('is dropped after two retries, with the reason in the log', async () => {
    const running = start();
    const { lambda, clock } = running;
    provision(running);
    await lambda.invoke('work', '{"failures":9}', 'Event');
    for (let minute = 0; minute < 10; minute += 1) {
      await lambda.idle();
      clock.advance(60_000);
    }
    expect(messages(running).slice(0, 3)).toEqual(['call 1', 'call 2', 'call 3']);
    expect(messages(running)[3]).toMatch(/^Asynchronous event dropped \(RetriesExhausted\): .*not yet/);
    expect(messages(running)).toHaveLength(4);
  });

  it('is tried as often as its function says', async () => {
    const running = start();
    provision(running, { maximumRetryAttempts: 0 });
    await running.lambda.invoke('work', '{"failures":9}', 'Event');
    await running.lambda.idle();
    running.clock.advance(3_600_000);
    await running.lambda.idle();
    expect(messages(running).filter((line) => line.startsWith('call'))).toEqual(['call 1']);
  });

  it('is dropped when it has become too old to be tried again', async () => {
    const running = start();
    const { lambda, clock } = running;
    provision(running, { maximumEventAgeSeconds: 60, onFailureQueueArn: FAILED });
    await lambda.invoke('work', '{"failures":9}', 'Event');
    await lambda.idle();
    clock.advance(60_001);
    await lambda.idle();
    expect(messages(running).filter((line) => line.startsWith('call'))).toEqual(['call 1']);
    expect(JSON.parse(running.sent[0]?.body ?? '')).toMatchObject({
      requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 1 },
      responsePayload: { errorMessage: 'not yet' },
    });
  });

  it('has one request id for all its attempts', async () => {
    const running = start();
    provision(
      running,
      {},
      {
        source: `export const handler = async (event, { awsRequestId }) => {
      console.log(awsRequestId); throw new Error('no');
    };`,
      },
    );
    await running.lambda.invoke('work', '{}', 'Event');
    await running.lambda.idle();
    running.clock.advance(60_000);
    await running.lambda.idle();
    const ids = running.lines.filter(({ level }) => level === 'INFO').map(({ message }) => message);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('keeps the trace that it was given', async () => {
    const running = start();
    provision(running, {}, { source: `export const handler = async () => console.log(process.env._X_AMZN_TRACE_ID);` });
    const trace = 'Root=1-5759e988-bd862e3fe1be46a994272793';
    await running.lambda.invoke('work', '{}', 'Event', trace);
    await running.lambda.idle();
    expect(messages(running)[0]).toContain(trace);
  });

  it('waits for its turn when a reservation is used up', async () => {
    const running = start();
    provision(
      running,
      {},
      {
        source: `let running = 0; export const handler = async () => {
        running += 1; await new Promise((resolve) => setImmediate(resolve)); console.log(running); running -= 1;
      };`,
        reservedConcurrency: 1,
      },
    );
    for (let number = 0; number < 5; number += 1) await running.lambda.invoke('work', '{}', 'Event');
    await running.lambda.idle();
    expect(messages(running)).toEqual(['1', '1', '1', '1', '1']);
  });
});

describe('the outcome of an event', () => {
  it('goes to the success destination', async () => {
    const running = start();
    provision(running, { onSuccessQueueArn: DONE, onFailureQueueArn: FAILED, deadLetterQueueArn: DEAD });
    await running.lambda.invoke('work', '{"failures":0}', 'Event');
    await running.lambda.idle();
    expect(running.sent.map(({ queueArn, role: sender, body }) => [queueArn, sender, JSON.parse(body)])).toEqual([
      [
        DONE,
        role.arn,
        {
          version: '1.0',
          timestamp: '2026-01-01T00:00:00.000Z',
          requestContext: {
            requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
            functionArn: `${ARN}:$LATEST`,
            condition: 'Success',
            approximateInvokeCount: 1,
          },
          requestPayload: { failures: 0 },
          responseContext: { statusCode: 200, executedVersion: '$LATEST' },
          responsePayload: { calls: 1 },
        },
      ],
    ]);
  });

  it('goes to the failure destination, and the event itself to the dead-letter queue', async () => {
    const running = start();
    provision(running, {
      maximumRetryAttempts: 1,
      onSuccessQueueArn: DONE,
      onFailureQueueArn: FAILED,
      deadLetterQueueArn: DEAD,
    });
    await running.lambda.invoke('work', '{"failures":9}', 'Event');
    await running.lambda.idle();
    expect(running.sent).toEqual([]);
    running.clock.advance(60_000);
    await running.lambda.idle();
    const [record, letter] = running.sent;
    expect(running.sent.map(({ queueArn }) => queueArn)).toEqual([FAILED, DEAD]);
    expect(JSON.parse(record?.body ?? '')).toEqual({
      version: '1.0',
      timestamp: '2026-01-01T00:01:00.000Z',
      requestContext: {
        requestId: letter?.attributes?.RequestID?.StringValue,
        functionArn: `${ARN}:$LATEST`,
        condition: 'RetriesExhausted',
        approximateInvokeCount: 2,
      },
      requestPayload: { failures: 9 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: 'Error', errorMessage: 'not yet', trace: expect.anything() },
    });
    expect([letter?.body, letter?.attributes]).toEqual([
      '{"failures":9}',
      {
        RequestID: { DataType: 'String', StringValue: expect.stringMatching(/^[0-9a-f-]{36}$/) },
        ErrorCode: { DataType: 'Number', StringValue: '200' },
        ErrorMessage: { DataType: 'String', StringValue: 'not yet' },
      },
    ]);
  });

  it('of a function that may not run goes to the dead-letter queue without an attempt', async () => {
    const running = start();
    provision(running, { deadLetterQueueArn: DEAD, onFailureQueueArn: FAILED }, { reservedConcurrency: 0 });
    await running.lambda.invoke('work', '{"failures":0}', 'Event');
    await running.lambda.idle();
    expect(running.sent.map(({ queueArn }) => queueArn)).toEqual([FAILED, DEAD]);
    expect(JSON.parse(running.sent[0]?.body ?? '')).toMatchObject({
      requestContext: { condition: 'ZeroReservedConcurrency', approximateInvokeCount: 0 },
    });
    expect(messages(running)).toEqual(['Asynchronous event dropped (ZeroReservedConcurrency): not run']);
  });

  it('tells no more than the first kilobyte of an error', async () => {
    const running = start();
    provision(
      running,
      { maximumRetryAttempts: 0, deadLetterQueueArn: DEAD },
      {
        source: `export const handler = async () => { throw new Error('x'.repeat(5000)); };`,
      },
    );
    await running.lambda.invoke('work', '{}', 'Event');
    await running.lambda.idle();
    expect(running.sent[0]?.attributes?.ErrorMessage?.StringValue).toBe('x'.repeat(1024));
  });

  it('that its queue refuses is logged and lost, as on AWS', async () => {
    const running = start({
      onSend: () => {
        throw new AwsError('AccessDeniedException', 'no sqs:SendMessage');
      },
    });
    provision(running, { onSuccessQueueArn: DONE });
    await running.lambda.invoke('work', '{"failures":0}', 'Event');
    await running.lambda.idle();
    expect(messages(running)).toEqual([
      'call 1',
      `${DONE} did not get the outcome of an event: AccessDeniedException: no sqs:SendMessage`,
    ]);
  });

  it('follows new settings, while the workers of the function go on', async () => {
    const running = start();
    provision(running);
    await running.lambda.invoke('work', '{"failures":0}', 'Event');
    await running.lambda.idle();
    provision(running, { onSuccessQueueArn: DONE });
    await running.lambda.invoke('work', '{"failures":0}', 'Event');
    await running.lambda.idle();
    expect([messages(running), running.sent.length]).toEqual([['call 1', 'call 2'], 1]);
  });

  it.each([
    [{ maximumRetryAttempts: 3 }, 'maximum_retry_attempts 3 must be between 0 and 2'],
    [{ maximumEventAgeSeconds: 59 }, 'maximum_event_age_in_seconds 59 must be between 60 and 21600'],
  ])('cannot be set to %j', (changes, message) => {
    const running = start();
    expect(() => provision(running, changes)).toThrow(`api.aws_lambda_function.work: ${message}`);
  });
});

describe('an event that was accepted', () => {
  it('is run by the next process, with the attempts that it had', async () => {
    const database = openDatabase(':memory:');
    const first = start({ database });
    provision(first, { maximumRetryAttempts: 1, onFailureQueueArn: FAILED });
    await first.lambda.invoke('work', '{"failures":9}', 'Event');
    await first.lambda.idle();
    await first.lambda.close();
    const second = start({ database, clock: first.clock });
    provision(second, { maximumRetryAttempts: 1, onFailureQueueArn: FAILED });
    second.lambda.resume();
    await second.lambda.idle();
    expect(messages(second)).toEqual([]);
    first.clock.advance(60_000);
    await second.lambda.idle();
    expect(messages(second)[0]).toBe('call 1');
    expect(JSON.parse(second.sent[0]?.body ?? '')).toMatchObject({ requestContext: { approximateInvokeCount: 2 } });
  });

  it('and was with the function when the process ended, is run again', async () => {
    const database = openDatabase(':memory:');
    const first = start({ database });
    provision(
      first,
      {},
      {
        source: `export const handler = async () => { console.log('begun'); await new Promise(() => setInterval(() => {}, 1000)); };`,
      },
    );
    await first.lambda.invoke('work', '{"n":1}', 'Event');
    await expect.poll(() => messages(first)).toEqual(['begun']);
    await first.lambda.close();
    const second = start({ database });
    provision(second, {}, { source: `export const handler = async (event) => console.log(JSON.stringify(event));` });
    second.lambda.resume();
    await second.lambda.idle();
    expect(messages(second)).toEqual(['{"n":1}']);
  });

  it('waits for a function that is gone, and runs when it is back', async () => {
    const running = start();
    provision(running);
    await running.lambda.invoke('work', '{"failures":1}', 'Event');
    await running.lambda.idle();
    running.lambda.remove('work');
    running.clock.advance(60_000);
    await running.lambda.idle();
    expect(messages(running)).toEqual(['call 1']);
    provision(running, {}, { source: `export const handler = async () => console.log('back');` });
    running.lambda.resume();
    await running.lambda.idle();
    expect(messages(running)).toEqual(['call 1', 'back']);
  });

  it('for a function that does not come back within six hours is let go of', async () => {
    const running = start();
    provision(running);
    await running.lambda.invoke('work', '{"failures":9}', 'Event');
    await running.lambda.idle();
    running.lambda.remove('work');
    running.clock.advance(21_600_001);
    running.lambda.resume();
    expect(messages(running).at(-1)).toBe('Asynchronous events dropped: the function is gone from the Terraform');
  });
});
