import '../../testing/environment.ts';
import { DeleteObjectsCommand, GetObjectCommand, S3ServiceException } from '@aws-sdk/client-s3';
import { BatchGetCommand, BatchWriteCommand, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { dynamodb } from '../../shared/dynamodb.ts';
import { s3 } from '../../shared/s3.ts';
import { eraseArchive, hideArchive } from './archive.ts';

const [tables, objects] = [mockClient(dynamodb), mockClient(s3)];
const of = { userId: 'ann', jobId: 'j1', trace: undefined };

/** Of January 2025. */
const [FIRST, SECOND] = ['01JGFJJZ000000000000000000', '01JGFJJZ000000000000000001'];
const bundle = { authorId: 'ann', month: '202501', part: '202503-x', posts: [{ postId: FIRST }, { postId: SECOND }] };
const missing = () =>
  new S3ServiceException({ name: 'NoSuchKey', $fault: 'client', $metadata: { httpStatusCode: 404 } });

beforeEach(() => {
  tables.reset();
  objects.reset();
  tables.on(UpdateCommand).resolves({});
  tables.on(BatchGetCommand).resolves({ Responses: {} });
  tables.on(BatchWriteCommand).resolves({ UnprocessedItems: {} });
  tables.on(GetCommand).resolves({ Item: { months: new Set(['202501', '202412']) } });
  objects.on(DeleteObjectsCommand).resolves({});
  // The warehouse has no file.
  objects.on(GetObjectCommand).rejects(missing());
  const Body = { transformToByteArray: async () => new TextEncoder().encode(JSON.stringify(bundle)) };
  objects.on(GetObjectCommand, { Key: 'ann/202501.json' }).callsFake(() => ({ Body, ETag: '"1"' }));
});

const tombstones = () => tables.commandCalls(UpdateCommand).map(({ args: [{ input }] }) => input.Key);
const deleted = () =>
  tables
    .commandCalls(BatchWriteCommand)
    .flatMap(({ args: [{ input }] }) => Object.values(input.RequestItems ?? {}).flat())
    .map(({ DeleteRequest }) => DeleteRequest?.Key);

test('what the archive alone has counts out by its note, and what the table still has by its own item', async () => {
  tables.on(BatchGetCommand).resolves({ Responses: { posts: [{ postId: FIRST, item: 'POST', deletedAt: '2025' }] } });

  expect(await hideArchive(of, '202412')).toEqual({ found: 2, next: null });

  expect(tombstones()).toEqual([{ postId: SECOND, item: 'ARCHIVE' }]);
  expect(deleted()).toEqual([{ postId: SECOND, item: 'ARCHIVE' }]);
});

test('months are taken one after the other, those without a bundle, too', async () => {
  expect(await hideArchive(of, undefined)).toEqual({ found: 0, next: '202412' });
  expect(await eraseArchive(of, undefined)).toEqual({ found: 0, next: '202412' });
});

test('a month goes with its notes, and counts nothing again', async () => {
  expect(await eraseArchive(of, '202412')).toEqual({ found: 1, next: '202501' });

  expect(tombstones()).toEqual([]);
  expect(deleted()).toEqual([
    { postId: FIRST, item: 'ARCHIVE' },
    { postId: SECOND, item: 'ARCHIVE' },
  ]);
  expect(objects.commandCalls(DeleteObjectsCommand)[0]?.args[0].input.Delete?.Objects).toEqual([
    { Key: 'ann/202501.json' },
  ]);
});

test('after the last month goes the list of them', async () => {
  tables.on(BatchGetCommand).resolves({ Responses: { posts: [{ postId: 'MONTHS#ann', item: 'MONTHS' }] } });

  expect(await eraseArchive(of, '202501')).toEqual({ found: 1, next: null });

  expect(deleted()).toEqual([{ postId: 'MONTHS#ann', item: 'MONTHS' }]);
});
