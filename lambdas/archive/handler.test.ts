import '../testing/environment.ts';
import {
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  type GetObjectCommandInput,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import {
  BatchGetCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { parquetReadObjects } from 'hyparquet';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { conditionFailed, throttled } from '../testing/errors.ts';
import { queueEvent } from '../testing/messages.ts';
import { handler } from './handler.ts';

vi.mock('../shared/retry.ts', async (original) => ({ ...(await original<object>()), pauseAfter: async () => {} }));
const dynamodb = mockClient(DynamoDBDocumentClient);
const sqs = mockClient(SQSClient);
const s3 = mockClient(S3Client);
for (const method of ['log', 'warn', 'error'] as const) vi.spyOn(console, method).mockReturnValue();

/** Buckets that keep the rules of conditional writes. `before` runs once before the next write, as a rival would. */
const objects = new Map<string, { readonly bytes: Uint8Array; readonly etag: string }>();
let rival: (() => void) | undefined;
/** A bucket that takes nothing at the moment. */
let refused: string | undefined;
let version = 0;

const store = (name: string, bytes: Uint8Array) => void objects.set(name, { bytes, etag: `"v${(version += 1)}"` });
const failure = (status: number, name: string) =>
  new S3ServiceException({ name, $fault: 'client', $metadata: { httpStatusCode: status }, message: name });

/** Of 4 February and of 2 September 2026. */
const [FEBRUARY, SEPTEMBER] = ['01KGKJ2E00AAAAAAAAAAAAAAAA', '01M1GZS8M0AAAAAAAAAAAAAAAA'];
const post = (postId: string, attributes: object = {}) => ({
  postId,
  item: 'POST',
  authorId: 'ann',
  body: `Of ${postId}`,
  hashtags: ['a', 'b'],
  visibility: 'PUBLIC',
  photoIds: ['photo'],
  createdAt: '2026-02-03T00:00:00.000Z',
  ...attributes,
});
let table: ReturnType<typeof post>[];

beforeEach(() => {
  for (const client of [dynamodb, sqs, s3]) client.reset();
  objects.clear();
  rival = refused = undefined;
  table = [];
  sqs.on(SendMessageBatchCommand).resolves({});
  s3.on(GetObjectCommand).callsFake(({ Bucket, Key }: GetObjectCommandInput) => {
    const found = objects.get(`${Bucket}/${Key}`);
    if (!found) throw failure(404, 'NoSuchKey');
    return { ETag: found.etag, Body: { transformToByteArray: async () => found.bytes } };
  });
  s3.on(PutObjectCommand).callsFake(({ Bucket, Key, Body, IfMatch, IfNoneMatch }: PutObjectCommandInput) => {
    if (Bucket === refused) throw failure(503, 'SlowDown');
    const [act, name] = [rival, `${Bucket}/${Key}`];
    rival = undefined;
    act?.();
    const found = objects.get(name);
    if (IfNoneMatch === '*' && found) throw failure(412, 'PreconditionFailed');
    if (IfMatch !== undefined && found?.etag !== IfMatch) throw failure(found ? 412 : 404, 'PreconditionFailed');
    store(name, Body as Uint8Array);
    return {};
  });
  dynamodb.on(QueryCommand).callsFake(({ ExpressionAttributeValues: values }) => {
    const { ':author': author, ':after': after, ':before': before } = values as Record<string, string>;
    const found = table.filter((one) => one.authorId === author && one.postId >= after! && one.postId <= before!);
    return { Items: found.map(({ postId }) => ({ postId })) };
  });
  dynamodb.on(BatchGetCommand).callsFake(({ RequestItems }) => {
    const keys = (RequestItems as { posts: { Keys: { postId: string }[] } }).posts.Keys;
    return { Responses: { posts: table.filter((one) => keys.some(({ postId }) => postId === one.postId)) } };
  });
  dynamodb.on(PutCommand).resolves({});
  dynamodb.on(UpdateCommand).resolves({});
  dynamodb.on(DeleteCommand).resolves({});
});

const done = { batchItemFailures: [] };
const again = { batchItemFailures: [{ itemIdentifier: 'm1' }] };
const work = (body: object) => handler(queueEvent({ id: 'm1', body }));
const authors = (...authorIds: string[]) => work({ kind: 'authors', before: '202611', part: 'part', authorIds });
const sent = () =>
  sqs.commandCalls(SendMessageBatchCommand).flatMap(({ args }) =>
    (args[0].input.Entries ?? []).map(({ MessageBody, DelaySeconds }) => ({
      ...(JSON.parse(MessageBody ?? '') as object),
      ...(DelaySeconds ? { DelaySeconds } : {}),
    })),
  );
const bundle = (name: string) => {
  const text = new TextDecoder().decode(objects.get(`archive/${name}`)?.bytes);
  return JSON.parse(text) as { part: string; posts: { postId: string }[] };
};
const idsIn = (name: string) => bundle(name).posts.map(({ postId }) => postId);
async function rowsOf(name: string) {
  const bytes = objects.get(`warehouse/posts/${name}`)?.bytes ?? new Uint8Array();
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  return (await parquetReadObjects({ file })) as { post_id: string }[];
}
const expiring = () =>
  dynamodb
    .commandCalls(UpdateCommand)
    .map(({ args }) => args[0].input)
    .filter(({ UpdateExpression }) => UpdateExpression?.startsWith('SET archivedAt'))
    .map(({ Key }) => Key?.postId as string);

describe('what authors wrote in months that are over', () => {
  test('is in a bundle and a file of its day, then noted, and then given its end', async () => {
    table = [post(FEBRUARY), post(SEPTEMBER)];
    expect(await authors('ann')).toEqual(done);

    expect(bundle('ann/202602.json')).toEqual({
      authorId: 'ann',
      month: '202602',
      part: 'part',
      start: '01KGB7ZK000000000000000000',
      end: '01KJKB3Q000000000000000000',
      posts: [post(FEBRUARY)],
    });
    expect(idsIn('ann/202609.json')).toEqual([SEPTEMBER]);
    expect(await rowsOf('day=2026-02-04/part.parquet')).toEqual([
      {
        post_id: FEBRUARY,
        author_id: 'ann',
        created_at: new Date('2026-02-04T05:30:14.400Z'),
        visibility: 'PUBLIC',
        body: `Of ${FEBRUARY}`,
        hashtags: 'a b',
        photos: 1,
      },
    ]);
    expect(dynamodb.commandCalls(PutCommand).map(({ args }) => args[0].input.Item)).toEqual([
      { postId: FEBRUARY, item: 'ARCHIVE', ownerId: 'ann' },
      { postId: SEPTEMBER, item: 'ARCHIVE', ownerId: 'ann' },
    ]);
    expect(expiring()).toEqual([FEBRUARY, SEPTEMBER]);
    expect(sent()).toEqual([]);
  });

  test('leaves out what is deleted, and what was archived before', async () => {
    table = [post(FEBRUARY, { deletedAt: '2026-02-05T00:00:00.000Z' }), post(SEPTEMBER, { archivedAt: 'before' })];
    expect(await authors('ann')).toEqual(done);
    expect([...objects.keys(), ...expiring()]).toEqual([]);
  });

  test('is merged with what a rival wrote between reading and writing', async () => {
    table = [post(FEBRUARY)];
    const other = post(`${FEBRUARY.slice(0, -1)}B`);
    rival = () => {
      const written = { authorId: 'ann', month: '202602', part: 'of-the-rival', start: '', end: '', posts: [other] };
      store('archive/ann/202602.json', new TextEncoder().encode(JSON.stringify(written)));
    };
    expect(await authors('ann')).toEqual(done);

    expect(idsIn('ann/202602.json')).toEqual([FEBRUARY, other.postId]);
    // The rival's part has the month, so that no row is in two files.
    expect(bundle('ann/202602.json').part).toBe('of-the-rival');
    expect([...objects.keys()]).toEqual([
      'archive/ann/202602.json',
      'warehouse/posts/day=2026-02-04/of-the-rival.parquet',
    ]);
  });

  test('is neither lost nor doubled when a step is done twice', async () => {
    table = [post(FEBRUARY)];
    await authors('ann');
    const first = [...objects];
    expect(await authors('ann')).toEqual(done);
    expect([...objects]).toEqual(first);
    expect((await rowsOf('day=2026-02-04/part.parquet')).length).toBe(1);
  });

  test.each([
    ['the bundle', 'archive'],
    ['the warehouse', 'warehouse'],
  ])('keeps its place in the table when S3 does not take %s', async (_, bucket) => {
    table = [post(FEBRUARY)];
    refused = bucket;
    expect(await authors('ann')).toEqual(again);
    expect([expiring(), dynamodb.commandCalls(PutCommand)]).toEqual([[], []]);
  });

  test('is tried again later when rivals are faster all the time', async () => {
    table = [post(FEBRUARY)];
    s3.on(PutObjectCommand).rejects(failure(412, 'PreconditionFailed'));
    expect(await authors('ann')).toEqual(again);
    expect(s3.commandCalls(PutObjectCommand)).toHaveLength(5);
  });

  test('is given its end as far as it can be when the table is throttled, and the step is done again', async () => {
    table = [post(FEBRUARY), post(SEPTEMBER)];
    dynamodb.on(UpdateCommand, { Key: { postId: FEBRUARY, item: 'POST' } }).rejects(throttled());
    expect(await authors('ann')).toEqual(again);
    expect(expiring()).toContain(SEPTEMBER);
  });

  test('is erased again when it was deleted while it was archived', async () => {
    table = [post(FEBRUARY)];
    dynamodb.on(UpdateCommand, { Key: { postId: FEBRUARY, item: 'POST' } }).rejects(conditionFailed());
    expect(await authors('ann')).toEqual(done);
    expect(sent()).toEqual([{ kind: 'erase', authorId: 'ann', postId: FEBRUARY }]);
  });

  test('stays in the table as far as it is more than a bundle holds', async () => {
    const ids = Array.from({ length: 501 }, (_, index) => `${FEBRUARY.slice(0, -3)}${String(index).padStart(3, '0')}`);
    table = ids.map((id) => post(id));
    dynamodb.on(QueryCommand).resolvesOnce({ Items: ids.slice(0, 500).map((postId) => ({ postId })) });
    const full = { authorId: 'ann', month: '202602', part: 'part', start: '', end: '', posts: table.slice(1, 500) };
    store('archive/ann/202602.json', new TextEncoder().encode(JSON.stringify(full)));
    await authors('ann');
    expect(idsIn('ann/202602.json')).toHaveLength(500);
    expect(expiring()).toHaveLength(500);
    expect(sent()).toEqual([
      { kind: 'authors', before: '202611', part: 'part', authorIds: ['ann'], after: '01KJKB3Q000000000000000000' },
    ]);
  });
});

describe('the walk', () => {
  test('begins once a month, in eight segments, with what is 90 days old', async () => {
    vi.useFakeTimers({ now: new Date('2026-11-03T03:00:00Z') });
    await work({ kind: 'start' });
    vi.useRealTimers();
    expect(sent()).toHaveLength(8);
    expect(sent()[7]).toEqual({ kind: 'walk', before: '202608', segment: 7, segments: 8 });
  });

  test('asks for a page of authors, and for the next page a little later', async () => {
    dynamodb
      .on(ScanCommand)
      .resolves({ Items: [{ userId: 'ann' }, { userId: 'ben' }], LastEvaluatedKey: { userId: 'cat' } });
    await work({ kind: 'walk', before: '202608', segment: 1, segments: 8, from: 'aaa' });
    expect(dynamodb.commandCalls(ScanCommand)[0]?.args[0].input).toMatchObject({
      Segment: 1,
      TotalSegments: 8,
      ExclusiveStartKey: { userId: 'aaa' },
    });
    expect(sent()).toEqual([
      { kind: 'authors', before: '202608', part: '202608-49915e0d7d4b402e', authorIds: ['ann', 'ben'] },
      { kind: 'walk', before: '202608', segment: 1, segments: 8, from: 'cat', DelaySeconds: 10 },
    ]);
  });

  test('ends with the last page', async () => {
    dynamodb.on(ScanCommand).resolves({ Items: [] });
    await work({ kind: 'walk', before: '202608', segment: 1, segments: 8 });
    expect(sent()).toEqual([]);
  });
});

describe('an erasure', () => {
  const erase = () => work({ kind: 'erase', authorId: 'ann', postId: FEBRUARY });

  test('takes a post out of its bundle and the warehouse, with its photos and its note', async () => {
    table = [post(FEBRUARY), post(`${FEBRUARY.slice(0, -1)}B`)];
    await authors('ann');
    dynamodb.resetHistory();
    expect(await erase()).toEqual(done);

    expect(idsIn('ann/202602.json')).toEqual([`${FEBRUARY.slice(0, -1)}B`]);
    expect((await rowsOf('day=2026-02-04/part.parquet')).map(({ post_id }) => post_id)).toEqual([
      `${FEBRUARY.slice(0, -1)}B`,
    ]);
    expect(dynamodb.commandCalls(UpdateCommand)[0]?.args[0].input).toMatchObject({
      TableName: 'media',
      Key: { photoId: 'photo' },
    });
    expect(dynamodb.commandCalls(DeleteCommand)[0]?.args[0].input).toMatchObject({
      Key: { postId: FEBRUARY, item: 'ARCHIVE' },
      ConditionExpression: 'attribute_not_exists(deletedAt) AND attribute_not_exists(removedAt)',
    });
  });

  test('leaves an empty bundle and an empty file behind the last post, and bears a repetition', async () => {
    table = [post(FEBRUARY)];
    await authors('ann');
    dynamodb.on(DeleteCommand).rejects(conditionFailed());
    expect([await erase(), await erase()]).toEqual([done, done]);
    expect([idsIn('ann/202602.json'), await rowsOf('day=2026-02-04/part.parquet')]).toEqual([[], []]);
  });

  test('that was cut off after the bundle goes on with the warehouse', async () => {
    table = [post(FEBRUARY)];
    await authors('ann');
    refused = 'warehouse';
    expect(await erase()).toEqual(again);
    expect(idsIn('ann/202602.json')).toEqual([]);
    refused = undefined;
    expect(await erase()).toEqual(done);
    expect(await rowsOf('day=2026-02-04/part.parquet')).toEqual([]);
  });

  test('of what is in no bundle is done', async () => {
    expect(await erase()).toEqual(done);
  });
});

test.each([
  [{ kind: 'walk', before: '2026-08', segment: 0, segments: 8 }],
  [{ kind: 'authors', before: '202608', part: 'part', authorIds: ['../other'] }],
  [{ kind: 'authors', before: '202608', part: 'a/b', authorIds: ['ann'] }],
  [{ kind: 'authors', before: '202608', part: 'part', authorIds: [] }],
  [{ kind: 'erase', authorId: 'ann', postId: 'a/b' }],
  [{ kind: 'other' }],
])('a message that is not as it should be is given up at once: %j', async (body) => {
  expect(await work(body)).toEqual(done);
  expect(sqs.commandCalls(SendMessageBatchCommand)[0]?.args[0].input.QueueUrl).toMatch(/-dead$/);
  expect(s3.calls()).toEqual([]);
});
