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
    outbox.add(message('Hana@Example.com', 'three'), { keep: true });
    expect(first).toEqual({
      id: '1',
      channel: 'EMAIL',
      to: 'hana@example.com',
      subject: 'Hello',
      body: 'one',
      sentAt: 1_000,
      source: 'cognito-idp/us-east-1_Ab3dEf9hI',
    });
    expect(outbox.list().map(({ id, body, sentAt }) => [id, body, sentAt])).toEqual([
      ['1', 'one', 1_000],
      ['2', 'two', 1_005],
      ['3', 'three', 1_005],
    ]);
    expect(outbox.list({ to: 'hana@example.com' }).map(({ body }) => body)).toEqual(['one', 'three']);
    expect(outbox.list({ to: "' OR 1=1 --" })).toEqual([]);
  });

  it('numbers ten and more messages in the order they came', () => {
    const outbox = createOutbox({ clock: manualClock(0) });
    for (let index = 1; index <= 11; index++) outbox.add(message('hana@example.com', String(index)));
    expect(outbox.list().map(({ id }) => id)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11']);
  });

  it('leaves what was not delivered out of the list, and shows it to who looks for everything', () => {
    const outbox = createOutbox({ clock: manualClock(0) });
    outbox.add({ ...message('hana@example.com', 'one'), undelivered: 'bounced' });
    outbox.add(message('hana@example.com', 'two'));
    outbox.add(message('hana@example.com', 'three'), { keep: true });
    expect(outbox.list().map(({ body }) => body)).toEqual(['two', 'three']);
    const newest = (before: number) => outbox.newest({ to: null, before, limit: 2 }).map(({ body }) => body);
    expect(newest(100)).toEqual(['three', 'two']);
    expect(newest(2)).toEqual(['one']);
    expect(outbox.find('1')?.undelivered).toBe('bounced');
    expect(outbox.find('4')).toBeNull();
  });

  it('keeps the last thousand in memory, and ten thousand on disk', () => {
    const outbox = createOutbox({ clock: manualClock(0) });
    outbox.add(message('ren@example.com', 'kept'), { keep: true });
    for (let index = 1; index <= 1_002; index++) outbox.add(message('hana@example.com', String(index)));
    expect(outbox.list({ to: 'ren@example.com' })).toHaveLength(1);
    const messages = outbox.list({ to: 'hana@example.com' });
    expect(messages).toHaveLength(1_000);
    expect(messages[0]?.body).toBe('3');
    for (let index = 1; index <= 10_000; index++) outbox.add(message('yui@example.com', ''), { keep: true });
    expect(outbox.list({ to: 'ren@example.com' })).toEqual([]);
    expect(outbox.list({ to: 'yui@example.com' })).toHaveLength(10_000);
  });

  it('makes room by size, too', () => {
    const outbox = createOutbox({ clock: manualClock(0) });
    const large = 'x'.repeat(6 * 1024 * 1024);
    for (const name of ['a', 'b', 'c']) outbox.add(message(`${name}@example.com`, large));
    expect(outbox.list().map(({ to }) => to)).toEqual(['b@example.com', 'c@example.com']);
  });

  it('writes to the database only what is to be kept, and goes on counting after it', () => {
    const database = new DatabaseSync(':memory:');
    const clock = manualClock(0);
    const before = createOutbox({ clock, database });
    before.add(message('hana@example.com', 'the code is 123456'));
    before.add(message('hana@example.com', 'news'), { keep: true });
    const after = createOutbox({ clock, database });
    expect(after.list().map(({ body }) => body)).toEqual(['news']);
    expect(after.add(message('hana@example.com', 'more')).id).toBe('3');
  });
});
