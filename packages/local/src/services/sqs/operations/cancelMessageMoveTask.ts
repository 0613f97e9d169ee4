import type { Operation } from '../context.ts';
import { invalidParameter, resourceNotFound } from '../errors.ts';
import { text } from '../parameters.ts';
import { readTaskHandle } from '../taskHandle.ts';

/** What has been moved so far stays moved. */
export const cancelMessageMoveTask: Operation = ({ queues, moveTasks }, input) => {
  const { taskId, sourceArn } = readTaskHandle(text(input, 'TaskHandle'));
  if (!queues.byArn(sourceArn)) {
    throw resourceNotFound("The resource that you specified for the SourceArn parameter doesn't exist.");
  }
  if (moveTasks.find(taskId)?.sourceArn !== sourceArn) throw resourceNotFound('Task does not exist.');
  const task = moveTasks.cancel(taskId);
  if (!task) throw invalidParameter('Only active tasks can be cancelled.');
  return { ApproximateNumberOfMessagesMoved: task.moved };
};
