import '../testing/environment.ts';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test, vi } from 'vitest';
import { deleted, post, streamEvent } from '../testing/events.ts';
import { streamHandler } from '../shared/streamHandler.ts';
import { eraseFromArchive } from './archived.ts';

const sqs = mockClient(SQSClient);
for (const method of ['log', 'warn', 'error'] as const) vi.spyOn(console, method).mockReturnValue();
const handler = streamHandler('posts', eraseFromArchive);

beforeEach(() => {
  sqs.reset();
  sqs.on(SendMessageBatchCommand).resolves({});
});

const done = { batchItemFailures: [] };
const asked = () =>
  sqs
    .commandCalls(SendMessageBatchCommand)
    .flatMap(({ args }) =>
      (args[0].input.Entries ?? []).map(({ MessageBody }) => JSON.parse(MessageBody ?? '') as object),
    );
const archived = post('p1', { archivedAt: '2025-05-03T03:00:00.000Z', expiresAt: 1_746_327_600 });
const note = { postId: 'p1', item: 'ARCHIVE', ownerId: 'author' };
const erasure = { kind: 'erase', authorId: 'author', postId: 'p1' };

test.each([
  ['was archived and is still in the table', archived, deleted(archived)],
  ['is in the archive alone', note, { ...note, deletedAt: '2025-06-01T00:00:00.000Z' }],
])('a post that %s is erased from the archive when it is deleted', async (_, before, after) => {
  expect(await handler(streamEvent({ n: 1, before, after }))).toEqual(done);
  expect(asked()).toEqual([erasure]);
});

test('a post whose item is deleted for good is erased from the archive, too', async () => {
  await handler(streamEvent({ n: 1, before: archived }));
  expect(asked()).toEqual([erasure]);
});

test.each([
  ['goes to the archive', { before: post('p1'), after: archived }],
  ['leaves the table for the archive', { before: archived, expired: true }],
  ['is deleted and was never archived', { before: post('p1'), after: deleted(post('p1')) }],
  ['is noted', { after: note }],
  ['whose note ends after it was deleted', { before: { ...note, deletedAt: 'then' }, expired: true }],
])('nothing is asked for a post that %s', async (_, change) => {
  expect(await handler(streamEvent({ n: 1, ...change }))).toEqual(done);
  expect(asked()).toEqual([]);
});

test('what cannot be asked for is delivered again', async () => {
  sqs.on(SendMessageBatchCommand).rejects(new Error('no queue'));
  const event = streamEvent({ n: 1, before: archived, after: deleted(archived) });
  expect(await handler(event)).toEqual({ batchItemFailures: [{ itemIdentifier: '100' }] });
});
