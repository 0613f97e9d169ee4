import { AwsError } from '../../../aws/error.ts';
import { batchAnswer, eachEntry, readEntries } from '../batch.ts';
import type { Operation } from '../context.ts';
import { MAX_BATCH_BYTES } from '../limits.ts';
import type { NewMessage } from '../model.ts';
import { text } from '../parameters.ts';
import { readMessage, refuseTooLong, sizeOf, store } from '../sending.ts';

export const sendMessageBatch: Operation = (context, input, { principal }) => {
  const queue = context.queues.open(text(input, 'QueueUrl'));
  const entries = readEntries(input, 'SendMessageBatch');
  const { successful, failed } = eachEntry(entries, ({ id, input: entry }) => {
    return { id, message: readMessage(context, queue, entry, principal) };
  });
  refuseLongBatch(successful.map(({ message }) => message));
  const fitting = eachEntry(entries, ({ id }) => {
    const found = successful.find((entry) => entry.id === id);
    if (found) refuseTooLong(queue, found.message);
    return found;
  });
  const accepted = fitting.successful.filter((entry) => entry !== undefined);
  const stored = store(
    context,
    queue,
    accepted.map(({ message }) => message),
  );
  const answers = stored.map((answer, index) => ({ Id: accepted[index]!.id, ...answer }));
  return batchAnswer(answers, [...failed, ...fitting.failed]);
};

function refuseLongBatch(messages: readonly NewMessage[]): void {
  const bytes = messages.reduce((sum, message) => sum + sizeOf(message), 0);
  if (bytes <= MAX_BATCH_BYTES) return;
  const message = `Batch requests cannot be longer than ${MAX_BATCH_BYTES} bytes. You have sent ${bytes} bytes.`;
  throw new AwsError('BatchRequestTooLong', message);
}
