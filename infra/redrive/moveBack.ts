import { setTimeout } from 'node:timers/promises';
import {
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  SendMessageCommand,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { OperatorError } from '../deployed/operatorError.ts';
import type { DeadQueue } from './queues.ts';
import { takeEach } from './take.ts';

const POLL_MILLISECONDS = 500;

/**
 * Moves all messages back to the queue that they came from, where their deliveries are counted anew. The queue is named: of
 * what a function itself has sent to the dead-letter queue, SQS does not know where it came from.
 * @param tell told how many have been moved, of how many
 * @throws OperatorError when SQS ends the move early
 */
export async function moveAllBack(
  sqs: SQSClient,
  queue: DeadQueue,
  tell: (moved: number, of: number) => void,
): Promise<number> {
  const DestinationArn = await arnOf(sqs, queue.source ?? '');
  await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: queue.arn, DestinationArn }));
  for (;;) {
    const { Results = [] } = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: queue.arn, MaxResults: 1 }));
    const { Status, FailureReason, ...task } = Results[0] ?? {};
    const moved = task.ApproximateNumberOfMessagesMoved ?? 0;
    tell(moved, task.ApproximateNumberOfMessagesToMove ?? queue.waiting);
    if (Status === 'COMPLETED') return moved;
    if (Status !== 'RUNNING' && Status !== 'CANCELLING') {
      throw new OperatorError(
        `SQS ended the move as ${Status ?? 'unknown'} after ${moved} messages: ${FailureReason ?? 'no reason'}.`,
      );
    }
    await setTimeout(POLL_MILLISECONDS);
  }
}

/** Moves some, to see whether they come through. A message that is sent and not yet deleted is there twice for a moment. */
export async function moveSomeBack(sqs: SQSClient, queue: DeadQueue, most: number): Promise<number> {
  const { done } = await takeEach(sqs, queue, most, async ({ Body, MessageAttributes }) => {
    await sqs.send(new SendMessageCommand({ QueueUrl: queue.source, MessageBody: Body, MessageAttributes }));
    return true;
  });
  return done;
}

async function arnOf(sqs: SQSClient, QueueUrl: string): Promise<string | undefined> {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  return Attributes?.['QueueArn'];
}
