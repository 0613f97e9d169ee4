import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';

/** Whom to tell, as the parameter says it in JSON. `docs/runbook.md` shows each form. */
export type Channel =
  | { readonly kind: 'slack'; readonly url: string }
  | { readonly kind: 'pagerduty'; readonly url: string; readonly routingKey: string }
  | { readonly kind: 'line'; readonly url: string; readonly token: string; readonly to: string }
  | { readonly kind: 'generic'; readonly url: string; readonly token?: string };

export type ChannelKind = Channel['kind'];

/** Where each kind is allowed to be. Who can change the parameter cannot send incidents anywhere else. */
const HOSTS: Readonly<Record<Exclude<ChannelKind, 'generic'>, readonly string[]>> = {
  slack: ['hooks.slack.com'],
  pagerduty: ['events.pagerduty.com', 'events.eu.pagerduty.com'],
  line: ['api.line.me'],
};

const DEFAULT_URLS: Readonly<Record<ChannelKind, string | undefined>> = {
  slack: undefined,
  pagerduty: 'https://events.pagerduty.com/v2/enqueue',
  line: 'https://api.line.me/v2/bot/message/push',
  generic: undefined,
};

/** The parameter is missing or says something that cannot be used. Its value is never part of the message: it is a secret. */
export class BadChannel extends Error {
  override readonly name = 'BadChannel';
}

const client = new SSMClient({ maxAttempts: 3, requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000 } });

/** A changed parameter is used after at most so long. */
const KEEP_MILLISECONDS = 5 * 60_000;

let kept: { readonly channel: Channel; readonly until: number } | undefined;

/** Reads the parameter, or takes what was read in the last five minutes. @throws BadChannel */
export async function readChannel(parameter: string, genericHosts: readonly string[]): Promise<Channel> {
  if (kept && kept.until > Date.now()) return kept.channel;
  const channel = parseChannel(await parameterText(parameter), genericHosts);
  kept = { channel, until: Date.now() + KEEP_MILLISECONDS };
  return channel;
}

/** For tests, and after a receiver refused its key. */
export function forgetChannel(): void {
  kept = undefined;
}

async function parameterText(Name: string): Promise<string> {
  try {
    const { Parameter } = await client.send(new GetParameterCommand({ Name, WithDecryption: true }));
    return Parameter?.Value ?? '';
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ParameterNotFound') throw error;
    throw new BadChannel(`there is no parameter ${Name}: nobody is told of incidents until someone writes it`);
  }
}

/** @throws BadChannel naming what is wrong, without the value. */
export function parseChannel(text: string, genericHosts: readonly string[]): Channel {
  const fields = readObject(text);
  const { kind } = fields;
  if (kind !== 'slack' && kind !== 'pagerduty' && kind !== 'line' && kind !== 'generic')
    throw new BadChannel('its kind must be slack, pagerduty, line or generic');
  const hosts = kind === 'generic' ? genericHosts : HOSTS[kind];
  const url = checkedUrl(fields.url ?? DEFAULT_URLS[kind], kind, hosts);
  switch (kind) {
    case 'slack':
      return { kind, url };
    case 'pagerduty':
      return { kind, url, routingKey: oneLine(fields, 'routingKey') };
    case 'line':
      return { kind, url, token: oneLine(fields, 'token'), to: oneLine(fields, 'to') };
    case 'generic':
      return { kind, url, ...(fields.token === undefined ? {} : { token: oneLine(fields, 'token') }) };
  }
}

function readObject(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BadChannel('it is no JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BadChannel('it is no JSON object');
  return value as Record<string, unknown>;
}

/** Tokens become header values and parts of JSON: they are one line of printable characters. */
function oneLine(fields: Readonly<Record<string, unknown>>, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string' || !/^[\x21-\x7e]{1,512}$/.test(value))
    throw new BadChannel(`its ${name} must be 1-512 printable characters without spaces`);
  return value;
}

function checkedUrl(value: unknown, kind: ChannelKind, hosts: readonly string[]): string {
  if (typeof value !== 'string' || !URL.canParse(value)) throw new BadChannel('its url must be an address');
  const url = new URL(value);
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.port !== '')
    throw new BadChannel('its url must begin with https:// and have no user and no port');
  if (!hosts.includes(url.hostname)) {
    const allowed = hosts.length > 0 ? hosts.join(', ') : 'none: see infra/incidentHosts.ts';
    throw new BadChannel(`its url may not be at ${url.hostname}; hosts of the kind ${kind}: ${allowed}`);
  }
  return url.href;
}
