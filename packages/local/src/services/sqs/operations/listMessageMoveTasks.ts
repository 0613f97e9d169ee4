import type { JsonObject } from '../../../json.ts';
import type { Operation } from '../context.ts';
import { resourceNotFound } from '../errors.ts';
import { MAX_LISTED_MOVE_TASKS } from '../limits.ts';
import type { MoveTask } from '../moveTaskStore.ts';
import { optionalInteger, text } from '../parameters.ts';
import { taskHandle } from '../taskHandle.ts';

const RESULTS = { min: 1, max: MAX_LISTED_MOVE_TASKS, reason: `Must be between 1 and ${MAX_LISTED_MOVE_TASKS}.` };

export const listMessageMoveTasks: Operation = ({ queues, moveTasks }, input) => {
  const sourceArn = text(input, 'SourceArn');
  const limit = optionalInteger(input, 'MaxResults', RESULTS) ?? 1;
  if (!queues.byArn(sourceArn)) {
    throw resourceNotFound("The resource that you specified for the SourceArn parameter doesn't exist.");
  }
  return { Results: moveTasks.list(sourceArn, limit).map(viewOf) };
};

function viewOf(task: MoveTask): JsonObject {
  return {
    Status: task.status,
    SourceArn: task.sourceArn,
    StartedTimestamp: task.startedAt,
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    ...(task.destinationArn !== null && { DestinationArn: task.destinationArn }),
    ...(task.perSecond !== null && { MaxNumberOfMessagesPerSecond: task.perSecond }),
    ...(task.failure !== null && { FailureReason: task.failure }),
    // Only what runs can be cancelled.
    ...(task.status === 'RUNNING' && { TaskHandle: taskHandle(task) }),
  };
}
