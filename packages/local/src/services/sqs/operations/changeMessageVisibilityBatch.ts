import { transaction } from '../../../database.ts';
import { batchAnswer, eachEntry, readEntries } from '../batch.ts';
import { changeVisibility } from '../changeVisibility.ts';
import type { Operation } from '../context.ts';
import { text } from '../parameters.ts';

export const changeMessageVisibilityBatch: Operation = (context, input) => {
  const queue = context.queues.open(text(input, 'QueueUrl'));
  const entries = readEntries(input, 'ChangeMessageVisibilityBatch');
  const { successful, failed } = transaction(context.database, () =>
    eachEntry(entries, ({ id, input: entry }) => {
      changeVisibility(context, queue, entry);
      return { Id: id };
    }),
  );
  return batchAnswer([...successful], failed);
};
