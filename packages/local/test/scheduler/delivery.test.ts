import { describe, expect, it } from 'vitest';
import { AwsError } from '../../src/aws/error.ts';
import { DEAD_LETTERS, QUEUE, scheduleOf, setting, throttled } from './support.ts';

const once = { expression: 'at(2026-03-01T09:30:00)' } as const;

describe('the payload', () => {
  it('is the input with its keywords replaced', async () => {
    const { scheduler, invoked, runUntil } = setting();
    const input = JSON.stringify({
      arn: '<aws.scheduler.schedule-arn>',
      at: '<aws.scheduler.scheduled-time>',
      id: '<aws.scheduler.execution-id>',
      attempt: '<aws.scheduler.attempt-number>',
      other: '<aws.scheduler.nothing>',
    });
    scheduler.replace([scheduleOf({ ...once, target: { input } })]);
    await runUntil('2026-03-01T10:00:00Z');
    expect(invoked.map((payload) => JSON.parse(payload) as unknown)).toEqual([
      {
        arn: 'arn:aws:scheduler:eu-central-1:123456789012:schedule/default/water',
        at: '2026-03-01T09:30:00Z',
        id: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
        attempt: '1',
        other: '<aws.scheduler.nothing>',
      },
    ]);
  });

  it("is AWS's own event without an input", async () => {
    const { scheduler, invoked, runUntil } = setting();
    scheduler.replace([scheduleOf({ ...once, target: { input: null } })]);
    await runUntil('2026-03-01T10:00:00Z');
    expect(JSON.parse(invoked[0]!)).toEqual({
      version: '0',
      id: expect.any(String) as string,
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      account: '123456789012',
      time: '2026-03-01T09:30:00Z',
      region: 'eu-central-1',
      resources: ['arn:aws:scheduler:eu-central-1:123456789012:schedule/default/water'],
      detail: '{}',
    });
  });

  it('goes to a queue as the body of a message, with the message group of a FIFO queue', async () => {
    const { scheduler, sent, runUntil } = setting();
    scheduler.replace([scheduleOf({ ...once, target: { arn: QUEUE, input: 'water!', messageGroupId: 'garden' } })]);
    await runUntil('2026-03-01T10:00:00Z');
    expect(sent).toEqual([{ queueArn: QUEUE, body: 'water!', attributes: {}, messageGroupId: 'garden' }]);
  });
});

describe('a target that refuses for a while', () => {
  it('is tried again after pauses that double, with the number of the attempt', async () => {
    const { scheduler, clock, invoked, fail, runUntil } = setting();
    const tried: string[] = [];
    scheduler.onRun(() => tried.push(new Date(clock.now()).toISOString().slice(11, 19)));
    fail(throttled);
    scheduler.replace([scheduleOf({ ...once, target: { input: '"<aws.scheduler.attempt-number>"' } })]);
    await runUntil('2026-03-01T09:30:10Z');
    fail(null);
    await runUntil('2026-03-01T10:00:00Z');
    expect(tried).toEqual(['09:30:00', '09:30:01', '09:30:03', '09:30:07', '09:30:15']);
    expect(invoked).toEqual(['"5"']);
  });

  it('is tried again after the process was killed', async () => {
    const first = setting();
    const schedule = scheduleOf({ ...once, target: { input: '"<aws.scheduler.attempt-number>"' } });
    first.fail(throttled);
    first.scheduler.replace([schedule]);
    await first.runUntil('2026-03-01T09:30:02Z');
    const second = setting({ database: first.database, start: '2026-03-01T09:45:00Z' });
    second.scheduler.replace([schedule]);
    await second.runUntil('2026-03-01T10:00:00Z');
    expect(second.invoked).toEqual(['"3"']);
  });

  it('is tried again soon when the clock was moved back meanwhile', async () => {
    const { scheduler, clock, invoked, fail, runUntil } = setting({ start: '2026-06-01T00:00:00Z' });
    fail(throttled);
    scheduler.replace([scheduleOf({ ...once, target: { input: '"<aws.scheduler.attempt-number>"' } })]);
    await runUntil('2026-06-01T00:00:02Z');
    fail(null);
    clock.set(Date.parse('2026-03-01T12:00:00Z'));
    await runUntil('2026-03-01T12:00:01Z');
    expect(invoked).toEqual(['"3"']);
  });

  it('is given up after the attempts of the retry policy, and the dead letter queue gets the event', async () => {
    const { scheduler, sent, logged, fail, runUntil } = setting();
    fail(throttled);
    scheduler.replace([
      scheduleOf({ ...once, target: { maximumRetryAttempts: 2, deadLetterQueueArn: DEAD_LETTERS, input: '{"a":1}' } }),
    ]);
    await runUntil('2026-03-01T10:00:00Z');
    expect(sent).toEqual([
      {
        queueArn: DEAD_LETTERS,
        body: '{"a":1}',
        messageGroupId: null,
        attributes: {
          ERROR_CODE: 'ThrottlingException',
          ERROR_MESSAGE: 'Rate exceeded',
          EXECUTION_ID: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
          EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
          IS_PAYLOAD_TRUNCATED: 'false',
          RETRY_ATTEMPTS: '2',
          SCHEDULED_TIME: '2026-03-01T09:30:00Z',
          SCHEDULE_ARN: 'arn:aws:scheduler:eu-central-1:123456789012:schedule/default/water',
          TARGET_ARN: 'arn:aws:lambda:eu-central-1:123456789012:function:water',
        },
      },
    ]);
    expect(logged.at(-1)).toBe(
      'aws_scheduler_schedule.water: given up after attempt 3: ThrottlingException: Rate exceeded',
    );
  });

  it('is given up when the event is too old for another attempt', async () => {
    const { scheduler, sent, fail, runUntil } = setting();
    fail(throttled);
    scheduler.replace([
      scheduleOf({ ...once, target: { maximumEventAgeSeconds: 60, deadLetterQueueArn: DEAD_LETTERS } }),
    ]);
    await runUntil('2026-03-01T10:00:00Z');
    const [{ EXHAUSTED_RETRY_CONDITION, RETRY_ATTEMPTS } = {}] = sent.map(({ attributes }) => attributes);
    expect({ EXHAUSTED_RETRY_CONDITION, RETRY_ATTEMPTS }).toEqual({
      EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds',
      // 0, 1, 3, 7, 15 and 31 seconds after its time; the next would be at 63.
      RETRY_ATTEMPTS: '5',
    });
  });
});

describe('a target that will refuse the next time, too', () => {
  it('is not tried again', async () => {
    const { scheduler, sent, fail, runUntil } = setting();
    fail(new AwsError('AccessDeniedException', 'aws_iam_role.gardener may not'));
    scheduler.replace([scheduleOf({ ...once, target: { deadLetterQueueArn: DEAD_LETTERS } })]);
    await runUntil('2026-03-01T12:00:00Z');
    expect(sent).toHaveLength(1);
    expect(sent[0]!.attributes).toMatchObject({ ERROR_CODE: 'AccessDeniedException', RETRY_ATTEMPTS: '0' });
    expect(sent[0]!.attributes).not.toHaveProperty('EXHAUSTED_RETRY_CONDITION');
  });

  it('is told to who runs the schedule by hand', async () => {
    const { scheduler, fail } = setting();
    fail(new AwsError('AccessDeniedException', 'aws_iam_role.gardener may not'));
    scheduler.replace([scheduleOf({ enabled: false })]);
    expect(await scheduler.runNow('water')).toEqual({
      delivered: false,
      reason: 'AccessDeniedException: aws_iam_role.gardener may not',
      retryAt: null,
    });
  });
});
