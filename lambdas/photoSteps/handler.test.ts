import '../testing/environment.ts';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { sqs } from '../shared/sendMessages.ts';
import { streamEvent, type Happened } from '../testing/events.ts';
import { handler } from './handler.ts';

const queue = mockClient(sqs);
for (const level of ['log', 'warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue();
beforeEach(() => {
  queue.reset();
  queue.on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [] });
});

const photo = { photoId: '01JJXF4C000000000000000000', ownerId: 'ann', status: 'UPLOADING', trace: '1-00000001-a' };
const processing = { ...photo, status: 'PROCESSING' };
const ready = { ...photo, status: 'READY' };

async function sent(happened: Omit<Happened, 'n'>): Promise<unknown[]> {
  await handler(streamEvent({ n: 1, ...happened }));
  return queue
    .commandCalls(SendMessageBatchCommand)
    .flatMap(({ args }) => args[0].input.Entries?.map(({ MessageBody }) => JSON.parse(MessageBody ?? '')) ?? []);
}

describe('a photo', () => {
  test('whose file has arrived, as its owner says, is to be worked on', async () => {
    expect(await sent({ before: photo, after: processing })).toEqual([{ kind: 'UPLOADED', photoId: photo.photoId }]);
    const [entry] = queue.commandCalls(SendMessageBatchCommand)[0]?.args[0].input.Entries ?? [];
    expect(entry?.MessageAttributes?.trace?.StringValue).toBe('1-00000001-a');
  });

  test.each<[string, Omit<Happened, 'n'>]>([
    ['by a PUBLIC post', { before: ready, after: { ...ready, postId: 'p1', visibility: 'PUBLIC' } }],
    ['by a profile', { before: ready, after: { ...ready, onProfile: true } }],
  ])('that is shown %s is to be opened', async (_, happened) => {
    expect(await sent(happened)).toEqual([{ kind: 'OPENED', photoId: photo.photoId }]);
  });

  test.each<[string, Omit<Happened, 'n'>]>([
    ['removed', { before: ready, after: { ...ready, removedAt: '2025-01-31T11:00:00.000Z' } }],
    ['erased', { before: ready }],
  ])('that was %s is to be deleted', async (_, happened) => {
    expect(await sent(happened)).toEqual([{ kind: 'REMOVED', photoId: photo.photoId }]);
  });

  const open = { ...ready, visibility: 'PUBLIC' };
  const removed = { ...open, removedAt: '2025-01-31T11:00:00.000Z' };

  test.each<[string, Omit<Happened, 'n'>]>([
    ['that was begun', { after: photo }],
    ['that was opened', { before: open, after: { ...open, open: true } }],
    ['that is shown by a post for followers', { before: ready, after: { ...ready, visibility: 'FOLLOWERS' } }],
    ['that is shown by a profile after a PUBLIC post', { before: open, after: { ...open, onProfile: true } }],
    ['that is shown once it was removed', { before: { ...removed, visibility: undefined }, after: removed }],
    ['that is forgotten after it was removed', { before: removed }],
    ['that is ready', { before: processing, after: ready }],
    ['that was dropped before its file came', { before: photo }],
  ])('%s asks for nothing', async (_, happened) => {
    expect(await sent(happened)).toEqual([]);
  });
});

test('what could not be sent is delivered again', async () => {
  queue.on(SendMessageBatchCommand).rejects(new Error('no network'));

  expect(await handler(streamEvent({ n: 1, before: photo, after: processing }))).toEqual({
    batchItemFailures: [{ itemIdentifier: '100' }],
  });
});
