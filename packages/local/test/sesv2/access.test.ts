import {
  GetAccountCommand,
  GetEmailTemplateCommand,
  PutSuppressedDestinationCommand,
  SendBulkEmailCommand,
  SendEmailCommand,
  TestRenderEmailTemplateCommand,
} from '@aws-sdk/client-sesv2';
import { describe, expect, it } from 'vitest';
import { configurationSet, identity, simpleMail, startSes, template } from './support.ts';

const arn = (resource: string): string => `arn:aws:ses:ap-northeast-1:123456789012:${resource}`;
const mail = simpleMail('hana@example.net');
const definition = { templates: [template('welcome', {})], configurationSets: [configurationSet('news')] };

/** The actions and resources that were asked for, in order. */
async function asked(
  call: (client: Awaited<ReturnType<typeof startSes>>['client']) => Promise<unknown>,
  own = definition,
) {
  const { client, port } = await startSes({ definition: own });
  await call(client);
  return port.judged;
}

const pairs = (judged: Awaited<ReturnType<typeof asked>>) => judged.map(({ action, resource }) => [action, resource]);

describe('what sending asks IAM', () => {
  it('is the identity, with who writes to whom', async () => {
    const judged = await asked((client) =>
      client.send(new SendEmailCommand({ ...mail, FromEmailAddress: 'Hiroba <hello@example.com>' })),
    );
    expect(judged).toEqual([
      {
        principal: 'arn:aws:iam::123456789012:root',
        action: 'ses:SendEmail',
        resource: arn('identity/example.com'),
        context: {
          'ses:ApiVersion': '2',
          'ses:FromAddress': 'hello@example.com',
          'ses:FromDisplayName': 'Hiroba',
          'ses:Recipients': ['hana@example.net'],
        },
      },
    ]);
  });

  it('is the configuration set as well, be it named or the identity’s', async () => {
    const expected = [
      ['ses:SendEmail', arn('identity/example.com')],
      ['ses:SendEmail', arn('configuration-set/news')],
    ];
    const named = await asked((client) => client.send(new SendEmailCommand({ ...mail, ConfigurationSetName: 'news' })));
    expect(pairs(named)).toEqual(expected);
    const own = { ...definition, identities: [identity('example.com', 'news')] };
    expect(pairs(await asked((client) => client.send(new SendEmailCommand(mail)), own))).toEqual(expected);
  });

  it('is another action for a raw mail', async () => {
    const Data = Buffer.from('From: hello@example.com\r\nTo: hana@example.net\r\n\r\nHi');
    const judged = await asked((client) => client.send(new SendEmailCommand({ Content: { Raw: { Data } } })));
    expect(pairs(judged)).toEqual([['ses:SendRawEmail', arn('identity/example.com')]]);
  });

  it('is the template, too, where there is one', async () => {
    const Template = { TemplateName: 'welcome', TemplateData: '{}' };
    const judged = await asked((client) => client.send(new SendEmailCommand({ ...mail, Content: { Template } })));
    expect(pairs(judged)).toEqual([
      ['ses:SendEmail', arn('identity/example.com')],
      ['ses:SendEmail', arn('template/welcome')],
      ['ses:SendTemplatedEmail', arn('identity/example.com')],
      ['ses:SendTemplatedEmail', arn('template/welcome')],
    ]);
  });

  it('is two actions for many mails', async () => {
    const judged = await asked((client) =>
      client.send(
        new SendBulkEmailCommand({
          FromEmailAddress: 'hello@example.com',
          DefaultContent: { Template: { TemplateName: 'welcome', TemplateData: '{}' } },
          BulkEmailEntries: [{ Destination: { ToAddresses: ['hana@example.net'] } }],
        }),
      ),
    );
    expect(pairs(judged)).toEqual([
      ['ses:SendBulkEmail', arn('identity/example.com')],
      ['ses:SendBulkTemplatedEmail', arn('identity/example.com')],
      ['ses:SendBulkEmail', arn('template/welcome')],
      ['ses:SendBulkTemplatedEmail', arn('template/welcome')],
    ]);
  });

  it('is the address where nothing of it is verified, so that IAM refuses before SES does', async () => {
    const { client, port } = await startSes();
    const FromEmailAddress = 'hello@example.org';
    await expect(client.send(new SendEmailCommand({ ...mail, FromEmailAddress }))).rejects.toThrow('is not verified');
    expect(pairs(port.judged)).toEqual([['ses:SendEmail', arn('identity/hello@example.org')]]);
  });
});

it('templates are asked by their ARN, the account and its suppression list as a whole', async () => {
  const judged = await asked(async (client) => {
    await client.send(new GetEmailTemplateCommand({ TemplateName: 'welcome' }));
    await client.send(new TestRenderEmailTemplateCommand({ TemplateName: 'welcome', TemplateData: '{}' }));
    await client.send(new PutSuppressedDestinationCommand({ EmailAddress: 'a@example.net', Reason: 'BOUNCE' }));
    await client.send(new GetAccountCommand({}));
  });
  expect(pairs(judged)).toEqual([
    ['ses:GetEmailTemplate', arn('template/welcome')],
    ['ses:TestRenderEmailTemplate', arn('template/welcome')],
    ['ses:PutSuppressedDestination', '*'],
    ['ses:GetAccount', '*'],
  ]);
});
