import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { manualClock } from '../../src/clock.ts';
import { createOutbox } from '../../src/services/outbox/index.ts';

const message = (to: string, body: string) =>
  ({ channel: 'EMAIL', to, subject: 'Hello', body, source: 'cognito-idp/us-east-1_Ab3dEf9hI' }) as const;

describe('the outbox', () => {
  it('lists messages oldest first, all or those to one address', () => {
    const clock = manualClock(1_000);
    const outbox = createOutbox({ clock });
    const first = outbox.add(message('hana@example.com', 'one'));
    clock.advance(5);
    outbox.add(message('ren@example.com', 'two'));
    outbox.add(message('hana@example.com', 'three'));
    expect(first).toEqual({
      id: '1',
      channel: 'EMAIL',
      to: 'hana@example.com',
      subject: 'Hello',
      body: 'one',
      sentAt: 1_000,
      source: 'cognito-idp/us-east-1_Ab3dEf9hI',
    });
    expect(outbox.list().map(({ body, sentAt }) => [body, sentAt])).toEqual([
      ['one', 1_000],
      ['two', 1_005],
      ['three', 1_005],
    ]);
    expect(outbox.list({ to: 'hana@example.com' }).map(({ body }) => body)).toEqual(['one', 'three']);
    expect(outbox.list({ to: "' OR 1=1 --" })).toEqual([]);
  });

  it('numbers ten and more messages in the order they came', () => {
    const outbox = createOutbox({ clock: manualClock(0) });
    for (let index = 1; index <= 11; index++) outbox.add(message('hana@example.com', String(index)));
    expect(outbox.list().map(({ id }) => id)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11']);
  });

  it('keeps the last thousand messages', () => {
    const outbox = createOutbox({ clock: manualClock(0) });
    for (let index = 1; index <= 1_002; index++) outbox.add(message('hana@example.com', String(index)));
    const messages = outbox.list();
    expect(messages).toHaveLength(1_000);
    expect(messages[0]?.body).toBe('3');
  });

  it('keeps messages elsewhere only when it is given a database', () => {
    const database = new DatabaseSync(':memory:');
    const clock = manualClock(0);
    createOutbox({ clock, database }).add(message('hana@example.com', 'one'));
    expect(createOutbox({ clock, database }).list()).toHaveLength(1);
    expect(createOutbox({ clock }).list()).toHaveLength(0);
  });
});
