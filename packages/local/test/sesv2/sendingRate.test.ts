import { DatabaseSync } from 'node:sqlite';
import { GetAccountCommand, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { describe, expect, it } from 'vitest';
import { simpleMail, startSes } from './support.ts';

type Started = Awaited<ReturnType<typeof startSes>>;
const send = ({ client }: Started, ...to: string[]) => client.send(new SendEmailCommand(simpleMail(to)));
const tooFast = { name: 'TooManyRequestsException', message: 'Maximum sending rate exceeded.' };

describe('the sending rate', () => {
  it('lets so many through at a stroke, refuses the next, and gives room again as the machine’s time passes', async () => {
    const ses = await startSes({ limits: { maxSendRate: 2 } });
    await send(ses, 'a@example.net');
    await send(ses, 'b@example.net');
    await expect(send(ses, 'c@example.net')).rejects.toMatchObject({ ...tooFast, $metadata: { httpStatusCode: 429 } });
    ses.clock.advance(60_000);
    await expect(send(ses, 'd@example.net')).rejects.toMatchObject(tooFast);
    ses.wallClock.advance(500);
    await send(ses, 'e@example.net');
    await expect(send(ses, 'f@example.net')).rejects.toMatchObject(tooFast);
    expect(ses.outbox.list().map(({ to }) => to)).toEqual(['a@example.net', 'b@example.net', 'e@example.net']);
  });

  it('counts recipients: a mail to many takes the room of the seconds after it', async () => {
    const ses = await startSes({ limits: { maxSendRate: 2 } });
    await send(ses, ...['a', 'b', 'c', 'd'].map((name) => `${name}@example.net`));
    ses.wallClock.advance(1_000);
    await expect(send(ses, 'e@example.net')).rejects.toMatchObject(tooFast);
    ses.wallClock.advance(500);
    await send(ses, 'e@example.net');
  });

  it('does not pile up over a pause', async () => {
    const ses = await startSes({ limits: { maxSendRate: 2 } });
    ses.wallClock.advance(3_600_000);
    await send(ses, 'a@example.net', 'b@example.net');
    await expect(send(ses, 'c@example.net')).rejects.toMatchObject(tooFast);
  });

  it('may be less than one a second', async () => {
    const ses = await startSes({ limits: { maxSendRate: 0.5 } });
    await send(ses, 'a@example.net');
    ses.wallClock.advance(1_999);
    await expect(send(ses, 'b@example.net')).rejects.toMatchObject(tooFast);
    ses.wallClock.advance(1);
    await send(ses, 'b@example.net');
  });
});

describe('the daily quota', () => {
  it('ends what may be sent in 24 hours of the local clock, also over a restart', async () => {
    const database = new DatabaseSync(':memory:');
    const limits = { max24HourSend: 2 };
    const before = await startSes({ database, limits });
    await send(before, 'a@example.net', 'b@example.net');
    const ses = await startSes({ database, limits });
    await expect(send(ses, 'c@example.net')).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      message: 'Daily message quota exceeded.',
    });
    ses.clock.advance(24 * 3_600_000);
    await send(ses, 'c@example.net');
  });

  it('of -1 ends nothing', async () => {
    const ses = await startSes({ limits: { max24HourSend: -1, maxSendRate: 1_000 } });
    for (let count = 0; count < 20; count++) await send(ses, 'a@example.net');
    expect(ses.outbox.list()).toHaveLength(20);
  });
});

it('the account tells its limits and what it has sent', async () => {
  const ses = await startSes();
  await send(ses, 'a@example.net', 'b@example.net', 'c@example.net');
  const account = await ses.client.send(new GetAccountCommand({}));
  expect(account).toMatchObject({
    ProductionAccessEnabled: true,
    SendingEnabled: true,
    SendQuota: { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: 3 },
  });
});
