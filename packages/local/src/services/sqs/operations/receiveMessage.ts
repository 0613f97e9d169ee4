import type { JsonObject } from '../../../json.ts';
import type { Operation } from '../context.ts';
import { unknownAttribute } from '../errors.ts';
import { MAX_RECEIVED_MESSAGES, MAX_VISIBILITY_SECONDS, MAX_WAIT_SECONDS } from '../limits.ts';
import { isSystemAttribute, viewOf } from '../messageView.ts';
import { optionalInteger, text, texts } from '../parameters.ts';
import { receive } from '../receiving.ts';

const NUMBER = { min: 1, max: MAX_RECEIVED_MESSAGES, reason: 'Must be between 1 and 10, if provided.' };
const VISIBILITY = { min: 0, max: MAX_VISIBILITY_SECONDS, reason: 'Must be between 0 and 43200, if provided.' };
const WAIT = { min: 0, max: MAX_WAIT_SECONDS, reason: 'Must be >= 0 and <= 20, if provided.' };

export const receiveMessage: Operation = async (context, input, { signal }) => {
  const queue = context.queues.open(text(input, 'QueueUrl'));
  const options = {
    maximumMessages: optionalInteger(input, 'MaxNumberOfMessages', NUMBER) ?? 1,
    visibilityTimeoutSeconds: optionalInteger(input, 'VisibilityTimeout', VISIBILITY) ?? queue.visibilityTimeoutSeconds,
  };
  const seconds = optionalInteger(input, 'WaitTimeSeconds', WAIT) ?? queue.receiveWaitSeconds;
  const wanted = { system: systemNames(input), user: texts(input, 'MessageAttributeNames') };
  const attempt = () => receive(context, queue, options);
  const received = await context.longPolls.wait(queue, attempt, { seconds, signal });
  return { ...(received.length > 0 && { Messages: received.map((message) => viewOf(message, wanted)) }) };
};

/** `AttributeNames` is the older name of the parameter. */
function systemNames(input: JsonObject): readonly string[] {
  const names = [...texts(input, 'AttributeNames'), ...texts(input, 'MessageSystemAttributeNames')];
  const unknown = names.find((name) => !isSystemAttribute(name));
  if (unknown !== undefined) throw unknownAttribute(unknown);
  return names;
}
