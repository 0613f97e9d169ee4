import '../testing/environment.ts';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  type GetObjectCommandOutput,
} from '@aws-sdk/client-s3';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { dynamodb } from '../shared/dynamodb.ts';
import { s3 } from '../shared/s3.ts';
import { accepts, appsync, id, published } from '../testing/appsync.ts';
import { conditionFailed, throttled } from '../testing/errors.ts';
import { queueEvent } from '../testing/messages.ts';
import { picture } from '../testing/pictures.ts';
import { handler } from './handler.ts';

const photoId = '01JJXF4C000000000000000000';
const waiting = {
  photoId,
  ownerId: 'ann',
  status: 'UPLOADING',
  contentType: 'image/jpeg',
  altText: 'A cat',
  trace: '1-00000001-a',
};
const file = await picture('jpeg');

const table = mockClient(dynamodb);
const store = mockClient(s3);
const parameters = mockClient(SSMClient);
const lines: string[] = [];
for (const level of ['log', 'warn', 'error'] as const) {
  vi.spyOn(console, level).mockImplementation((line: string) => void lines.push(line));
}
const counts = (): object => (JSON.parse(lines.at(-1) ?? '{}') as { counts: object }).counts;

/** As S3 answers, as far as the handler looks. */
const body = (bytes: Uint8Array, ContentLength = bytes.length) => ({
  ContentLength,
  Body: {
    transformToByteArray: () => Promise.resolve(bytes),
    transformToWebStream: () => new ReadableStream(),
  } as unknown as GetObjectCommandOutput['Body'],
});
const missing = () => new NoSuchKey({ message: 'The specified key does not exist.', $metadata: {} });

function given(item: object | undefined, upload: Uint8Array | null): void {
  table.on(GetCommand).resolves(item ? { Item: { ...item } } : {});
  table.on(UpdateCommand).callsFake(({ ExpressionAttributeValues: values = {} }: UpdateCommand['input']) => ({
    Attributes: {
      ...item,
      ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name.slice(1), value])),
    },
  }));
  if (upload) store.on(GetObjectCommand).resolves(body(upload));
  else store.on(GetObjectCommand).rejects(missing());
}

beforeEach(() => {
  for (const mock of [table, store, parameters]) mock.reset();
  parameters.on(GetParameterCommand).resolves({ Parameter: { Value: 'https://cdn.example/' } });
  store.on(PutObjectCommand).resolves({});
  store.on(DeleteObjectCommand).resolves({});
  store.on(DeleteObjectsCommand).resolves({});
  appsync.mockReset().mockImplementation(accepts);
  lines.length = 0;
});

const arrival = {
  Records: [
    { eventName: 'ObjectCreated:Post', s3: { bucket: { name: 'uploads' }, object: { key: `photos/${photoId}` } } },
  ],
};
const arrived = (receives = 1) => handler(queueEvent({ id: 'm1', body: arrival, receives }));
const settledAs = () =>
  table.commandCalls(UpdateCommand).map(({ args }) => args[0].input.ExpressionAttributeValues?.[':failure'] ?? 'READY');
const written = () => store.commandCalls(PutObjectCommand).map(({ args }) => args[0].input);
const deleted = () => store.commandCalls(DeleteObjectCommand).map(({ args }) => args[0].input);

describe('a file that arrived', () => {
  test.each([
    ['by the word of the store', arrival],
    ['by the word of its owner', { kind: 'UPLOADED', photoId }],
  ])('becomes a picture: %s', async (_, message) => {
    given(waiting, file);

    expect(await handler(queueEvent({ id: 'm1', body: message }))).toEqual({ batchItemFailures: [] });

    expect(written()).toMatchObject(
      ['feed.webp', 'feed.jpg', 'thumb.webp', 'thumb.jpg'].map((name) => ({
        Bucket: 'photos',
        Key: `media/members/${photoId}/${name}`,
        ContentType: name.endsWith('jpg') ? 'image/jpeg' : 'image/webp',
        CacheControl: 'public, max-age=86400, s-maxage=3600, immutable',
      })),
    );
    const [update] = table.commandCalls(UpdateCommand);
    expect(update?.args[0].input).toMatchObject({
      Key: { photoId },
      UpdateExpression:
        'SET #status = :status, #origin = :origin, #width = :width, #height = :height, #blurhash = :blurhash REMOVE expiresAt',
      ConditionExpression: '#status IN (:uploading, :processing) AND attribute_not_exists(removedAt)',
      ExpressionAttributeValues: { ':status': 'READY', ':origin': 'https://cdn.example', ':width': 40, ':height': 30 },
    });
    expect(published('publishPhoto')).toMatchObject([
      {
        id: id('Photo', photoId),
        ownerId: id('User', 'ann'),
        status: 'READY',
        width: 40,
        height: 30,
        altText: 'A cat',
      },
    ]);
    expect(deleted()).toEqual([{ Bucket: 'uploads', Key: `photos/${photoId}` }]);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      counts: { ready: 1, published: 1 },
      traces: ['1-00000001-a'],
    });
  });

  test('that is refused leaves a photo that says why, and nothing else', async () => {
    given(waiting, Buffer.from('<?php'));

    expect(await arrived()).toEqual({ batchItemFailures: [] });

    expect(settledAs()).toEqual(['NOT_A_PICTURE']);
    expect(table.commandCalls(UpdateCommand)[0]?.args[0].input.UpdateExpression).toBe(
      'SET #status = :status, #failure = :failure',
    );
    expect(published('publishPhoto')).toMatchObject([{ status: 'FAILED', failure: 'NOT_A_PICTURE' }]);
    expect(written()).toEqual([]);
    expect(deleted()).toHaveLength(1);
  });

  test('is not read when it is too large', async () => {
    given(waiting, null);
    store.on(GetObjectCommand).resolves(body(file, 10_485_761));

    await arrived();

    expect(settledAs()).toEqual(['TOO_LARGE']);
  });

  test('and is not there fails its photo', async () => {
    given(waiting, null);

    await handler(queueEvent({ id: 'm1', body: { kind: 'UPLOADED', photoId } }));

    expect(settledAs()).toEqual(['NOT_UPLOADED']);
  });

  test('of nobody is thrown away', async () => {
    given(undefined, file);

    await arrived();

    expect(written()).toEqual([]);
    expect(deleted()).toHaveLength(1);
    expect(counts()).toEqual({ unknown: 1 });
  });
});

describe('what comes again', () => {
  const ready = { ...waiting, status: 'READY', width: 40, height: 30, blurhash: 'x', origin: 'https://cdn.example' };

  test('is not worked on, nor told, when another message was faster', async () => {
    given(ready, file);

    await arrived();

    expect([written(), published()]).toEqual([[], []]);
    expect(counts()).toEqual({ 'settled before': 1 });
  });

  test('is told when the first delivery may have ended before it did', async () => {
    given(ready, null);

    await arrived(2);

    expect(published('publishPhoto')).toMatchObject([{ status: 'READY', origin: 'https://cdn.example' }]);
  });

  test('is told by one of two that work at the same time', async () => {
    given(waiting, file);
    table.on(UpdateCommand).rejects(conditionFailed());

    expect(await arrived()).toEqual({ batchItemFailures: [] });

    expect(published()).toEqual([]);
    expect(counts()).toEqual({ 'settled meanwhile': 1 });
  });

  test.each([
    ['removed', { ...waiting, removedAt: '2025-01-31T10:00:00.000Z' }],
    ['dropped', undefined],
  ])('leaves no variants of a photo that was %s meanwhile', async (_, now) => {
    given(waiting, file);
    table
      .on(GetCommand)
      .resolvesOnce({ Item: { ...waiting } })
      .resolves(now ? { Item: now } : {});
    table.on(UpdateCommand).rejects(conditionFailed());

    await arrived();

    expect(deletedKeys()).toEqual(everyKey);
  });
});

describe('a fault that may pass', () => {
  test.each([
    ['the table', () => table.on(GetCommand).rejects(throttled())],
    ['reading the file', () => store.on(GetObjectCommand).rejects(new Error('SlowDown'))],
    ['writing a variant', () => store.on(PutObjectCommand).rejects(new Error('SlowDown'))],
    ['settling', () => table.on(UpdateCommand).rejects(throttled())],
    ['telling', () => appsync.mockImplementation(() => Promise.resolve(new Response('', { status: 503 })))],
    ['throwing the file away', () => store.on(DeleteObjectCommand).rejects(new Error('SlowDown'))],
  ])('brings the message again: %s', async (_, breaks) => {
    given(waiting, file);
    breaks();

    expect(await arrived()).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
  });

  test('ends with a failure at the last delivery, before the file is touched again', async () => {
    given(waiting, file);

    expect(await arrived(5)).toEqual({ batchItemFailures: [] });

    expect(store.commandCalls(GetObjectCommand)).toEqual([]);
    expect(settledAs()).toEqual(['NOT_PROCESSED']);
    expect(published('publishPhoto')).toMatchObject([{ status: 'FAILED', failure: 'NOT_PROCESSED' }]);
  });
});

const names = ['thumb.webp', 'thumb.jpg', 'feed.webp', 'feed.jpg'];
const everyKey = ['members', 'public'].flatMap((folder) => names.map((name) => `media/${folder}/${photoId}/${name}`));
const deletedKeys = () =>
  store.commandCalls(DeleteObjectsCommand).flatMap(({ args }) => args[0].input.Delete?.Objects?.map(({ Key }) => Key));

describe('a photo that everybody may see', () => {
  const ready = { ...waiting, status: 'READY' };
  const opened = () => handler(queueEvent({ id: 'm1', body: { kind: 'OPENED', photoId } }));
  beforeEach(() => void store.on(CopyObjectCommand).resolves({}));

  test.each([
    ['by a PUBLIC post', { ...ready, visibility: 'PUBLIC' }],
    ['by a profile', { ...ready, visibility: 'FOLLOWERS', onProfile: true }],
  ])('is copied and then marked: %s', async (_, item) => {
    given(item, null);

    expect(await opened()).toEqual({ batchItemFailures: [] });

    expect(store.commandCalls(CopyObjectCommand).map(({ args }) => args[0].input)).toEqual(
      names.map((name) => ({
        Bucket: 'photos',
        Key: `media/public/${photoId}/${name}`,
        CopySource: `photos/media/members/${photoId}/${name}`,
      })),
    );
    expect(table.commandCalls(UpdateCommand)[0]?.args[0].input).toMatchObject({
      UpdateExpression: 'SET #open = :yes',
      ConditionExpression: '#status = :ready AND attribute_not_exists(removedAt)',
    });
    expect(counts()).toEqual({ opened: 1 });
  });

  test.each([
    ['is shown to followers alone', { ...ready, visibility: 'FOLLOWERS' }],
    ['was opened before', { ...ready, visibility: 'PUBLIC', open: true }],
    ['was removed', { ...ready, visibility: 'PUBLIC', removedAt: '2025-01-31T11:00:00.000Z' }],
    ['is gone', undefined],
  ])('but %s is not copied', async (_, item) => {
    given(item, null);

    await opened();

    expect(store.calls()).toEqual([]);
    expect(counts()).toEqual({ 'nothing to open': 1 });
  });

  test('and is removed while it is copied does not stay', async () => {
    given({ ...ready, visibility: 'PUBLIC' }, null);
    table.on(UpdateCommand).rejects(conditionFailed());

    await opened();

    expect(deletedKeys()).toEqual(everyKey);
  });

  test('comes again when it could not be copied or marked', async () => {
    given({ ...ready, visibility: 'PUBLIC' }, null);
    table.on(UpdateCommand).rejects(throttled());
    expect(await opened()).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
    store.on(CopyObjectCommand).rejects(new Error('SlowDown'));
    expect(await opened()).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
  });
});

describe('a photo that is gone', () => {
  const removed = () => handler(queueEvent({ id: 'm1', body: { kind: 'REMOVED', photoId } }));

  test('is deleted wherever it may be', async () => {
    expect(await removed()).toEqual({ batchItemFailures: [] });

    expect(deletedKeys()).toEqual(everyKey);
    expect(deleted()).toHaveLength(1);
  });

  test('is asked for again when S3 left something', async () => {
    store.on(DeleteObjectsCommand).resolves({ Errors: [{ Key: 'k', Code: 'InternalError', Message: 'again' }] });

    expect(await removed()).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
  });
});

test("S3's trial of the queue is no work", async () => {
  await handler(queueEvent({ id: 'm1', body: { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'uploads' } }));

  expect(counts()).toEqual({ tried: 1 });
});
