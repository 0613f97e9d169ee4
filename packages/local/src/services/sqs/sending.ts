import type { Principal } from '../../aws/service.ts';
import { transaction } from '../../database.ts';
import type { JsonObject } from '../../json.ts';
import type { Context } from './context.ts';
import { AwsError } from '../../aws/error.ts';
import { invalidParameter, invalidValue } from './errors.ts';
import { MAX_DELAY_SECONDS } from './limits.ts';
import { md5Hex, md5OfAttributes } from './md5.ts';
import { attributesBytes, FORBIDDEN_CHARACTERS, readMessageAttributes, readTraceHeader } from './messageAttributes.ts';
import type { NewMessage, Queue } from './model.ts';
import { optionalInteger, optionalText, text } from './parameters.ts';

const DELAY = { min: 0, max: MAX_DELAY_SECONDS, reason: `DelaySeconds must be >= 0 and <= ${MAX_DELAY_SECONDS}.` };
const GROUP_ID = /^[A-Za-z0-9!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]{1,128}$/;

/** Checks a message as it stands in SendMessage or in an entry of a batch; throws `AwsError`. */
export function readMessage({ senderIdOf }: Context, queue: Queue, input: JsonObject, sender: Principal): NewMessage {
  const body = text(input, 'MessageBody');
  if (FORBIDDEN_CHARACTERS.test(body)) {
    throw new AwsError(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
    );
  }
  const deduplicationId = optionalText(input, 'MessageDeduplicationId');
  if (deduplicationId !== undefined) {
    const reason = 'The request include parameter that is not valid for this queue type.';
    throw invalidValue('MessageDeduplicationId', deduplicationId, reason);
  }
  return {
    body,
    attributes: readMessageAttributes(input),
    traceHeader: readTraceHeader(input),
    groupId: readGroupId(input),
    senderId: senderIdOf(sender),
    delaySeconds: optionalInteger(input, 'DelaySeconds', DELAY) ?? queue.delaySeconds,
  };
}

/** Standard queues take a group since July 2025, for fairness between tenants. */
function readGroupId(input: JsonObject): string | null {
  const groupId = optionalText(input, 'MessageGroupId');
  if (groupId === undefined) return null;
  if (GROUP_ID.test(groupId)) return groupId;
  const reason = 'MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.';
  throw invalidValue('MessageGroupId', groupId, reason);
}

/** Body and attributes; the trace header does not count. */
export const sizeOf = ({ body, attributes }: NewMessage): number =>
  Buffer.byteLength(body) + attributesBytes(attributes);

export function refuseTooLong(queue: Queue, message: NewMessage): void {
  if (sizeOf(message) <= queue.maximumMessageBytes) return;
  throw invalidParameter(
    `One or more parameters are invalid. Reason: Message must be shorter than ${queue.maximumMessageBytes} bytes.`,
  );
}

/** Stores messages, all or none, and returns SendMessage's answers in their order. */
export function store(context: Context, queue: Queue, messages: readonly NewMessage[]): JsonObject[] {
  const { database, clock, random, visibility } = context;
  const answers = transaction(database, () =>
    messages.map((message) => {
      const messageId = newMessageId(random);
      context.messages.insert(queue, { ...message, messageId });
      return answerOf(message, messageId);
    }),
  );
  for (const { delaySeconds } of messages) {
    if (delaySeconds > 0) visibility.at(queue, clock.now() + delaySeconds * 1000);
    else visibility.now(queue);
  }
  return answers;
}

function answerOf({ body, attributes, traceHeader }: NewMessage, messageId: string): JsonObject {
  const system = { AWSTraceHeader: { DataType: 'String', StringValue: traceHeader ?? '' } };
  return {
    MessageId: messageId,
    MD5OfMessageBody: md5Hex(body),
    ...(Object.keys(attributes).length > 0 && { MD5OfMessageAttributes: md5OfAttributes(attributes) }),
    ...(traceHeader !== null && { MD5OfMessageSystemAttributes: md5OfAttributes(system) }),
  };
}

/** A random UUID (version 4). */
export function newMessageId(random: Context['random']): string {
  const bytes = random.bytes(16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
