import type { EventMessageAttribute, MessageQueue, QueueMessage } from '../services/lambda/index.ts';
import {
  md5Hex,
  md5OfAttributes,
  type MessageAttribute,
  type QueueSource,
  type ReceivedMessage,
  systemAttributes,
} from '../services/sqs/index.ts';

/** A queue of SQS as Lambda's event source mappings read it. */
export function mappedQueue(source: QueueSource): MessageQueue {
  return { ...source, receive: (limits) => source.receive(limits).map(eventMessage) };
}

function eventMessage(message: ReceivedMessage): QueueMessage {
  const { messageId, receiptHandle, body, attributes } = message;
  const names = Object.keys(attributes);
  return {
    messageId,
    receiptHandle,
    body,
    attributes: systemAttributes(message, ['All']),
    messageAttributes: Object.fromEntries(names.map((name) => [name, eventAttribute(attributes[name]!)])),
    md5OfBody: md5Hex(body),
    ...(names.length > 0 && { md5OfMessageAttributes: md5OfAttributes(attributes) }),
  };
}

/** The lists are never filled: SQS does not take them. */
function eventAttribute(attribute: MessageAttribute): EventMessageAttribute {
  const lists = { stringListValues: [], binaryListValues: [], dataType: attribute.DataType };
  return 'StringValue' in attribute
    ? { stringValue: attribute.StringValue, ...lists }
    : { binaryValue: attribute.BinaryValue, ...lists };
}
