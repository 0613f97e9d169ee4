import { describe, expect, it } from 'vitest';
import { createFaults, type FaultOptions } from '../../src/faults/faults.ts';
import { faultyQueue } from '../../src/faults/queues.ts';
import type { MessageQueue, QueueMessage } from '../../src/services/lambda/index.ts';
import { md5Hex } from '../../src/services/sqs/index.ts';

const BODIES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
let runs = 0;

/** A queue in memory, whose messages are hidden for ever once they were received. */
function memoryQueue(bodies: readonly string[]) {
  runs += 1;
  const waiting = bodies.map((body, index): QueueMessage => ({
    messageId: `run${runs}-${index}`,
    receiptHandle: `receipt-${runs}-${index}`,
    body,
    attributes: { ApproximateReceiveCount: '1' },
    messageAttributes: {},
    md5OfBody: md5Hex(body),
  }));
  const removed: string[] = [];
  const queue: MessageQueue = {
    arn: 'arn:aws:sqs:eu-central-1:123456789012:jobs',
    visibilityTimeoutSeconds: () => 30,
    receive: ({ maximumMessages }) => waiting.splice(0, maximumMessages),
    remove: (messages) => void removed.push(...messages.map(({ receiptHandle }) => receiptHandle)),
    hasVisible: () => waiting.length > 0,
    countVisible: (limit) => Math.min(limit, waiting.length),
    onVisible: () => () => undefined,
  };
  return { queue, removed };
}

function faulty(rates: FaultOptions['rates'], bodies: readonly string[] = BODIES) {
  const faults = createFaults({ seed: 'seed', rates, most: 1 });
  const { queue, removed } = memoryQueue(bodies);
  return { queue: faultyQueue(queue, faults), inner: queue, removed, counts: () => faults.counts() };
}

/** Looks until nothing is visible, and deletes what it gets: the bodies, look by look. */
function drain(queue: MessageQueue, maximumMessages = 2): string[][] {
  const looks: string[][] = [];
  while (queue.hasVisible()) {
    const messages = queue.receive({ maximumMessages, maximumBytes: 1_000 });
    looks.push(messages.map(({ body }) => body));
    queue.remove(messages);
  }
  return looks;
}

describe('a message', () => {
  it('comes late, so that others overtake it, and is not lost', () => {
    const { queue, counts } = faulty({ queueDelayed: 0.4 });
    const bodies = drain(queue).flat();
    expect(bodies).not.toEqual(BODIES);
    expect(bodies.toSorted()).toEqual(BODIES);
    expect(counts().queueDelayed).toBeGreaterThan(0);
  });

  it('comes twice, the second time with a higher receive count', () => {
    const { queue, counts } = faulty({ queueDuplicated: 1 }, ['a']);
    const received: QueueMessage[] = [];
    while (queue.hasVisible()) {
      const messages = queue.receive({ maximumMessages: 10, maximumBytes: 1_000 });
      received.push(...messages);
      queue.remove(messages);
    }
    expect(received.map(({ body, attributes }) => [body, attributes['ApproximateReceiveCount']])).toEqual([
      ['a', '1'],
      ['a', '2'],
    ]);
    expect(counts().queueDuplicated).toBe(1);
  });

  it('comes twice while it is handled, or after it was deleted', () => {
    const { queue } = faulty({ queueDuplicated: 1 });
    const first = queue.receive({ maximumMessages: 10, maximumBytes: 1_000 });
    const meanwhile: QueueMessage[] = [];
    while (queue.hasVisible()) meanwhile.push(...queue.receive({ maximumMessages: 10, maximumBytes: 1_000 }));
    queue.remove(first);
    const afterwards = drain(queue, 10).flat();
    expect(first.map(({ body }) => body)).toEqual(BODIES);
    expect(meanwhile.length).toBeGreaterThan(0);
    expect(afterwards.length).toBeGreaterThan(0);
    expect([...meanwhile.map(({ body }) => body), ...afterwards].toSorted()).toEqual(BODIES);
  });

  it('that comes again after it was deleted wakes whoever waits', () => {
    const { queue } = faulty({ queueDuplicated: 1 });
    let woken = 0;
    queue.onVisible(() => (woken += 1));
    const first = queue.receive({ maximumMessages: 10, maximumBytes: 1_000 });
    while (queue.hasVisible()) queue.receive({ maximumMessages: 10, maximumBytes: 1_000 });
    expect(woken).toBe(0);
    queue.remove(first);
    expect(woken).toBeGreaterThan(0);
  });

  it('is struck by the same seed in each run, whatever its id', () => {
    const looks = (): string[][] => drain(faulty({ queueDelayed: 0.4, queueDuplicated: 0.4 }).queue);
    expect(looks()).toEqual(looks());
  });

  it('is decided about by itself, also among others with the same body', () => {
    const { queue, counts } = faulty(
      { queueDelayed: 0.5 },
      Array.from({ length: 40 }, () => 'tick'),
    );
    expect(drain(queue).flat()).toHaveLength(40);
    expect(counts().queueDelayed).toBeGreaterThan(8);
  });
});

it('no more is given out than was asked for', () => {
  const { queue } = faulty({ queueDelayed: 0.6, queueDuplicated: 0.6 });
  expect(Math.max(...drain(queue, 2).map(({ length }) => length))).toBe(2);
});

it('a queue is itself at a rate of 0', () => {
  const { queue, inner } = faulty({ queueDelayed: 0, queueDuplicated: 0 });
  expect(queue).toBe(inner);
});
