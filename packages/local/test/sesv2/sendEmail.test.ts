import { SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { describe, expect, it } from 'vitest';
import { configurationSet, identity, simpleMail, startSes, template } from './support.ts';

describe('a simple mail', () => {
  it('arrives with its texts, headers, tags and attachments, and with a message id', async () => {
    const { client, outbox } = await startSes({ definition: { configurationSets: [configurationSet('news')] } });
    const { MessageId } = await client.send(
      new SendEmailCommand({
        FromEmailAddress: 'Hiroba <hello@example.com>',
        Destination: { ToAddresses: ['hana@example.net'] },
        ReplyToAddresses: ['help@example.com'],
        ConfigurationSetName: 'news',
        EmailTags: [{ Name: 'kind', Value: 'digest' }],
        Content: {
          Simple: {
            Subject: { Data: '広場からのお知らせ', Charset: 'UTF-8' },
            Body: {
              Text: { Data: 'こんにちは', Charset: 'UTF-8' },
              Html: { Data: '<p>こんにちは</p>', Charset: 'UTF-8' },
            },
            Headers: [
              { Name: 'List-Unsubscribe', Value: '<https://example.com/unsubscribe?t=1>' },
              { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
            ],
            Attachments: [{ FileName: 'a.txt', RawContent: Buffer.from('four'), ContentType: 'text/plain' }],
          },
        },
      }),
    );
    expect(MessageId).toMatch(/^[0-9a-f]{16}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-000000$/);
    expect(outbox.list()).toEqual([
      {
        id: '1',
        channel: 'EMAIL',
        to: 'hana@example.net',
        subject: '広場からのお知らせ',
        body: 'こんにちは',
        sentAt: Date.parse('2026-03-01T09:00:00Z'),
        source: 'ses/example.com',
        mail: {
          html: '<p>こんにちは</p>',
          headers: [
            { name: 'From', value: 'Hiroba <hello@example.com>' },
            { name: 'To', value: 'hana@example.net' },
            { name: 'Reply-To', value: 'help@example.com' },
            { name: 'Subject', value: '広場からのお知らせ' },
            { name: 'List-Unsubscribe', value: '<https://example.com/unsubscribe?t=1>' },
            { name: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
            { name: 'Message-ID', value: `<${MessageId}@ap-northeast-1.amazonses.com>` },
            { name: 'Date', value: 'Sun, 01 Mar 2026 09:00:00 +0000' },
          ],
          attachments: [{ name: 'a.txt', contentType: 'text/plain', bytes: 4 }],
          messageId: MessageId,
          configurationSet: 'news',
          tags: { kind: 'digest' },
        },
      },
    ]);
  });

  it('arrives once at each of its recipients, and the blind ones are not named', async () => {
    const { client, outbox } = await startSes();
    const mail = simpleMail('hana@example.net');
    await client.send(
      new SendEmailCommand({
        ...mail,
        Destination: { ...mail.Destination, CcAddresses: ['ren@example.net'], BccAddresses: ['yui@example.net'] },
      }),
    );
    expect(outbox.list().map(({ to }) => to)).toEqual(['hana@example.net', 'ren@example.net', 'yui@example.net']);
    const written = outbox.list({ to: 'yui@example.net' })[0]?.mail?.headers.slice(0, 4);
    expect(written).toEqual([
      { name: 'From', value: 'hello@example.com' },
      { name: 'To', value: 'hana@example.net' },
      { name: 'Cc', value: 'ren@example.net' },
      { name: 'Subject', value: 'Hi' },
    ]);
  });
});

describe('a raw mail', () => {
  const lines = (...text: string[]): Buffer => Buffer.from(text.join('\r\n'));

  it('is read as a mail program reads it: encoded words, parts, character sets and attachments', async () => {
    const { client, outbox } = await startSes();
    const message = lines(
      'From: =?UTF-8?B?5bqD5aC0?= <hello@example.com>',
      'To: "Tanaka, Hana" <hana@example.net>,',
      ' ren@example.net',
      'Bcc: yui@example.net',
      'Subject: =?UTF-8?Q?caf=C3=A9?= =?UTF-8?Q?_menu?=',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="outer"',
      '',
      'a preamble that nobody sees',
      '--outer',
      'Content-Type: multipart/alternative; boundary=inner',
      '',
      '--inner',
      'Content-Type: text/plain; charset=ISO-2022-JP',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from('\u001b$B$3$s$K$A$O\u001b(B').toString('base64'),
      '--inner',
      'Content-Type: text/html; charset="utf-8"',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      '<p>caf=C3=A9 =',
      'au lait</p>',
      '--inner--',
      '--outer',
      "Content-Type: image/png; name*=UTF-8''%E5%86%99%E7%9C%9F.png",
      'Content-Disposition: attachment',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from('not a picture').toString('base64'),
      '--outer--',
      'an epilogue',
    );
    await client.send(new SendEmailCommand({ Content: { Raw: { Data: message } } }));
    const messages = outbox.list();
    expect(messages.map(({ to }) => to)).toEqual(['hana@example.net', 'ren@example.net', 'yui@example.net']);
    expect(messages[0]).toMatchObject({
      subject: 'café menu',
      body: 'こんにちは',
      mail: {
        html: '<p>café au lait</p>',
        attachments: [{ name: '写真.png', contentType: 'image/png', bytes: 13 }],
      },
    });
    expect(messages[0]?.mail?.headers.slice(0, 3)).toEqual([
      { name: 'From', value: '広場 <hello@example.com>' },
      { name: 'To', value: '"Tanaka, Hana" <hana@example.net>, ren@example.net' },
      { name: 'Subject', value: 'café menu' },
    ]);
    expect(JSON.stringify(messages[0]?.mail?.headers)).not.toContain('yui@example.net');
  });

  it.each([
    ['no From', lines('Subject: x', '', 'body'), "Missing required header 'From'."],
    [
      'more parts than SES takes',
      lines(
        'From: hello@example.com',
        'Content-Type: multipart/mixed; boundary=b',
        '',
        ...Array.from({ length: 501 }, () => '--b\r\n\r\nx'),
        '--b--',
      ),
      'The message has more than 500 MIME parts',
    ],
    [
      'parts without a boundary',
      lines('From: hello@example.com', 'Content-Type: multipart/mixed', '', 'x'),
      'A multipart Content-Type has no boundary',
    ],
  ])('with %s is refused', async (_, Data, message) => {
    const { client, outbox } = await startSes();
    const Destination = { ToAddresses: ['hana@example.net'] };
    await expect(client.send(new SendEmailCommand({ Destination, Content: { Raw: { Data } } }))).rejects.toMatchObject({
      name: 'BadRequestException',
      message,
    });
    expect(outbox.list()).toEqual([]);
  });
});

describe('a mail from a template', () => {
  const welcome = template('welcome', { subject: 'Hello {{name}}', text: 'Hi {{name}}', html: '<p>{{name}}</p>' });
  const send = (data: object, changes: object = {}) =>
    new SendEmailCommand({
      FromEmailAddress: 'hello@example.com',
      Destination: { ToAddresses: ['hana@example.net'] },
      Content: { Template: { TemplateName: 'welcome', TemplateData: JSON.stringify(data), ...changes } },
    });

  it('is filled in, and nothing in it is escaped, as SES does not', async () => {
    const { client, outbox } = await startSes({ definition: { templates: [welcome] } });
    await client.send(send({ name: 'Hana & <b>Ren</b>' }));
    expect(outbox.list()[0]).toMatchObject({
      subject: 'Hello Hana & <b>Ren</b>',
      body: 'Hi Hana & <b>Ren</b>',
      mail: { html: '<p>Hana & <b>Ren</b></p>' },
    });
  });

  it('whose data lacks a value is accepted and given up, and the log says why', async () => {
    const { client, outbox, lines } = await startSes({ definition: { templates: [welcome] } });
    const { MessageId } = await client.send(send({}));
    const reason = "Rendering failure: Attribute 'name' is not present in the rendering data.";
    expect(outbox.list()).toEqual([]);
    expect(outbox.newest({ to: null, before: 10, limit: 10 })).toMatchObject([{ undelivered: reason }]);
    expect(lines).toEqual([`ses: mail ${MessageId} to hana@example.net was not delivered: ${reason}`]);
  });

  it('that comes with the request may have simple substitutions', async () => {
    const { client, outbox } = await startSes();
    const content = (Text: string) =>
      send({ name: 'Hana' }, { TemplateName: undefined, TemplateContent: { Subject: 'Dear {{name}}', Text } });
    await client.send(content('Good morning, {{name}}.'));
    expect(outbox.list()[0]).toMatchObject({ subject: 'Dear Hana', body: 'Good morning, Hana.', mail: { html: null } });
    await expect(client.send(content('{{#if name}}x{{/if}}'))).rejects.toThrow(
      'A template in the request may have simple substitutions only, as {{name}}',
    );
  });

  it('that does not exist is refused', async () => {
    const { client } = await startSes();
    await expect(client.send(send({}))).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Template welcome does not exist.',
      $metadata: { httpStatusCode: 404 },
    });
  });
});

describe('who may be the sender', () => {
  it.each(['hello@example.com', 'hello@mail.EXAMPLE.com', 'owner@shop.test', 'owner+spring@shop.test'])(
    '%s may: its address, its domain or a domain above is an identity',
    async (FromEmailAddress) => {
      const { client, outbox } = await startSes({
        definition: { identities: [identity('example.com'), identity('owner@shop.test')] },
      });
      await client.send(new SendEmailCommand({ ...simpleMail('hana@example.net'), FromEmailAddress }));
      expect(outbox.list()).toHaveLength(1);
    },
  );

  it.each(['hello@example.org', 'hello@notexample.com', 'other@shop.test', 'Owner@shop.test'])(
    '%s may not',
    async (FromEmailAddress) => {
      const { client, outbox } = await startSes({
        definition: { identities: [identity('example.com'), identity('owner@shop.test')] },
      });
      await expect(
        client.send(new SendEmailCommand({ ...simpleMail('hana@example.net'), FromEmailAddress })),
      ).rejects.toMatchObject({
        name: 'MessageRejected',
        message: `Email address is not verified. The following identities failed the check in region AP-NORTHEAST-1: ${FromEmailAddress}`,
        $metadata: { httpStatusCode: 400 },
      });
      expect(outbox.list()).toEqual([]);
    },
  );
});

describe('a configuration set', () => {
  it('is that of the identity where the request names none', async () => {
    const { client, outbox } = await startSes({
      definition: {
        identities: [identity('example.com', 'default')],
        configurationSets: [configurationSet('default'), configurationSet('news')],
      },
    });
    await client.send(new SendEmailCommand(simpleMail('hana@example.net')));
    await client.send(new SendEmailCommand({ ...simpleMail('hana@example.net'), ConfigurationSetName: 'news' }));
    expect(outbox.list().map(({ mail }) => mail?.configurationSet)).toEqual(['default', 'news']);
  });

  it('that does not exist, or whose sending is off, lets nothing through', async () => {
    const { client, outbox } = await startSes({
      definition: { configurationSets: [configurationSet('off', { sendingEnabled: false })] },
    });
    const send = (ConfigurationSetName: string) =>
      client.send(new SendEmailCommand({ ...simpleMail('hana@example.net'), ConfigurationSetName }));
    await expect(send('none')).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Configuration set <none> does not exist.',
    });
    await expect(send('off')).rejects.toMatchObject({
      name: 'SendingPausedException',
      message: 'Email sending for configuration set <off> is disabled.',
    });
    expect(outbox.list()).toEqual([]);
  });
});

describe('bad input', () => {
  const simple = simpleMail('hana@example.net');
  const content = (changes: object): SendEmailCommandInput => ({
    ...simple,
    Content: { Simple: { ...simple.Content.Simple, ...changes } },
  });
  const to = (...ToAddresses: string[]): SendEmailCommandInput => ({ ...simple, Destination: { ToAddresses } });
  const many = Array.from({ length: 51 }, (_, index) => `person${index}@example.net`);

  it.each<[string, SendEmailCommandInput, string]>([
    ['no sender', { ...simple, FromEmailAddress: undefined }, 'FromEmailAddress must be given'],
    ['no recipient', { ...simple, Destination: {} }, 'The Destination must have at least one address'],
    ['51 recipients', to(...many), 'Recipient count exceeds 50.'],
    ['an address without a domain', to('hana'), "Missing final '@domain'"],
    ['an address without a user', to('@example.net'), 'User name is missing'],
    ['a space in an address', to('ha na@example.net'), 'Local address contains control or whitespace'],
    ['two addresses in one', to('a@example.net,b@example.net'), 'Illegal address: a@example.net,b@example.net'],
    ['a line break in an address', to('a@example.net\r\nBcc: b@example.net'), 'is not printable ASCII'],
    ['a name in another script', to('花 <hana@example.net>'), 'names want the encoded words of RFC 2047'],
    ['text that its character set lacks', content({ Subject: { Data: 'お知らせ' } }), 'say Charset: "UTF-8"'],
    ['no text at all', content({ Body: {} }), 'Content.Simple.Body must have Text or Html'],
    [
      'two kinds of content',
      { ...simple, Content: { ...simple.Content, Raw: { Data: Buffer.from('x') } } },
      'exactly one of',
    ],
    [
      'a header of the request',
      content({ Headers: [{ Name: 'BCC', Value: 'x@example.net' }] }),
      'must not have the header BCC',
    ],
    [
      'a line break in a header',
      content({ Headers: [{ Name: 'X-A', Value: 'a\r\nBcc: b@example.net' }] }),
      'printable ASCII',
    ],
    ['a colon in the name of a header', content({ Headers: [{ Name: 'X:A', Value: 'a' }] }), 'without ":"'],
    ['16 headers', content({ Headers: many.slice(0, 16).map((Value) => ({ Name: 'X-A', Value })) }), 'more than 15'],
    ['a tag with a blank', { ...simple, EmailTags: [{ Name: 'a b', Value: 'c' }] }, 'ASCII letters, digits'],
  ])('%s is refused', async (_, input, message) => {
    const { client, outbox } = await startSes();
    await expect(client.send(new SendEmailCommand(input))).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringContaining(message) as string,
    });
    expect(outbox.newest({ to: null, before: 10, limit: 10 })).toEqual([]);
  });

  it.each(['FromEmailAddressIdentityArn', 'FeedbackForwardingEmailAddress', 'TenantName'])(
    '%s is not emulated, and says so',
    async (member) => {
      const { client } = await startSes();
      await expect(client.send(new SendEmailCommand({ ...simple, [member]: 'x' }))).rejects.toMatchObject({
        name: 'NotEmulated',
        message: `ses: ${member} is not emulated by @hiroba/local`,
      });
    },
  );
});
