import { SendBulkEmailCommand, type SendBulkEmailCommandInput } from '@aws-sdk/client-sesv2';
import { describe, expect, it } from 'vitest';
import { startSes, template } from './support.ts';

const digest = template('digest', { subject: '{{count}} new posts, {{name}}', text: 'Read them at {{site}}' });

const bulk = (
  entries: SendBulkEmailCommandInput['BulkEmailEntries'],
  changes: Partial<SendBulkEmailCommandInput> = {},
): SendBulkEmailCommandInput => ({
  FromEmailAddress: 'hello@example.com',
  DefaultContent: {
    Template: { TemplateName: 'digest', TemplateData: JSON.stringify({ count: 0, site: 'https://example.com' }) },
  },
  BulkEmailEntries: entries,
  ...changes,
});

const entry = (address: string, data: object) => ({
  Destination: { ToAddresses: [address] },
  ReplacementEmailContent: { ReplacementTemplate: { ReplacementTemplateData: JSON.stringify(data) } },
});

const people = (count: number) =>
  Array.from({ length: count }, (_, index) => entry(`person${index}@example.net`, { name: `P${index}` }));

describe('many mails in one request', () => {
  it('each have their own data, tags and headers over those of all', async () => {
    const { client, outbox } = await startSes({ definition: { templates: [digest] } });
    const DefaultContent = {
      Template: {
        TemplateName: 'digest',
        TemplateData: JSON.stringify({ count: 0, site: 'https://example.com' }),
        Headers: [
          { Name: 'List-Unsubscribe', Value: '<https://example.com/all>' },
          { Name: 'X-Campaign', Value: 'spring' },
        ],
      },
    };
    const answer = await client.send(
      new SendBulkEmailCommand(
        bulk(
          [
            {
              ...entry('hana@example.net', { name: 'Hana', count: 3 }),
              ReplacementHeaders: [{ Name: 'list-unsubscribe', Value: '<https://example.com/hana>' }],
              ReplacementTags: [{ Name: 'language', Value: 'ja' }],
            },
            entry('ren@example.net', { name: 'Ren' }),
          ],
          {
            DefaultContent,
            DefaultEmailTags: [
              { Name: 'kind', Value: 'digest' },
              { Name: 'language', Value: 'en' },
            ],
          },
        ),
      ),
    );
    const [hana, ren] = outbox.list();
    expect(answer.BulkEmailEntryResults).toEqual([
      { Status: 'SUCCESS', MessageId: hana?.mail?.messageId },
      { Status: 'SUCCESS', MessageId: ren?.mail?.messageId },
    ]);
    expect(hana).toMatchObject({
      to: 'hana@example.net',
      subject: '3 new posts, Hana',
      body: 'Read them at https://example.com',
    });
    expect(hana?.mail?.tags).toEqual({ kind: 'digest', language: 'ja' });
    expect(hana?.mail?.headers.filter(({ name }) => /list|x-/i.test(name))).toEqual([
      { name: 'X-Campaign', value: 'spring' },
      { name: 'list-unsubscribe', value: '<https://example.com/hana>' },
    ]);
    expect(ren).toMatchObject({ to: 'ren@example.net', subject: '0 new posts, Ren' });
    expect(ren?.mail?.tags).toEqual({ kind: 'digest', language: 'en' });
    expect(ren?.mail?.headers.filter(({ name }) => /list|x-/i.test(name))).toEqual([
      { name: 'List-Unsubscribe', value: '<https://example.com/all>' },
      { name: 'X-Campaign', value: 'spring' },
    ]);
  });

  it('are told apart: one that cannot be sent does not keep the others back', async () => {
    const { client, outbox } = await startSes({ definition: { templates: [digest] } });
    const { BulkEmailEntryResults } = await client.send(
      new SendBulkEmailCommand(
        bulk([
          entry('hana', { name: 'Hana' }),
          entry('ren@example.net', { name: 'Ren' }),
          entry('yui@example.net', {}),
        ]),
      ),
    );
    expect(BulkEmailEntryResults?.map(({ Status, Error }) => [Status, Error])).toEqual([
      ['INVALID_PARAMETER', "Missing final '@domain'"],
      ['SUCCESS', undefined],
      // Accepted and given up, as SES does: its data lacks the name.
      ['SUCCESS', undefined],
    ]);
    expect(outbox.list().map(({ to }) => to)).toEqual(['ren@example.net']);
  });

  it('beyond the rate are throttled one by one, and all of them when none could go', async () => {
    const { client, outbox, wallClock } = await startSes({
      definition: { templates: [digest] },
      limits: { maxSendRate: 2 },
    });
    const send = () => client.send(new SendBulkEmailCommand(bulk(people(3))));
    const { BulkEmailEntryResults } = await send();
    expect(BulkEmailEntryResults?.map(({ Status, Error }) => [Status, Error])).toEqual([
      ['SUCCESS', undefined],
      ['SUCCESS', undefined],
      ['ACCOUNT_THROTTLED', 'Maximum sending rate exceeded.'],
    ]);
    await expect(send()).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    wallClock.advance(500);
    expect((await send()).BulkEmailEntryResults?.map(({ Status }) => Status)).toEqual([
      'SUCCESS',
      'ACCOUNT_THROTTLED',
      'ACCOUNT_THROTTLED',
    ]);
    expect(outbox.list()).toHaveLength(3);
  });

  it('are fifty at most', async () => {
    const { client, outbox } = await startSes({ definition: { templates: [digest] }, limits: { maxSendRate: 100 } });
    await client.send(new SendBulkEmailCommand(bulk(people(50))));
    for (const entries of [people(51), []]) {
      await expect(client.send(new SendBulkEmailCommand(bulk(entries)))).rejects.toMatchObject({
        name: 'BadRequestException',
        message: 'BulkEmailEntries must have 1 to 50 members',
      });
    }
    expect(outbox.list()).toHaveLength(50);
  });

  it.each([
    ['a template that is not there', { DefaultContent: { Template: { TemplateName: 'none' } } }, 'NotFoundException'],
    ['a configuration set that is not there', { ConfigurationSetName: 'none' }, 'NotFoundException'],
    ['a foreign sender', { FromEmailAddress: 'hello@example.org' }, 'MessageRejected'],
  ])('with %s are refused together', async (_, changes, name) => {
    const { client, outbox } = await startSes({ definition: { templates: [digest] } });
    await expect(client.send(new SendBulkEmailCommand(bulk(people(2), changes)))).rejects.toMatchObject({ name });
    expect(outbox.list()).toEqual([]);
  });
});
