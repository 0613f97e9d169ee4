import { ListDeadLetterSourceQueuesCommand } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import {
  arnOf,
  counts,
  queue,
  receive,
  send,
  serveQueues,
  START,
  urlOf,
  withDeadLetters,
  type Served,
} from './support/queues.ts';

let served: Served;
afterEach(() => served.stop());

/** Receives everything and lets it come back. */
async function fail(times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await receive(served);
    served.clock.advance(30_000);
  }
}

describe('a redrive policy', () => {
  it('moves a message that was received too often, and no other', async () => {
    served = await serveQueues(withDeadLetters(3));
    const id = await send(served, 'poison');
    await fail(3);
    await send(served, 'good');
    expect((await receive(served)).map(({ Body }) => Body)).toEqual(['good']);
    const [dead] = await receive(served, { name: 'dead' });
    expect([dead?.MessageId, dead?.Body]).toEqual([id, 'poison']);
    expect(await counts(served)).toEqual([0, 1, 0]);
  });

  it('leaves age and number of receptions as they are, and tells where the message came from', async () => {
    served = await serveQueues(withDeadLetters(1));
    await send(served, 'poison');
    await fail(2);
    const [dead] = await receive(served, { name: 'dead' });
    expect(dead?.Attributes).toEqual({
      SenderId: '123456789012',
      SentTimestamp: String(START),
      ApproximateFirstReceiveTimestamp: String(START),
      ApproximateReceiveCount: '2',
      DeadLetterQueueSourceArn: arnOf('jobs'),
    });
  });

  it('keeps in the dead-letter queue only what is young enough for it, counted from the first sending', async () => {
    const [jobs] = withDeadLetters(1);
    served = await serveQueues([jobs!, queue({ name: 'dead', retentionSeconds: 60 })]);
    await send(served, 'poison');
    await fail(1);
    await receive(served);
    expect(await counts(served, 'dead')).toEqual([1, 0, 0]);
    served.clock.advance(30_000);
    expect(await counts(served, 'dead')).toEqual([0, 0, 0]);
  });

  it('of a dead-letter queue counts the receptions there', async () => {
    const [jobs] = withDeadLetters(1);
    const dead = queue({ name: 'dead', redrivePolicy: { deadLetterTargetArn: arnOf('grave'), maxReceiveCount: 1 } });
    served = await serveQueues([jobs!, dead, queue({ name: 'grave' })]);
    await send(served, 'poison');
    await fail(1);
    await receive(served);
    expect(await receive(served, { name: 'dead' })).toHaveLength(1);
    served.clock.advance(30_000);
    expect(await receive(served, { name: 'dead' })).toHaveLength(0);
    expect(await receive(served, { name: 'grave' })).toHaveLength(1);
  });

  it('wakes whoever waits at the dead-letter queue', async () => {
    served = await serveQueues(withDeadLetters(1));
    await send(served, 'poison');
    await fail(1);
    const waiting = receive(served, { name: 'dead', WaitTimeSeconds: 20 });
    await served.timers.waitingFor(20_000);
    await receive(served);
    expect((await waiting).map(({ Body }) => Body)).toEqual(['poison']);
  });

  it('makes its queue a source of the other', async () => {
    served = await serveQueues(withDeadLetters(1));
    const list = async (name: string) =>
      (await served.client.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: urlOf(name) }))).queueUrls;
    expect([await list('dead'), await list('jobs')]).toEqual([[urlOf('jobs')], []]);
  });
});
