import { describe, expect, test } from 'vitest';
import { parseChannel } from './channel.ts';

describe('the parameter of the channel', () => {
  test.each([
    [{ kind: 'slack', url: 'https://hooks.slack.com/services/T/B/x' }],
    [{ kind: 'pagerduty', url: 'https://events.eu.pagerduty.com/v2/enqueue', routingKey: 'R1' }],
    [{ kind: 'line', url: 'https://api.line.me/v2/bot/message/push', token: 't', to: 'C1' }],
    [{ kind: 'generic', url: 'https://chat.example.org/in' }],
  ])('says %j', (channel) => {
    expect(parseChannel(JSON.stringify(channel), ['chat.example.org'])).toEqual(channel);
  });

  test.each([
    ['https://hooks.slack.com/x', 'it is no JSON'],
    ['[]', 'it is no JSON object'],
    ['{"kind":"__proto__"}', 'its kind must be slack, pagerduty, line or generic'],
    ['{"kind":"slack"}', 'its url must be an address'],
    [
      '{"kind":"slack","url":"http://hooks.slack.com/x"}',
      'its url must begin with https:// and have no user and no port',
    ],
    [
      '{"kind":"slack","url":"https://a:b@hooks.slack.com/x"}',
      'its url must begin with https:// and have no user and no port',
    ],
    [
      '{"kind":"slack","url":"https://hooks.slack.com:8443/x"}',
      'its url must begin with https:// and have no user and no port',
    ],
    [
      '{"kind":"slack","url":"https://hooks.slack.com.example.org/x"}',
      'its url may not be at hooks.slack.com.example.org; hosts of the kind slack: hooks.slack.com',
    ],
    [
      '{"kind":"generic","url":"https://169.254.169.254/latest"}',
      'its url may not be at 169.254.169.254; hosts of the kind generic: none: see infra/incidentHosts.ts',
    ],
    ['{"kind":"pagerduty"}', 'its routingKey must be 1-512 printable characters without spaces'],
    ['{"kind":"line","token":"a\\r\\nb","to":"C1"}', 'its token must be 1-512 printable characters without spaces'],
  ])('may not be %s', (text, message) => {
    expect(() => parseChannel(text, [])).toThrow(expect.objectContaining({ name: 'BadChannel', message }));
  });
});
