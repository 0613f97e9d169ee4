import { afterEach, describe, expect, it } from 'vitest';
import { counts, queue, receive, send, serveQueues, START, type Served } from './support/queues.ts';

let served: Served;
afterEach(() => served.stop());

const bodies = async (): Promise<(string | undefined)[]> => (await receive(served)).map(({ Body }) => Body);

describe('a message', () => {
  it('that is delayed becomes visible when the clock is moved to its time', async () => {
    served = await serveQueues();
    await send(served, 'later', { DelaySeconds: 900 });
    expect(await counts(served)).toEqual([0, 0, 1]);
    served.clock.set(START + 899_999);
    expect(await bodies()).toEqual([]);
    served.clock.set(START + 900_000);
    expect(await bodies()).toEqual(['later']);
  });

  it('waits for the delay of its queue unless it has its own', async () => {
    served = await serveQueues([queue({ delaySeconds: 60 })]);
    await send(served, 'as the queue says');
    await send(served, 'at once', { DelaySeconds: 0 });
    expect(await bodies()).toEqual(['at once']);
    served.clock.advance(60_000);
    expect(await bodies()).toContain('as the queue says');
  });

  it('that is not deleted comes back after the visibility timeout, with its count', async () => {
    served = await serveQueues([queue({ visibilityTimeoutSeconds: 120 })]);
    await send(served, 'a');
    const [first] = await receive(served);
    served.clock.advance(119_999);
    expect(await bodies()).toEqual([]);
    served.clock.advance(1);
    const [second] = await receive(served);
    expect([first, second].map((message) => message?.Attributes?.ApproximateReceiveCount)).toEqual(['1', '2']);
    expect(second?.ReceiptHandle).not.toBe(first?.ReceiptHandle);
  });

  it('that comes back waits behind those that were visible before', async () => {
    served = await serveQueues();
    await send(served, 'poison');
    await receive(served);
    served.clock.advance(10_000);
    await send(served, 'good');
    served.clock.advance(30_000);
    expect(await bodies()).toEqual(['good', 'poison']);
  });

  it('is gone after the retention period, whether it was seen or not', async () => {
    served = await serveQueues([queue({ retentionSeconds: 3600 })]);
    await send(served, 'unseen');
    await send(served, 'seen');
    await receive(served, { MaxNumberOfMessages: 1, VisibilityTimeout: 43_200 });
    served.clock.advance(3_599_999);
    expect(await counts(served)).toEqual([1, 1, 0]);
    served.clock.advance(1);
    expect(await counts(served)).toEqual([0, 0, 0]);
    expect(served.sqs.sweepExpired()).toBe(2);
  });
});
