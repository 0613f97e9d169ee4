import {
  GetQueueAttributesCommand,
  type SQSClient,
  paginateListDeadLetterSourceQueues,
  paginateListQueues,
} from '@aws-sdk/client-sqs';
import type { Deployment } from '../deployed/deployment.ts';
import { OperatorError } from '../deployed/operatorError.ts';

/**
 * What lies in a queue of given-up work: messages of another queue; notes of batches of a stream, which still has the
 * records for a day; or events of a function that was called asynchronously.
 */
export type DeadKind = 'messages' | 'batches' | 'events';

export interface DeadQueue {
  /** Without the stage's prefix: `fanOut-dead`. */
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  readonly kind: DeadKind;
  /** URL of the queue whose messages these are; undefined for the other kinds. */
  readonly source: string | undefined;
  /** To be received. */
  readonly waiting: number;
  /** Received, and hidden for a while. */
  readonly hidden: number;
}

/** By the ends of the names that infra/constructs gives. */
const SUFFIXES: Readonly<Record<string, DeadKind>> = { '-failed': 'batches', '-undelivered': 'events' };

/** Every queue of given-up work of the stage, by name. @throws OperatorError when the stage has no queues. */
export async function deadQueues(sqs: SQSClient, deployment: Deployment): Promise<readonly DeadQueue[]> {
  const QueueNamePrefix = `${deployment.namePrefix}-`;
  const urls: string[] = [];
  for await (const { QueueUrls = [] } of paginateListQueues({ client: sqs }, { QueueNamePrefix, MaxResults: 1000 }))
    urls.push(...QueueUrls);
  if (urls.length === 0) {
    throw new OperatorError(`${deployment.where} has no queue ${QueueNamePrefix}...: the stage is not deployed there.`);
  }
  const found: DeadQueue[] = [];
  for (const url of urls.sort()) {
    const queue = await deadQueue(sqs, url, QueueNamePrefix);
    if (queue) found.push(queue);
  }
  return found;
}

async function deadQueue(sqs: SQSClient, url: string, prefix: string): Promise<DeadQueue | null> {
  const name = (url.split('/').at(-1) ?? '').slice(prefix.length);
  const source = await sourceOf(sqs, url);
  const suffix = Object.keys(SUFFIXES).find((end) => name.endsWith(end));
  const kind = source === undefined ? suffix && SUFFIXES[suffix] : 'messages';
  if (kind === undefined || kind === '') return null;
  const AttributeNames = ['QueueArn', 'ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...AttributeNames] }),
  );
  return {
    name,
    url,
    arn: Attributes['QueueArn'] ?? '',
    kind,
    source,
    waiting: Number(Attributes['ApproximateNumberOfMessages'] ?? 0),
    hidden: Number(Attributes['ApproximateNumberOfMessagesNotVisible'] ?? 0),
  };
}

/** Each dead-letter queue here belongs to one queue. */
async function sourceOf(client: SQSClient, QueueUrl: string): Promise<string | undefined> {
  for await (const { queueUrls = [] } of paginateListDeadLetterSourceQueues({ client }, { QueueUrl, MaxResults: 10 }))
    if (queueUrls.length > 0) return queueUrls[0];
  return undefined;
}

/**
 * By its name, with or without the stage's prefix, or by the function's when that has only one.
 * @throws OperatorError
 */
export function chooseQueue(queues: readonly DeadQueue[], text: string, { namePrefix }: Deployment): DeadQueue {
  const wanted = text.startsWith(`${namePrefix}-`) ? text.slice(namePrefix.length + 1) : text;
  const exact = queues.find(({ name }) => name === wanted);
  if (exact) return exact;
  const [first, ...more] = queues.filter(({ name }) => name.slice(0, name.lastIndexOf('-')) === wanted);
  if (first && more.length === 0) return first;
  const names = (first ? [first, ...more] : queues).map(({ name }) => name).join(', ');
  throw new OperatorError(
    first ? `"${text}" may be any of ${names}.` : `There is no queue of given-up work "${text}". There are ${names}.`,
  );
}
