import { describe, expect, test } from 'vitest';
import { exampleConfig } from '../targets.ts';
import { alarms, deadLetterAlarm, description, lateQueue } from './alarms.ts';
import type { Watched } from './metrics.ts';

const watched: Watched = {
  region: 'ap-northeast-1',
  namePrefix: 'hiroba-prod',
  apiId: 'api1',
  tables: {
    users: 'u',
    posts: 'p',
    comments: 'c',
    edges: 'e',
    timelines: 't',
    notifications: 'n',
    media: 'm',
    ops: 'o',
  },
  streamFunctions: {},
  queueFunctions: {},
  otherFunctions: {},
  deadLetters: {},
  workQueues: {},
  configurationSet: 'hiroba-prod-mail',
  probe: true,
  distributionId: undefined,
  healthCheckId: undefined,
};

describe('alarms', () => {
  test('of a queue say that work is late, and that work is lost unless a person acts', () => {
    const names = { queueName: 'hiroba-prod-mail', deadLetterName: 'hiroba-prod-mail-failed', alarmAgeSeconds: 60 };
    const both = [lateQueue('mail', names), deadLetterAlarm('mail', names.deadLetterName)];
    expect(both.map(({ id, watches, threshold }) => [id, watches, threshold])).toEqual([
      [
        'queue-age-mail',
        {
          namespace: 'AWS/SQS',
          name: 'ApproximateAgeOfOldestMessage',
          dimensions: { QueueName: 'hiroba-prod-mail' },
          statistic: 'Maximum',
        },
        60,
      ],
      [
        'given-up-mail',
        {
          namespace: 'AWS/SQS',
          name: 'ApproximateNumberOfMessagesVisible',
          dimensions: { QueueName: 'hiroba-prod-mail-failed' },
          statistic: 'Maximum',
        },
        0,
      ],
    ]);
  });

  test('of mail ring before SES reviews the account, and not at the lowest rung', () => {
    const of = (rung: 'users' | 'users+') =>
      alarms(exampleConfig({ stage: 'prod', rung }), watched)
        .single.filter(({ id }) => id.startsWith('mail-'))
        .map(({ id, watches, threshold, says }) => [id, watches, threshold, says]);
    const metric = (name: string) => ({
      namespace: 'AWS/SES',
      name,
      dimensions: { 'ses:configuration-set': 'hiroba-prod-mail' },
      statistic: 'Maximum',
    });
    expect(of('users')).toEqual([]);
    expect(of('users+')).toEqual([
      ['mail-bounces', metric('Reputation.BounceRate'), 0.03, 'More than 3 % of the mails of late ended in bounces.'],
      [
        'mail-complaints',
        metric('Reputation.ComplaintRate'),
        0.0008,
        'More than 0.08 % of the mails of late ended in complaints.',
      ],
    ]);
  });

  test('say what is wrong, what to do and where to read on', () => {
    const spec = { says: 'It is late.', does: 'See why.', runbook: 'late-queue' };
    expect(description(spec, 'docs/runbook.md')).toBe('It is late. See why. docs/runbook.md#late-queue');
  });

  test('leave out of the combined one what cannot be watched from the Region', () => {
    const { single, composite } = alarms(exampleConfig({ stage: 'prod', rung: 'users++' }), watched);
    expect(single.map(({ id }) => id)).not.toContain('site-unreachable');
    expect(composite[0]?.anyOf).toEqual([
      ['error-budget-fast-long', 'error-budget-fast-short'],
      ['api-server-errors'],
      ['probe-failing'],
    ]);
  });

  test('call silence of the probe a failure, and silence of anything else peace', () => {
    const { single } = alarms(exampleConfig({ stage: 'prod', rung: 'users++' }), watched);
    expect(single.filter(({ missingData }) => missingData === 'breaching').map(({ id }) => id)).toEqual([
      'probe-failing',
    ]);
  });
});
