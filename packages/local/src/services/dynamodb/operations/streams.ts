import { AwsError } from '../../../aws/error.ts';
import type { JsonObject } from '../../../json.ts';
import type { Context } from '../context.ts';
import { validationError } from '../errors.ts';
import { MAX_PAGE_BYTES } from '../limits.ts';
import type { StreamRecord, Table } from '../model.ts';
import { checkParameters } from '../parameters.ts';
import { SHARD_ID, streamArn } from '../stream.ts';

const STREAM_ARN = { type: 'string', required: true, min: 37, max: 1024 } as const;

export function listStreams({ catalog }: Context, given: JsonObject): JsonObject {
  const input = checkParameters(given, {
    TableName: { type: 'string', min: 1, max: 1024 },
    ExclusiveStartStreamArn: { type: 'string', min: 37, max: 1024 },
    Limit: { type: 'integer', min: 1, max: 100 },
  });
  const limit = (input.Limit as number | undefined) ?? 100;
  const start = (input.ExclusiveStartStreamArn as string | undefined) ?? '';
  const tables = input.TableName === undefined ? catalog.all() : [catalog.open(input.TableName as string)];
  const following = tables
    .flatMap(({ table }) => (table.stream ? [{ ...table, label: table.stream.label, arn: streamArn(table)! }] : []))
    .filter(({ arn }) => arn > start);
  const streams = following.slice(0, limit);
  return {
    Streams: streams.map(({ name, label, arn }) => ({ StreamArn: arn, StreamLabel: label, TableName: name })),
    ...(following.length > limit && { LastEvaluatedStreamArn: streams.at(-1)!.arn }),
  };
}

export function describeStream(context: Context, given: JsonObject): JsonObject {
  const input = checkParameters(given, {
    StreamArn: STREAM_ARN,
    ExclusiveStartShardId: { type: 'string', min: 28, max: 65 },
    Limit: { type: 'integer', min: 1, max: 100 },
  });
  const table = streamed(context, input.StreamArn as string);
  const { stream, name, key, createdAt } = table;
  const [first] = context.streams.read(table, null, 1);
  const range: JsonObject = first ? { StartingSequenceNumber: first.dynamodb.SequenceNumber } : {};
  const shard: JsonObject = { ShardId: SHARD_ID, SequenceNumberRange: range };
  return {
    StreamDescription: {
      StreamArn: input.StreamArn as string,
      StreamLabel: stream!.label,
      StreamStatus: 'ENABLED',
      StreamViewType: stream!.viewType,
      CreationRequestDateTime: createdAt / 1000,
      TableName: name,
      KeySchema: [
        { AttributeName: key.partition.name, KeyType: 'HASH' },
        ...(key.sort ? [{ AttributeName: key.sort.name, KeyType: 'RANGE' }] : []),
      ],
      Shards: input.ExclusiveStartShardId === undefined ? [shard] : [],
    },
  };
}

const FROM = ['TRIM_HORIZON', 'LATEST', 'AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER'] as const;

export function getShardIterator(context: Context, given: JsonObject): JsonObject {
  const input = checkParameters(given, {
    StreamArn: STREAM_ARN,
    ShardId: { type: 'string', required: true, min: 28, max: 65 },
    ShardIteratorType: { type: 'string', required: true, oneOf: FROM },
    SequenceNumber: { type: 'string', min: 21, max: 40 },
  });
  const arn = input.StreamArn as string;
  const table = streamed(context, arn);
  if (input.ShardId !== SHARD_ID) throw notFound(`Shard ${input.ShardId as string} in stream ${arn}`);
  const after = startOf(context, table, input);
  return { ShardIterator: writeIterator(arn, { after, at: context.clock.now() }) };
}

function startOf({ streams }: Context, table: Table, input: JsonObject): string | null {
  const type = input.ShardIteratorType as (typeof FROM)[number];
  if (type === 'TRIM_HORIZON') return null;
  if (type === 'LATEST') return streams.latestSequenceNumber(table);
  const number = input.SequenceNumber as string | undefined;
  if (number === undefined) throw validationError(`Must specify a SequenceNumber for ShardIteratorType ${type}.`);
  const before = streams.positionBefore(table, number);
  return type === 'AT_SEQUENCE_NUMBER' ? before : number;
}

export function getRecords(context: Context, given: JsonObject): JsonObject {
  const input = checkParameters(given, {
    ShardIterator: { type: 'string', required: true, min: 1, max: 2048 },
    Limit: { type: 'integer', min: 1, max: 1000 },
  });
  const { arn, after, at } = readIterator(input.ShardIterator as string);
  const table = streamed(context, arn);
  const now = context.clock.now();
  if (now - at > ITERATOR_MILLISECONDS) {
    throw new AwsError('ExpiredIteratorException', 'The iterator has expired: it can be used for 15 minutes.');
  }
  const records = readPage(context, table, { after, limit: (input.Limit as number | undefined) ?? 1000 });
  const next = { after: records.at(-1)?.dynamodb.SequenceNumber ?? after, at: now };
  return { Records: records.map(shown), NextShardIterator: writeIterator(arn, next) };
}

/** Few at a time: a record may have 800 KB. */
const READ_AT_ONCE = 20;

function readPage(
  { streams }: Context,
  table: Table,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): readonly StreamRecord[] {
  const page: StreamRecord[] = [];
  let bytes = 0;
  for (let position = after; page.length < limit;) {
    const records = streams.read(table, position, Math.min(READ_AT_ONCE, limit - page.length));
    for (const record of records) {
      bytes += record.dynamodb.SizeBytes;
      if (bytes > MAX_PAGE_BYTES && page.length > 0) return page;
      page.push(record);
    }
    if (records.length === 0) break;
    position = records.at(-1)!.dynamodb.SequenceNumber;
  }
  return page;
}

/** Unlike an event of Lambda it does not say its stream, and spells who did it in capitals. */
function shown({ eventSourceARN: _arn, userIdentity, ...record }: StreamRecord): JsonObject {
  const identity = userIdentity && { Type: userIdentity.type, PrincipalId: userIdentity.principalId };
  return { ...record, ...(identity && { userIdentity: identity }) } as unknown as JsonObject;
}

interface Position {
  readonly after: string | null;
  /** When it was made, epoch milliseconds. */
  readonly at: number;
}

const ITERATOR_MILLISECONDS = 15 * 60 * 1000;

/** Whoever makes one up reads no more than what a proper one lets the same caller read. */
function writeIterator(arn: string, position: Position): string {
  return `${arn}|1|${Buffer.from(JSON.stringify(position)).toString('base64url')}`;
}

function readIterator(text: string): Position & { readonly arn: string } {
  const [arn = '', , coded = ''] = text.split('|');
  try {
    const { after, at } = JSON.parse(Buffer.from(coded, 'base64url').toString('utf8')) as Record<string, unknown>;
    if ((after === null || typeof after === 'string') && typeof at === 'number') return { arn, after, at };
  } catch {
    // Not one of ours.
  }
  throw validationError('Invalid ShardIterator');
}

function streamed({ catalog }: Context, arn: string): Table {
  const name = /:table\/([^/]+)\/stream\//.exec(arn)?.[1];
  const table = name === undefined ? undefined : catalog.find(name)?.table;
  if (!table || streamArn(table) !== arn) throw notFound(`Stream: ${arn}`);
  return table;
}

const notFound = (what: string): AwsError =>
  new AwsError('ResourceNotFoundException', `Requested resource not found: ${what} not found`);
