import type { MessageQueue, QueueMessage } from '../services/lambda/index.ts';
import type { Faults } from './faults.ts';

/** A message that is given out later, after so many further looks into the queue. */
interface Held {
  readonly message: QueueMessage;
  looks: number;
}

const MOST_LOOKS = 3;

/** A queue that gives some messages twice, and some late and so out of order. It loses none: what is held is hidden in the queue. */
export function faultyQueue(queue: MessageQueue, faults: Faults): MessageQueue {
  if (!faults.has('queueDuplicated') && !faults.has('queueDelayed')) return queue;
  const listeners = new Set<() => void>();
  const keys = messageKeys(queue.arn);
  /** Copies of messages that are with a function, by their receipts: for when these are deleted. */
  const again = new Map<string, QueueMessage>();
  let held: Held[] = [];

  function hold(message: QueueMessage, fraction: number): void {
    held.push({ message, looks: 1 + Math.floor(fraction * MOST_LOOKS) });
  }

  function takeHeld(maximum: number): QueueMessage[] {
    for (const one of held) one.looks -= 1;
    const ready = held.filter(({ looks }) => looks <= 0).slice(0, maximum);
    held = held.filter((one) => !ready.includes(one));
    return ready.map(({ message }) => message);
  }

  /** At once, while a function may have the first one still, or when that is done with it. */
  function duplicate(message: QueueMessage, key: string): void {
    const copy = receivedOnceMore(message);
    const fraction = faults.fraction('queueDuplicated', key);
    if (fraction < 0.5) hold(copy, fraction * 2);
    else again.set(message.receiptHandle, copy);
  }

  function isGivenOut(message: QueueMessage): boolean {
    const key = keys(message);
    if (faults.strikes('queueDelayed', key)) {
      hold(message, faults.fraction('queueDelayed', key));
      return false;
    }
    if (faults.strikes('queueDuplicated', key)) duplicate(message, key);
    return true;
  }

  return {
    ...queue,
    receive({ maximumMessages, maximumBytes }) {
      const late = takeHeld(maximumMessages);
      const room = maximumMessages - late.length;
      const bytes = late.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
      if (room === 0 || bytes >= maximumBytes) return late;
      const received = queue.receive({ maximumMessages: room, maximumBytes: maximumBytes - bytes });
      return [...received.filter(isGivenOut), ...late];
    },
    remove(messages) {
      queue.remove(messages);
      for (const { receiptHandle } of messages) {
        const copy = again.get(receiptHandle);
        again.delete(receiptHandle);
        if (copy) hold(copy, 0);
      }
      if (held.length > 0) for (const listener of listeners) listener();
    },
    hasVisible: () => held.length > 0 || queue.hasVisible(),
    countVisible: (limit) => Math.min(limit, held.length + queue.countVisible(limit)),
    onVisible(listener) {
      listeners.add(listener);
      const stop = queue.onVisible(listener);
      return () => {
        listeners.delete(listener);
        stop();
      };
    },
  };
}

/**
 * What a message is called when it is decided about: by its body, and the how-manieth of that body it is. Its id differs from
 * run to run.
 */
function messageKeys(queueArn: string): (message: QueueMessage) => string {
  const numbers = new Map<string, number>();
  const known = new Map<string, string>();
  return ({ messageId, md5OfBody }) => {
    const key = known.get(messageId);
    if (key !== undefined) return key;
    const number = (numbers.get(md5OfBody) ?? 0) + 1;
    numbers.set(md5OfBody, number);
    known.set(messageId, `${queueArn} ${md5OfBody} ${number}`);
    return known.get(messageId)!;
  };
}

function receivedOnceMore(message: QueueMessage): QueueMessage {
  const { ApproximateReceiveCount: count = '0' } = message.attributes;
  return { ...message, attributes: { ...message.attributes, ApproximateReceiveCount: String(Number(count) + 1) } };
}
