import '../testing/environment.ts';
import { gzipSync } from 'node:zlib';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import type { CloudWatchLogsEvent, SNSEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { forgetChannel } from './channel.ts';
import { handler } from './handler.ts';

vi.mock('../shared/retry.ts', async (original) => ({ ...(await original<object>()), pauseAfter: async () => {} }));
const ssm = mockClient(SSMClient);
const fetched = vi.spyOn(globalThis, 'fetch');
for (const method of ['log', 'warn'] as const) vi.spyOn(console, method).mockReturnValue();
const logged = vi.spyOn(console, 'error').mockReturnValue();
vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-22T10:00:00.000Z') });

const NOTICES = 'arn:aws:sns:us-east-1:123456789012:hiroba-prod-notices';
const PAGES = 'arn:aws:sns:us-east-1:123456789012:hiroba-prod-pages';
const SLACK = 'https://hooks.slack.com/services/T000/B000/secret';
const ID = '01234567-89ab-4def-8123-456789abcdef';

beforeEach(() => {
  ssm.reset();
  fetched.mockReset().mockImplementation(async () => new Response('ok'));
  logged.mockClear();
  forgetChannel();
  vi.setSystemTime(Date.now() + 2 * 60 * 60_000);
  Object.assign(process.env, {
    SERVICE: 'hiroba-prod',
    CHANNEL_PARAMETER: '/hiroba-prod/incidents/channel',
    GENERIC_HOSTS: 'chat.example.org',
    PAGES_TOPIC_ARN: PAGES,
  });
});

const channelIs = (value: object) =>
  ssm.on(GetParameterCommand).resolves({ Parameter: { Value: JSON.stringify(value) } });

function notice(message: object | string, topicArn = NOTICES): SNSEvent {
  const Message = typeof message === 'string' ? message : JSON.stringify(message);
  const Sns = { MessageId: ID, TopicArn: topicArn, Subject: 'Spending', Message };
  return { Records: [{ Sns }] } as SNSEvent;
}

const ALARM = {
  AlarmName: 'hiroba-prod-api-latency',
  AlarmDescription: 'One request in twenty takes longer than 300 ms. docs/runbook.md#api-latency',
  NewStateValue: 'ALARM',
  NewStateReason: 'Threshold crossed',
};

function sent(at = 0): { url: string; headers: Record<string, string>; body: Record<string, unknown> } {
  const [url, init] = fetched.mock.calls[at] ?? [];
  return {
    url: String(url),
    headers: init?.headers as Record<string, string>,
    body: JSON.parse(String(init?.body)) as Record<string, unknown>,
  };
}

describe('an alarm', () => {
  test('is a message in Slack with its description, its reason and no mention of anyone', async () => {
    channelIs({ kind: 'slack', url: SLACK });
    await handler(notice({ ...ALARM, NewStateReason: 'a < b & <!channel>' }));
    expect(sent().url).toBe(SLACK);
    expect(sent().body).toEqual({
      text: '⚠️ hiroba-prod-api-latency rings',
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: '*⚠️ hiroba-prod-api-latency rings*' } },
        {
          type: 'section',
          text: {
            type: 'mrkdwn',
            text: 'One request in twenty takes longer than 300 ms. docs/runbook.md#api-latency\na &lt; b &amp; &lt;!channel&gt;',
          },
        },
      ],
    });
  });

  test('that pages is critical in PagerDuty, and is resolved there under the same key', async () => {
    channelIs({ kind: 'pagerduty', routingKey: 'R0123456789' });
    await handler(notice(ALARM, PAGES));
    await handler(notice({ ...ALARM, NewStateValue: 'OK' }, PAGES));
    expect(sent(0).url).toBe('https://events.pagerduty.com/v2/enqueue');
    expect(sent(0).body).toEqual({
      routing_key: 'R0123456789',
      dedup_key: 'hiroba-prod-api-latency',
      event_action: 'trigger',
      payload: {
        summary: 'hiroba-prod-api-latency rings',
        source: 'hiroba-prod-api-latency',
        severity: 'critical',
        custom_details: {
          text: 'One request in twenty takes longer than 300 ms. docs/runbook.md#api-latency\nThreshold crossed',
        },
      },
    });
    expect(sent(1).body).toEqual({
      routing_key: 'R0123456789',
      dedup_key: 'hiroba-prod-api-latency',
      event_action: 'resolve',
    });
  });

  test('is a LINE message that LINE takes once, however often it is sent', async () => {
    channelIs({ kind: 'line', token: 'channel-token', to: 'C1' });
    await handler(notice(ALARM));
    expect(sent()).toEqual({
      url: 'https://api.line.me/v2/bot/message/push',
      headers: {
        'content-type': 'application/json',
        authorization: 'Bearer channel-token',
        'x-line-retry-key': ID,
      },
      body: {
        to: 'C1',
        messages: [
          {
            type: 'text',
            text: '⚠️ hiroba-prod-api-latency rings\nOne request in twenty takes longer than 300 ms. docs/runbook.md#api-latency\nThreshold crossed',
          },
        ],
      },
    });
    fetched.mockResolvedValueOnce(new Response('', { status: 409 }));
    await handler(notice(ALARM));
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  test('is JSON for a host of our own, and so is what AWS Budgets writes as text', async () => {
    channelIs({ kind: 'generic', url: 'https://chat.example.org/in', token: 'own' });
    await handler(notice('You spent 100 % of hiroba-prod-spending.'));
    expect(sent().headers.authorization).toBe('Bearer own');
    expect(sent().body).toEqual({
      key: 'hiroba-prod/Spending',
      state: 'open',
      severity: 'warning',
      title: 'hiroba-prod: Spending',
      text: 'You spent 100 % of hiroba-prod-spending.',
      id: ID,
    });
  });
});

describe('delivery', () => {
  test('tries again while the receiver is busy or broken, and follows no redirect', async () => {
    channelIs({ kind: 'slack', url: SLACK });
    fetched.mockResolvedValueOnce(new Response('slow down', { status: 429 }));
    fetched.mockRejectedValueOnce(new TypeError(`fetch failed: ${SLACK}`));
    await handler(notice(ALARM));
    expect(fetched).toHaveBeenCalledTimes(3);
    expect(fetched.mock.calls[0]?.[1]?.redirect).toBe('error');
    expect(new Set(fetched.mock.calls.map(([, init]) => init?.body)).size).toBe(1);
  });

  test('fails after three attempts, so that Lambda keeps the event, and says why without the secret address', async () => {
    channelIs({ kind: 'slack', url: SLACK });
    fetched.mockImplementation(async () => {
      throw new TypeError(`fetch failed: ${SLACK}`);
    });
    await expect(handler(notice(ALARM))).rejects.toThrow('no answer from hooks.slack.com: TypeError');
    expect(fetched).toHaveBeenCalledTimes(3);
    expect(JSON.parse(String(logged.mock.calls[0]?.[0]))).toMatchObject({
      level: 'ERROR',
      function: 'incidents',
      key: 'hiroba-prod-api-latency',
      error: 'NotDelivered',
    });
    expect(JSON.stringify(logged.mock.calls)).not.toContain('secret');
  });

  test('gives up at once when the receiver refuses, and reads the channel anew the next time', async () => {
    channelIs({ kind: 'slack', url: SLACK });
    fetched.mockResolvedValueOnce(new Response('no_service', { status: 404 }));
    await expect(handler(notice(ALARM))).rejects.toThrow('hooks.slack.com answered 404: no_service');
    expect(fetched).toHaveBeenCalledTimes(1);
    await handler(notice(ALARM));
    expect(ssm.commandCalls(GetParameterCommand)).toHaveLength(2);
  });

  test('keeps the channel for five minutes', async () => {
    channelIs({ kind: 'slack', url: SLACK });
    await handler(notice(ALARM));
    await handler(notice(ALARM));
    expect(ssm.commandCalls(GetParameterCommand).map(({ args }) => args[0].input)).toEqual([
      { Name: '/hiroba-prod/incidents/channel', WithDecryption: true },
    ]);
    vi.setSystemTime(Date.now() + 300_001);
    await handler(notice(ALARM));
    expect(ssm.commandCalls(GetParameterCommand)).toHaveLength(2);
  });

  test('says that nobody is told while nobody wrote the parameter', async () => {
    ssm.on(GetParameterCommand).rejects(new ParameterNotFound({ message: 'none', $metadata: {} }));
    await expect(handler(notice(ALARM))).rejects.toThrow(
      'there is no parameter /hiroba-prod/incidents/channel: nobody is told of incidents until someone writes it',
    );
    expect(fetched).not.toHaveBeenCalled();
  });
});

describe('errors in a log', () => {
  const logs = (messages: readonly string[], messageType = 'DATA_MESSAGE'): CloudWatchLogsEvent => {
    const logEvents = messages.map((message, at) => ({ id: `event-${at}`, timestamp: 0, message }));
    const decoded = { messageType, logGroup: '/aws/lambda/hiroba-prod-counters', logEvents };
    return { awslogs: { data: gzipSync(JSON.stringify(decoded)).toString('base64') } };
  };
  const error = (message: string, requestId: string) => JSON.stringify({ level: 'ERROR', requestId, message });
  const titles = () => fetched.mock.calls.map((_, at) => sent(at).body.title);

  test('are told by kind, not one by one', async () => {
    channelIs({ kind: 'generic', url: 'https://chat.example.org/in' });
    const texts = ['post 17 is locked', 'post 18 is locked', 'the queue is gone'];
    await handler(logs(texts.map((text, at) => error(text, `0000000${at}-1111-2222-3333-444444444444`))));
    expect(titles()).toEqual([
      'hiroba-prod: an error in /aws/lambda/hiroba-prod-counters, 2 times just now',
      'hiroba-prod: an error in /aws/lambda/hiroba-prod-counters, once just now',
    ]);
    expect(String(sent(0).body.text)).toContain('post 17 is locked');
    expect(sent(0).body.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test('are told again after an hour and not before', async () => {
    channelIs({ kind: 'generic', url: 'https://chat.example.org/in' });
    await handler(logs([error('no room', 'a')]));
    await handler(logs([error('no room', 'b')]));
    expect(titles()).toHaveLength(1);
    vi.setSystemTime(Date.now() + 60 * 60_000);
    await handler(logs([error('no room', 'c')]));
    expect(titles()).toHaveLength(2);
  });

  test('are told when the first attempt to tell failed', async () => {
    channelIs({ kind: 'generic', url: 'https://chat.example.org/in' });
    fetched.mockResolvedValueOnce(new Response('', { status: 400 }));
    await expect(handler(logs([error('no light', 'a')]))).rejects.toThrow('chat.example.org answered 400: ');
    await handler(logs([error('no light', 'a')]));
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  test('are none when CloudWatch only asks whether anyone is there', async () => {
    await handler(logs(['CWL CONTROL MESSAGE: Checking health of destination Lambda.'], 'CONTROL_MESSAGE'));
    expect(fetched).not.toHaveBeenCalled();
  });
});
