import { DatabaseSync } from 'node:sqlite';
import {
  DeleteSuppressedDestinationCommand,
  GetAccountCommand,
  GetSuppressedDestinationCommand,
  ListSuppressedDestinationsCommand,
  type ListSuppressedDestinationsCommandInput,
  PutSuppressedDestinationCommand,
  SendEmailCommand,
  type SESv2Client,
} from '@aws-sdk/client-sesv2';
import { describe, expect, it } from 'vitest';
import { configurationSet, simpleMail, startSes } from './support.ts';

type Reason = 'BOUNCE' | 'COMPLAINT';
const put = (client: SESv2Client, EmailAddress: string, Reason: Reason = 'BOUNCE') =>
  client.send(new PutSuppressedDestinationCommand({ EmailAddress, Reason }));

describe('the suppression list', () => {
  it('keeps an address, in whatever letters it is written, until it is taken off', async () => {
    const { client, clock } = await startSes();
    await put(client, 'Hana@Example.net', 'COMPLAINT');
    const get = () => client.send(new GetSuppressedDestinationCommand({ EmailAddress: 'hana@example.net' }));
    expect((await get()).SuppressedDestination).toEqual({
      EmailAddress: 'hana@example.net',
      Reason: 'COMPLAINT',
      LastUpdateTime: new Date('2026-03-01T09:00:00Z'),
    });
    clock.advance(1_000);
    await put(client, 'hana@example.net');
    expect((await get()).SuppressedDestination).toMatchObject({
      Reason: 'BOUNCE',
      LastUpdateTime: new Date('2026-03-01T09:00:01Z'),
    });
    await client.send(new DeleteSuppressedDestinationCommand({ EmailAddress: 'HANA@example.net' }));
    const gone = {
      name: 'NotFoundException',
      message: 'Email address hana@example.net does not exist on your suppression list.',
    };
    await expect(get()).rejects.toMatchObject(gone);
    await expect(
      client.send(new DeleteSuppressedDestinationCommand({ EmailAddress: 'hana@example.net' })),
    ).rejects.toMatchObject(gone);
  });

  it('is listed in pages, by reason and by time', async () => {
    const { client, clock } = await startSes();
    for (const name of ['d', 'b', 'a', 'c']) {
      await put(client, `${name}@example.net`, name === 'b' ? 'COMPLAINT' : 'BOUNCE');
      clock.advance(60_000);
    }
    const list = async (input: ListSuppressedDestinationsCommandInput) => {
      const answer = await client.send(new ListSuppressedDestinationsCommand(input));
      const names = answer.SuppressedDestinationSummaries?.map(({ EmailAddress = '' }) => EmailAddress[0]).join('');
      return { names, token: answer.NextToken };
    };
    const first = await list({ PageSize: 3 });
    expect(first.names).toBe('abc');
    expect(await list({ PageSize: 3, NextToken: first.token })).toEqual({ names: 'd', token: undefined });
    expect(await list({ Reasons: ['BOUNCE'] })).toEqual({ names: 'acd', token: undefined });
    expect(await list({ Reasons: ['BOUNCE', 'COMPLAINT'], StartDate: new Date('2026-03-01T09:01:30Z') })).toEqual({
      names: 'ac',
      token: undefined,
    });
    expect((await list({ EndDate: new Date('2026-03-01T09:00:30Z') })).names).toBe('d');
    await expect(list({ NextToken: '!' })).rejects.toMatchObject({ name: 'InvalidNextTokenException' });
    await expect(list({ PageSize: 1_001 })).rejects.toMatchObject({ name: 'BadRequestException' });
  });

  it('survives a restart', async () => {
    const database = new DatabaseSync(':memory:');
    const before = await startSes({ database });
    await put(before.client, 'hana@example.net');
    const { client } = await startSes({ database });
    const answer = await client.send(new GetSuppressedDestinationCommand({ EmailAddress: 'hana@example.net' }));
    expect(answer.SuppressedDestination?.Reason).toBe('BOUNCE');
  });
});

describe('mail to a suppressed address', () => {
  const reason =
    'Amazon SES did not send the message to this address because it is on the suppression list for your account.';

  it('is accepted and not delivered, and the other recipients get theirs', async () => {
    const { client, outbox, lines } = await startSes();
    await put(client, 'hana@example.net');
    const { MessageId } = await client.send(new SendEmailCommand(simpleMail(['Hana@example.net', 'ren@example.net'])));
    expect(outbox.list().map(({ to }) => to)).toEqual(['ren@example.net']);
    expect(lines).toEqual([`ses: mail ${MessageId} to Hana@example.net was not delivered: ${reason}`]);
    expect(outbox.newest({ to: 'hana@example.net', before: 10, limit: 10 })).toMatchObject([{ undelivered: reason }]);
  });

  it('is sent when its reason is none of those of the account, or of the configuration set, which goes before', async () => {
    const { client, outbox } = await startSes({
      definition: {
        suppressedReasons: ['BOUNCE'],
        configurationSets: [
          configurationSet('as-the-account'),
          configurationSet('everything', { suppressedReasons: [] }),
          configurationSet('complaints', { suppressedReasons: ['COMPLAINT'] }),
        ],
      },
    });
    await put(client, 'bounced@example.net', 'BOUNCE');
    await put(client, 'complained@example.net', 'COMPLAINT');
    for (const ConfigurationSetName of [undefined, 'as-the-account', 'everything', 'complaints']) {
      const mail = simpleMail(['bounced@example.net', 'complained@example.net']);
      await client.send(new SendEmailCommand({ ...mail, ConfigurationSetName }));
    }
    expect(outbox.list().map(({ to, mail }) => [mail?.configurationSet, to])).toEqual([
      [null, 'complained@example.net'],
      ['as-the-account', 'complained@example.net'],
      ['everything', 'bounced@example.net'],
      ['everything', 'complained@example.net'],
      ['complaints', 'bounced@example.net'],
    ]);
  });
});

describe('the mailbox simulator', () => {
  it.each([
    ['success@simulator.amazonses.com', null],
    ['success+42@simulator.amazonses.com', null],
    ['complaint@simulator.amazonses.com', null],
    ['bounce@simulator.amazonses.com', 'smtp; 550 5.1.1 user unknown'],
    ['bounce+42@simulator.amazonses.com', 'smtp; 550 5.1.1 user unknown'],
    [
      'suppressionlist@simulator.amazonses.com',
      'Amazon SES has suppressed sending to this address because it has a recent history of bouncing as an invalid address.',
    ],
  ])('treats %s as its name says, and puts it on no list', async (address, undelivered) => {
    const { client, outbox } = await startSes();
    await client.send(new SendEmailCommand(simpleMail(address)));
    const [message] = outbox.newest({ to: address, before: 10, limit: 10 });
    expect(message?.undelivered ?? null).toBe(undelivered);
    const list = await client.send(new ListSuppressedDestinationsCommand({}));
    expect(list.SuppressedDestinationSummaries).toEqual([]);
  });
});

it('the account tells which reasons keep mail back', async () => {
  const { client } = await startSes({ definition: { suppressedReasons: ['COMPLAINT'] } });
  const { SuppressionAttributes } = await client.send(new GetAccountCommand({}));
  expect(SuppressionAttributes).toEqual({ SuppressedReasons: ['COMPLAINT'] });
});
