import type { Operation } from '../context.ts';
import { invalidParameter, resourceNotFound } from '../errors.ts';
import { MAX_MOVES_PER_SECOND } from '../limits.ts';
import { optionalInteger, optionalText, text } from '../parameters.ts';
import { taskHandle } from '../taskHandle.ts';

const RATE = { min: 1, max: MAX_MOVES_PER_SECOND, reason: `Must be between 1 and ${MAX_MOVES_PER_SECOND}.` };

export const startMessageMoveTask: Operation = ({ queues, moveTasks }, input) => {
  const sourceArn = text(input, 'SourceArn');
  const destinationArn = optionalText(input, 'DestinationArn') ?? null;
  const perSecond = optionalInteger(input, 'MaxNumberOfMessagesPerSecond', RATE) ?? null;
  const source = queues.byArn(sourceArn);
  if (!source) throw resourceNotFound("The resource that you specified for the SourceArn parameter doesn't exist.");
  if (queues.sourcesOf(source).length === 0) {
    throw invalidParameter('Source queue must be configured as a Dead Letter Queue.');
  }
  if (destinationArn !== null && !queues.byArn(destinationArn)) {
    throw resourceNotFound("The resource that you specified for the DestinationArn parameter doesn't exist.");
  }
  if (destinationArn === sourceArn) {
    throw invalidParameter('Source queue arn and destination queue arn cannot be the same.');
  }
  const task = moveTasks.start({ sourceArn, destinationArn, perSecond });
  if (task) return { TaskHandle: taskHandle(task) };
  throw invalidParameter(
    'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
  );
};
