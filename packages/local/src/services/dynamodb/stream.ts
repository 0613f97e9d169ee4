import { createHash } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Account } from '../../aws/account.ts';
import { AwsError } from '../../aws/error.ts';
import type { Clock } from '../../clock.ts';
import { afterCommit } from '../../database.ts';
import { sameItem } from './attributeValue.ts';
import { validationError } from './errors.ts';
import { itemSize } from './itemSize.ts';
import { STREAM_RETENTION_MILLISECONDS } from './limits.ts';
import { pick } from './expressions/projection.ts';
import type { Item, StoredItem, StreamRecord, StreamViewType, Table } from './model.ts';

/** Called without the records: read them from where the last batch ended. */
export type StreamListener = () => void;

/** The streams of all tables; rows are written in the transaction of the change that they tell. */
export interface Streams {
  append(
    table: Table,
    before: StoredItem | null,
    after: StoredItem | null,
    options: { readonly expired: boolean },
  ): void;
  read(table: Table, afterSequenceNumber: string | null, limit: number): StreamRecord[];
  latestSequenceNumber(table: Table): string | null;
  /**
   * Where a reader starts who wants this record first. Throws `TrimmedDataAccessException` for a record
   * that the stream no longer keeps, and `ValidationException` for one that it never had.
   */
  positionBefore(table: Table, sequenceNumber: string): string;
  subscribe(tableName: string, listener: StreamListener): () => void;
  /** Deletes the records that are older than a stream keeps. */
  trim(): void;
  /** Deletes a table's records; its sequence numbers are not given again. */
  clear(table: Table): void;
}

interface StreamRow {
  readonly sequence: number;
  readonly at: number;
  readonly event: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly keys: string;
  readonly new: string | null;
  readonly old: string | null;
  readonly size: number;
  readonly expired: number;
}

export function openStreams(database: DatabaseSync, account: Account, clock: Clock): Streams {
  const statements = prepareStatements(database);
  const oldestKept = (): number => clock.now() - STREAM_RETENTION_MILLISECONDS;
  const listeners = new Map<string, Set<StreamListener>>();
  const scheduled = new Set<string>();
  let sequence = (statements.highest.get() as { sequence: number }).sequence;

  /** Listeners run after the writer's own code, so that none of them can break or reorder a write. */
  function schedule(name: string): void {
    if (!listeners.has(name) || scheduled.has(name)) return;
    scheduled.add(name);
    queueMicrotask(() => {
      scheduled.delete(name);
      for (const listener of listeners.get(name) ?? []) listener();
    });
  }

  return {
    append(table, before, after, { expired }) {
      if (!table.stream || !(before ?? after) || isSame(before, after)) return;
      const { viewType } = table.stream;
      const keys = pick((after ?? before)?.item ?? {}, table.keyNames);
      const showsNew = after && (viewType === 'NEW_IMAGE' || viewType === 'NEW_AND_OLD_IMAGES');
      const showsOld = before && (viewType === 'OLD_IMAGE' || viewType === 'NEW_AND_OLD_IMAGES');
      const size = itemSize(keys) + (showsNew ? after.size : 0) + (showsOld ? before.size : 0);
      sequence += 1;
      statements.insert.run(
        sequence,
        table.number,
        clock.now(),
        before ? (after ? 'MODIFY' : 'REMOVE') : 'INSERT',
        JSON.stringify(keys),
        showsNew ? after.text : null,
        showsOld ? before.text : null,
        size,
        expired ? 1 : 0,
      );
      afterCommit(database, () => schedule(table.name));
    },
    read(table, afterSequenceNumber, limit) {
      const { stream } = table;
      if (!stream) return [];
      const from = afterSequenceNumber === null ? 0 : parseSequenceNumber(afterSequenceNumber);
      const rows = statements.read.all(table.number, from, oldestKept(), limit) as unknown as StreamRow[];
      return rows.map((row) => recordOf(row, stream.viewType, streamArn(table) as string, account));
    },
    latestSequenceNumber(table) {
      const row = statements.latest.get(table.number) as { sequence: number | null };
      return row.sequence === null ? null : formatSequenceNumber(row.sequence);
    },
    positionBefore(table, sequenceNumber) {
      const wanted = parseSequenceNumber(sequenceNumber);
      const [row] = statements.read.all(table.number, wanted - 1, oldestKept(), 1) as unknown as StreamRow[];
      if (row?.sequence === wanted) return formatSequenceNumber(wanted - 1);
      if (wanted > sequence) throw validationError(`Invalid SequenceNumber: ${sequenceNumber}`);
      throw new AwsError(
        'TrimmedDataAccessException',
        'The operation attempted to read past the oldest stream record in a shard.',
      );
    },
    subscribe(tableName, listener) {
      const known = listeners.get(tableName) ?? new Set();
      listeners.set(tableName, known.add(listener));
      return () => {
        known.delete(listener);
      };
    },
    trim() {
      statements.keepSequence.run(sequence);
      statements.trim.run(oldestKept());
    },
    clear(table) {
      statements.keepSequence.run(sequence);
      statements.clear.run(table.number);
    },
  };
}

/** A stream is one shard here. */
export const SHARD_ID = 'shardId-00000001767225600000-00000000';

export function streamArn(table: Table): string | null {
  return table.stream && `${table.arn}/stream/${table.stream.label}`;
}

type StatementName = 'insert' | 'read' | 'latest' | 'highest' | 'keepSequence' | 'trim' | 'clear';

function prepareStatements(database: DatabaseSync): Readonly<Record<StatementName, StatementSync>> {
  return {
    insert: database.prepare(
      'INSERT INTO ddb_stream (sequence, table_number, at, event, keys, new, old, size, expired) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ),
    read: database.prepare(
      'SELECT sequence, at, event, keys, new, old, size, expired FROM ddb_stream ' +
        'WHERE table_number = ? AND sequence > ? AND at > ? ORDER BY sequence LIMIT ?',
    ),
    latest: database.prepare('SELECT MAX(sequence) AS sequence FROM ddb_stream WHERE table_number = ?'),
    highest: database.prepare(
      'SELECT MAX(coalesce((SELECT MAX(sequence) FROM ddb_stream), 0), ' +
        "coalesce((SELECT value FROM ddb_state WHERE name = 'stream_sequence'), 0)) AS sequence",
    ),
    keepSequence: database.prepare("INSERT OR REPLACE INTO ddb_state (name, value) VALUES ('stream_sequence', ?)"),
    trim: database.prepare('DELETE FROM ddb_stream WHERE at <= ?'),
    clear: database.prepare('DELETE FROM ddb_stream WHERE table_number = ?'),
  };
}

/** A write that changes nothing leaves no record. */
function isSame(before: StoredItem | null, after: StoredItem | null): boolean {
  if (!before || !after || before.size !== after.size) return false;
  return before.text === after.text || sameItem(before.item, after.item);
}

const SEQUENCE_NUMBER = /^1\d{20}$/;

/** 21 digits, the least AWS gives; of the same length, so that they also sort as strings. */
function formatSequenceNumber(sequence: number): string {
  return `1${String(sequence).padStart(20, '0')}`;
}

function parseSequenceNumber(text: string): number {
  const sequence = SEQUENCE_NUMBER.test(text) ? Number(text.slice(1)) : NaN;
  if (Number.isSafeInteger(sequence)) return sequence;
  throw validationError(`Invalid SequenceNumber: ${text}`);
}

function recordOf(row: StreamRow, viewType: StreamViewType, arn: string, account: Account): StreamRecord {
  const sequenceNumber = formatSequenceNumber(row.sequence);
  return {
    eventID: createHash('md5').update(`${arn}:${sequenceNumber}`).digest('hex'),
    eventName: row.event,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: account.region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(row.at / 1000),
      Keys: JSON.parse(row.keys) as Item,
      ...(row.new === null ? {} : { NewImage: JSON.parse(row.new) as Item }),
      ...(row.old === null ? {} : { OldImage: JSON.parse(row.old) as Item }),
      SequenceNumber: sequenceNumber,
      SizeBytes: row.size,
      StreamViewType: viewType,
    },
    eventSourceARN: arn,
    ...(row.expired ? { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } } : {}),
  };
}
