import { transaction } from '../../../database.ts';
import { batchAnswer, eachEntry, readEntries } from '../batch.ts';
import type { Operation } from '../context.ts';
import { deleteMessage } from '../deleting.ts';
import { text } from '../parameters.ts';

export const deleteMessageBatch: Operation = (context, input) => {
  const queue = context.queues.open(text(input, 'QueueUrl'));
  const entries = readEntries(input, 'DeleteMessageBatch');
  const { successful, failed } = transaction(context.database, () =>
    eachEntry(entries, ({ id, input: entry }) => {
      deleteMessage(context, queue, text(entry, 'ReceiptHandle'));
      return { Id: id };
    }),
  );
  return batchAnswer([...successful], failed);
};
