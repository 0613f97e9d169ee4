import type { Channel } from './channel.ts';
import type { Incident } from './incident.ts';

/** An HTTP request, of which every attempt sends the same bytes. */
export interface OutgoingMessage {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Shortest of what the receivers take: PagerDuty's summary has 1,024 characters, LINE's text 5,000, Slack's block 3,000. */
const MAX_TITLE = 1_000;
const MAX_TEXT = 2_900;

/** The incident as the channel's kind wants it. */
export function messageFor(channel: Channel, incident: Incident): OutgoingMessage {
  const title = shortened(incident.title, MAX_TITLE);
  const text = shortened(incident.text, MAX_TEXT);
  switch (channel.kind) {
    case 'slack':
      return request(channel.url, slack(incident, { title, text }));
    case 'pagerduty':
      return request(channel.url, pagerDuty(incident, { title, text, routingKey: channel.routingKey }));
    case 'line':
      return request(
        channel.url,
        { to: channel.to, messages: [{ type: 'text', text: `${sign(incident)} ${title}\n${text}` }] },
        // LINE takes a request with a key once, however often it is sent: https://developers.line.biz/en/docs/messaging-api/retrying-api-request/
        { ...bearer(channel.token), 'x-line-retry-key': incident.id },
      );
    case 'generic':
      return request(channel.url, { ...incident, title, text }, channel.token ? bearer(channel.token) : {});
  }
}

function request(url: string, body: object, headers: Readonly<Record<string, string>> = {}): OutgoingMessage {
  return { url, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

function bearer(token: string): { readonly authorization: string } {
  return { authorization: `Bearer ${token}` };
}

interface Words {
  readonly title: string;
  readonly text: string;
}

/** https://api.slack.com/messaging/webhooks */
function slack(incident: Incident, { title, text }: Words): object {
  const heading = `${sign(incident)} ${escaped(title)}`;
  return {
    text: heading,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: `*${heading}*` } },
      ...(text ? [{ type: 'section', text: { type: 'mrkdwn', text: shortened(escaped(text), MAX_TEXT) } }] : []),
    ],
  };
}

/** Slack reads `<!channel>` and the like from the text: https://api.slack.com/reference/surfaces/formatting#escaping */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** https://developer.pagerduty.com/docs/events-api-v2-overview */
function pagerDuty(incident: Incident, { title, text, routingKey }: Words & { readonly routingKey: string }): object {
  const [source] = incident.key.split('/');
  const opened = { payload: { summary: title, source, severity: incident.severity, custom_details: { text } } };
  return {
    routing_key: routingKey,
    dedup_key: shortened(incident.key, 255),
    ...(incident.state === 'resolved' ? { event_action: 'resolve' } : { event_action: 'trigger', ...opened }),
  };
}

function sign({ state, severity }: Incident): string {
  if (state === 'resolved') return '\u{2705}';
  return severity === 'critical' ? '\u{1F6A8}' : '\u{26A0}\u{FE0F}';
}

/** Whole characters, so that no half of one is left at the end. */
function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = text.slice(0, length - 1);
  return `${end.isWellFormed() ? end : end.slice(0, -1)}…`;
}
