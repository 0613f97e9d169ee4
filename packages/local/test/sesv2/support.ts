import { DatabaseSync } from 'node:sqlite';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { onTestFinished } from 'vitest';
import { manualClock } from '../../src/clock.ts';
import { seededRandom } from '../../src/random.ts';
import { createOutbox } from '../../src/services/outbox/index.ts';
import { createSesV2, type SendingLimits, type SesDefinition } from '../../src/services/sesv2/index.ts';
import { REGION, ROOT_KEY, startPort } from '../aws/support.ts';

const arn = (kind: string, name: string): string => `arn:aws:ses:${REGION}:123456789012:${kind}/${name}`;

export const identity = (name: string, configurationSet: string | null = null) => ({
  name,
  arn: arn('identity', name),
  address: `mail.aws_sesv2_email_identity.${name}`,
  configurationSet,
});

export const configurationSet = (
  name: string,
  changes: { suppressedReasons?: readonly ('BOUNCE' | 'COMPLAINT')[]; sendingEnabled?: boolean } = {},
) => ({
  name,
  arn: arn('configuration-set', name),
  address: `mail.aws_sesv2_configuration_set.${name}`,
  sendingEnabled: true,
  suppressedReasons: null,
  ...changes,
});

export const template = (name: string, parts: { subject?: string; text?: string | null; html?: string | null }) => ({
  name,
  arn: arn('template', name),
  address: `mail.aws_ses_template.${name}`,
  subject: 'Hello',
  text: null,
  html: null,
  ...parts,
});

export interface SesStart {
  readonly definition?: Partial<SesDefinition>;
  readonly limits?: Partial<SendingLimits>;
  readonly database?: DatabaseSync;
}

/** SES at an AWS endpoint with the identity example.com, a client of the SDK, and what arrives. */
export async function startSes({
  definition = {},
  limits = {},
  database = new DatabaseSync(':memory:'),
}: SesStart = {}) {
  const clock = manualClock(Date.parse('2026-03-01T09:00:00Z'));
  const wallClock = manualClock(1_000_000);
  const outbox = createOutbox({ clock, database });
  const lines: string[] = [];
  const ses = createSesV2({
    database,
    account: { region: REGION, accountId: '123456789012' },
    clock,
    wallClock,
    random: seededRandom('ses'),
    outbox,
    limits: { maxSendRate: 14, max24HourSend: 50_000, ...limits },
    onLog: (line) => void lines.push(line),
  });
  ses.replace({
    identities: [identity('example.com')],
    configurationSets: [],
    templates: [],
    suppressedReasons: ['BOUNCE', 'COMPLAINT'],
    ...definition,
  });
  const port = await startPort([ses]);
  const client = new SESv2Client({ endpoint: port.url, region: REGION, credentials: ROOT_KEY, maxAttempts: 1 });
  onTestFinished(async () => {
    client.destroy();
    await port.close();
  });
  return { ses, port, client, outbox, clock, wallClock, lines };
}

/** A simple mail, ready to be sent. */
export const simpleMail = (to: string | readonly string[]) => ({
  FromEmailAddress: 'hello@example.com',
  Destination: { ToAddresses: [to].flat() },
  Content: { Simple: { Subject: { Data: 'Hi' }, Body: { Text: { Data: 'How are you?' } } } },
});
