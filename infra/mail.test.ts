import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig, type Config } from './config.ts';
import { synthesizer } from './synthesize.ts';
import { config, folderWith, smallFiles, smallSchema, smallWiring } from './testing/application.ts';
import { argsOf, ofType, resourcesOf, statementsOf, type Resource } from './testing/terraform.ts';

const handlerText = 'export async function handler() {\n  return { batchItemFailures: [] };\n}\n';
const root = folderWith({ ...smallFiles, 'lambdas/letters/handler.ts': handlerText });
const letters = { queue: { batchSize: 1, maxReceives: 3, alarmAgeSeconds: 60 }, grants: [], mails: true } as const;

async function synthesized(settings: Config): Promise<Resource[]> {
  const wiring = { ...smallWiring, lambdaFunctions: { ...smallWiring.lambdaFunctions, letters } };
  const synth = synthesizer({ config: settings, root, wiring, readSchema: () => smallSchema });
  const resources = resourcesOf(await synth.synthesize());
  await synth.dispose();
  return resources;
}

let resources: Resource[];
beforeAll(async () => {
  resources = await synthesized(config);
});
afterAll(() => rmSync(root, { recursive: true }));

describe('mail', () => {
  test('is not sent again to whom it bounced from or who complained, and by TLS only', () => {
    expect(argsOf(resources, 'aws_sesv2_configuration_set.mail')).toMatchObject({
      configuration_set_name: 'hiroba-dev-mail',
      suppression_options: { suppressed_reasons: ['BOUNCE', 'COMPLAINT'] },
      delivery_options: { tls_policy: 'REQUIRE' },
    });
  });

  test('has a template for each kind and language, with a text and a page that fetches nothing', () => {
    const templates = ofType(resources, 'aws_ses_template').map(({ args }) => args);
    expect(templates.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['hiroba-dev-welcome-en', 'hiroba-dev-welcome-ja']),
    );
    for (const { name, subject, text, html } of templates) {
      expect(subject, String(name)).toMatch(/\S/);
      expect(String(text).length, String(name)).toBeGreaterThan(100);
      expect(String(html), String(name)).toContain(`<html lang="${String(name).slice(-2)}">`);
      expect(String(html), String(name)).not.toMatch(/\ssrc=|<link|<script|url\(|@import/);
    }
  });

  test('is sent by a function whose row says so, as one sender, by these templates and this set', () => {
    const { variables } = argsOf(resources, 'aws_lambda_function.letters').environment as { variables: object };
    expect(variables).toMatchObject({
      MAIL_SENDER: 'Hiroba <no-reply@example.com>',
      MAIL_CONFIGURATION_SET: 'hiroba-dev-mail',
      MAIL_TEMPLATES: 'hiroba-dev-',
      MAILS_PER_SECOND: '14',
    });
    const ses = statementsOf(argsOf(resources, 'aws_iam_role_policy.letters').policy).filter(({ Action }) =>
      String(Action).startsWith('ses:'),
    );
    const named = (thing: string) => `arn:aws:ses:us-east-1:\${data.aws_caller_identity.current.account_id}:${thing}`;
    expect(ses).toHaveLength(1);
    expect(ses[0]?.Action).toEqual(['ses:SendBulkEmail', 'ses:SendBulkTemplatedEmail']);
    expect(ses[0]?.Resource).toEqual(
      expect.arrayContaining([
        named('identity/no-reply@example.com'),
        named('configuration-set/hiroba-dev-mail'),
        named('template/hiroba-dev-welcome-en'),
        named('template/hiroba-dev-welcome-ja'),
      ]),
    );
    expect(String(argsOf(resources, 'aws_iam_role_policy.counters').policy)).not.toContain('ses:');
  });

  test('comes from an address without a domain, and no names prove it', () => {
    expect(argsOf(resources, 'aws_sesv2_email_identity.mail')).toMatchObject({
      email_identity: 'no-reply@example.com',
    });
    expect(ofType(resources, 'aws_route53_record')).toEqual([]);
  });

  test('comes from the domain where there is one, whose zone has the keys and the policy', async () => {
    const named = await synthesized({ ...readConfig(['--outdir', 'unused'], { HIROBA_DOMAIN: 'example.org' }) });
    const of = (address: string) => argsOf(named, address);
    const token = (at: number) => `\${aws_sesv2_email_identity.mail.dkim_signing_attributes[0].tokens[${at}]}`;
    expect(of('aws_sesv2_email_identity.mail')).toMatchObject({ email_identity: 'dev.example.org' });
    expect(of('aws_route53_record.mail_key_1')).toMatchObject({
      name: `${token(0)}._domainkey.dev.example.org`,
      type: 'CNAME',
      records: [`${token(0)}.dkim.amazonses.com`],
    });
    expect(of('aws_route53_record.mail_key_3').records).toEqual([`${token(2)}.dkim.amazonses.com`]);
    expect(of('aws_route53_record.mail_policy')).toMatchObject({ name: '_dmarc.dev.example.org', type: 'TXT' });
  });
});

describe('the settings of mail', () => {
  const mail = (environment: object, ...flags: string[]) => readConfig(flags, environment).mail;
  const shared = { HIROBA_STATE_BUCKET: 'states' };

  test('are an address that nobody has, the domain, or what is set', () => {
    expect(mail({})).toEqual({ sender: 'no-reply@example.com', identity: 'no-reply@example.com', perSecond: 14 });
    expect(mail({ ...shared, HIROBA_DOMAIN: 'example.org' }, '--stage', 'prod')).toEqual({
      sender: 'no-reply@example.org',
      identity: 'example.org',
      perSecond: 14,
    });
    expect(mail({ HIROBA_MAIL_FROM: 'me@mail.example.net', HIROBA_MAILS_PER_SECOND: '1' })).toEqual({
      sender: 'me@mail.example.net',
      identity: 'me@mail.example.net',
      perSecond: 1,
    });
  });

  test.each([
    [
      { HIROBA_MAIL_FROM: 'Hiroba' },
      [],
      'error HIROBA_MAIL_FROM is "Hiroba", which is not an address like mail@example.org',
    ],
    [
      { HIROBA_MAILS_PER_SECOND: '0' },
      [],
      'error HIROBA_MAILS_PER_SECOND is "0", which is not a whole number from 1 to 99999',
    ],
    [
      shared,
      ['--stage', 'prod', '--rung', 'users'],
      'error stage "prod" mails its members: set HIROBA_MAIL_FROM to an address whose mail you read, or HIROBA_DOMAIN to a domain that you registered',
    ],
  ])('refuse %j with %j in one line', (environment, flags, line) => {
    expect(() => mail(environment, ...flags)).toThrow(expect.objectContaining({ message: line }));
  });
});
