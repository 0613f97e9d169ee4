import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient, type QueueAttributeName } from '@aws-sdk/client-sqs';
import type { LocalOptions } from '../../src/index.ts';
import type { Greenhouse } from './greenhouse.ts';
import { type Started, startGreenhouse } from './start.ts';

/** The greenhouse with a client for its queues. */
export interface StartedQueues extends Started {
  readonly sqs: SQSClient;
  queueUrl(name: string): Promise<string>;
  /** How many messages are visible, in flight and delayed. */
  counts(queueName: string): Promise<readonly number[]>;
}

const COUNTS: readonly QueueAttributeName[] = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
];

export async function startQueues(
  change?: (terraform: Greenhouse) => void,
  options?: Partial<LocalOptions>,
): Promise<StartedQueues> {
  const started = await startGreenhouse(change, options);
  const { endpoints, credentials } = started.system;
  const sqs = new SQSClient({ endpoint: endpoints.aws, region: 'eu-central-1', credentials, maxAttempts: 1 });
  const queueUrl = async (QueueName: string): Promise<string> =>
    (await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl ?? '';
  return {
    ...started,
    sqs,
    queueUrl,
    async counts(queueName) {
      const input = { QueueUrl: await queueUrl(queueName), AttributeNames: [...COUNTS] };
      const { Attributes } = await sqs.send(new GetQueueAttributesCommand(input));
      return COUNTS.map((name) => Number(Attributes?.[name as 'QueueArn']));
    },
  };
}
