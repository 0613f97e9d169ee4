import type { JsonObject } from '../../json.ts';
import type { Context } from './context.ts';
import { invalidValue } from './errors.ts';
import { MAX_VISIBILITY_SECONDS } from './limits.ts';
import type { Queue } from './model.ts';
import { optionalInteger, text } from './parameters.ts';
import { missingParameter } from './errors.ts';
import { readReceiptHandle } from './receiptHandle.ts';

const VISIBILITY = {
  min: 0,
  max: MAX_VISIBILITY_SECONDS,
  reason: `VisibilityTimeout must be an integer between 0 and ${MAX_VISIBILITY_SECONDS}`,
};

/** Hides a received message for so many seconds from now; throws `AwsError`. */
export function changeVisibility(context: Context, queue: Queue, input: JsonObject): void {
  const { messages, clock, visibility } = context;
  const handle = text(input, 'ReceiptHandle');
  const seconds = optionalInteger(input, 'VisibilityTimeout', VISIBILITY);
  if (seconds === undefined) throw missingParameter('VisibilityTimeout');
  const { id, token } = readReceiptHandle(queue, handle);
  const found = messages.byReceipt(queue, id, token);
  if (!found) {
    const reason = 'Message does not exist or is not available for visibility timeout change.';
    throw invalidValue('ReceiptHandle', handle, reason);
  }
  const now = clock.now();
  if (now + seconds * 1000 > found.receivedAt + MAX_VISIBILITY_SECONDS * 1000) {
    const reason = `Total VisibilityTimeout for the message is beyond the limit [${MAX_VISIBILITY_SECONDS} seconds]`;
    throw invalidValue('VisibilityTimeout', seconds, reason);
  }
  messages.setVisibleAt(id, now + seconds * 1000);
  if (seconds === 0) visibility.now(queue);
  else visibility.at(queue, now + seconds * 1000);
}
