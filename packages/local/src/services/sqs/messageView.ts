import type { JsonObject } from '../../json.ts';
import { md5Hex, md5OfAttributes } from './md5.ts';
import type { MessageAttributes, ReceivedMessage } from './model.ts';

type SystemAttribute = (message: ReceivedMessage) => string | null;

/** The attributes that SQS itself gives a message, by name; null: it has none. */
const SYSTEM_ATTRIBUTES: Readonly<Record<string, SystemAttribute>> = {
  ApproximateFirstReceiveTimestamp: ({ firstReceivedAt }) => String(firstReceivedAt),
  ApproximateReceiveCount: ({ receiveCount }) => String(receiveCount),
  AWSTraceHeader: ({ traceHeader }) => traceHeader,
  DeadLetterQueueSourceArn: ({ deadLetterSourceArn }) => deadLetterSourceArn,
  MessageGroupId: ({ groupId }) => groupId,
  SenderId: ({ senderId }) => senderId,
  SentTimestamp: ({ sentAt }) => String(sentAt),
};

/** Known to SQS, and of FIFO queues only. */
const ONLY_FIFO = ['SequenceNumber', 'MessageDeduplicationId'];

export const isSystemAttribute = (name: string): boolean =>
  name === 'All' || Object.hasOwn(SYSTEM_ATTRIBUTES, name) || ONLY_FIFO.includes(name);

/** `names` have been checked with `isSystemAttribute`. */
export function systemAttributes(message: ReceivedMessage, names: readonly string[]): Record<string, string> {
  const wanted = names.includes('All') ? Object.keys(SYSTEM_ATTRIBUTES) : names;
  const entries = wanted.map((name) => [name, SYSTEM_ATTRIBUTES[name]?.(message) ?? null] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== null));
}

/** Names are exact, `All`, `.*`, or a beginning as `prefix.*`. */
export function chosenAttributes(attributes: MessageAttributes, names: readonly string[]): MessageAttributes {
  const isChosen = (name: string): boolean =>
    names.some((wanted) => {
      if (wanted === 'All' || wanted === '.*') return true;
      return wanted.endsWith('.*') ? name.startsWith(wanted.slice(0, -2)) : name === wanted;
    });
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => isChosen(name)));
}

/** A message as ReceiveMessage answers it. */
export function viewOf(
  message: ReceivedMessage,
  wanted: { readonly system: readonly string[]; readonly user: readonly string[] },
): JsonObject {
  const system = systemAttributes(message, wanted.system);
  const user = chosenAttributes(message.attributes, wanted.user);
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: md5Hex(message.body),
    Body: message.body,
    ...(Object.keys(system).length > 0 && { Attributes: system }),
    ...(Object.keys(user).length > 0 && {
      MD5OfMessageAttributes: md5OfAttributes(user),
      MessageAttributes: { ...user },
    }),
  };
}
