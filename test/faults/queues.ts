import {
  GetQueueAttributesCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { differs, type Seen } from './invariants.ts';
import type { FaultySystem } from './faultySystem.ts';

/** Messages that nobody can make anything of, by the queues they are put into. */
export const POISON: Readonly<Record<string, string>> = {
  'hiroba-dev-fanOut': '{"kind":"post-created","authorId":7}',
  'hiroba-dev-mail': 'no JSON',
};

/** Reasons of the backend's handlers for the poison, by the queue it ends in. */
const REASONS: Readonly<Record<string, string>> = {
  'hiroba-dev-fanOut-dead': 'MalformedMessage: authorId is no text',
  'hiroba-dev-mail-dead': 'MalformedMessage: the body is no JSON',
};

export async function sendPoison(system: FaultySystem): Promise<void> {
  const urls = await queueUrls(system);
  for (const [name, MessageBody] of Object.entries(POISON)) {
    await system.sqs.send(new SendMessageCommand({ QueueUrl: urls.get(name), MessageBody }));
  }
}

/** Every message was worked on, or is in a queue of what was given up, with the reason; there is nothing there but the poison. */
export async function queuesAtRest({ system }: Seen): Promise<string[]> {
  const found: string[] = [];
  for (const [name, url] of await queueUrls(system)) {
    if (!/-(dead|failed)$/.test(name)) {
      found.push(...differs(`the number of messages left in ${name}`, await messageCount(system, url), 0));
      continue;
    }
    const given = await givenUp(system, url);
    found.push(...differs(`what was given up in ${name}`, given, REASONS[name] === undefined ? [] : [REASONS[name]]));
  }
  return found;
}

async function queueUrls({ sqs }: FaultySystem): Promise<ReadonlyMap<string, string>> {
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({ MaxResults: 1000 }));
  return new Map(QueueUrls.map((url) => [url.slice(url.lastIndexOf('/') + 1), url]));
}

async function messageCount({ sqs }: FaultySystem, QueueUrl: string): Promise<number> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ],
    }),
  );
  return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
}

/** Why, in order; a message that came twice may be there twice. One of a stream's mapping says where in the stream it failed. */
async function givenUp({ sqs }: FaultySystem, QueueUrl: string): Promise<string[]> {
  const reasons = new Map<string, string>();
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
    );
    if (Messages.length === 0) return [...reasons.values()].sort();
    for (const { Body = '', MessageId = '', MessageAttributes = {} } of Messages) {
      const { reason, messageId } = MessageAttributes;
      const original = messageId?.StringValue ?? MessageId;
      reasons.set(original, reason?.StringValue ?? `no reason for ${Body.slice(0, 300)}`);
    }
  }
}
