import type { DatabaseSync } from 'node:sqlite';
import type { Account } from '../../aws/account.ts';
import { AwsError, NotEmulated } from '../../aws/error.ts';
import type { AwsService } from '../../aws/service.ts';
import type { Clock } from '../../clock.ts';
import { transaction } from '../../database.ts';
import type { JsonObject } from '../../json.ts';
import type { Random } from '../../random.ts';
import { accessOf } from './access.ts';
import { openCatalog } from './catalog.ts';
import type { Context } from './context.ts';
import { nextExpirySecond, sweepTable } from './expiry.ts';
import type { StreamRecord, TableSpecification } from './model.ts';
import { NOT_EMULATED, operations } from './operations/index.ts';
import { type Partition, partitionsOf } from './partitions.ts';
import { checkSpecification } from './provision.ts';
import { createSharedTables } from './sqlSchema.ts';
import { openStreams, SHARD_ID, streamArn, type StreamListener } from './stream.ts';
import { changeTable, createTable } from './tables.ts';

export { KeySchemaChanged } from './errors.ts';
export type { Partition } from './partitions.ts';
export type {
  AttributeValue,
  IndexSpecification,
  Item,
  KeyAttribute,
  KeySchema,
  Projection,
  StreamRecord,
  StreamViewType,
  TableSpecification,
} from './model.ts';

export interface DynamoDbOptions {
  readonly database: DatabaseSync;
  readonly account: Account;
  readonly clock: Clock;
  readonly random: Random;
}

export interface DynamoDb extends AwsService {
  readonly name: 'dynamodb';
  /** Runs an operation for a caller in this process that has been authorized; throws `AwsError`. `field`: see `ObservedCall`. */
  execute(operation: string, input: JsonObject, field?: string): JsonObject;
  /** The partition keys that such a call asks for. */
  partitions(operation: string, input: JsonObject): readonly Partition[];
  /**
   * Creates the table, or brings it to the specification with its items kept. Throws `KeySchemaChanged`, and
   * `AwsError` for a specification that AWS would refuse.
   */
  provision(specification: TableSpecification): void;
  /** In alphabetical order. */
  listTables(): readonly string[];
  /** The table's stream; throws `ResourceNotFoundException` when there is no such table or it has no stream. */
  stream(tableName: string): TableStream;
  /** Deletes what TTL and stream retention let go; returns the number of items. */
  sweepExpired(): number;
  /** When the next item expires (epoch milliseconds), or null when none will. */
  nextExpiry(): number | null;
}

/** Reads one table's changes of the last 24 hours, in order. */
export interface TableStream {
  readonly arn: string;
  /** Of its only shard. */
  readonly shardId: string;
  /** The records behind a sequence number (`null`: from the oldest), oldest first. */
  read(afterSequenceNumber: string | null, limit: number): StreamRecord[];
  /** Where a reader starts that wants only what comes; `null` when nothing has been recorded. */
  latestSequenceNumber(): string | null;
  /** Calls the listener in a microtask after each commit that appended; returns how to stop. */
  onAppend(listener: StreamListener): () => void;
}

export function createDynamoDb(options: DynamoDbOptions): DynamoDb {
  const { database, account, clock, random } = options;
  createSharedTables(database);
  const context: Context = {
    database,
    account,
    clock,
    random,
    catalog: openCatalog(database, account),
    streams: openStreams(database, account, clock),
  };

  function execute(operation: string, input: JsonObject): JsonObject {
    const run = operations.get(operation);
    if (!run) throw unknownOperation(operation);
    return run(context, input);
  }

  return {
    name: 'dynamodb',
    execute,
    access(operation, input) {
      if (!operations.has(operation)) throw unknownOperation(operation);
      return accessOf(context, operation, input);
    },
    call: (operation, input) => execute(operation, input),
    partitions: (operation, input) => partitionsOf(context, operation, input),
    provision(specification) {
      checkSpecification(specification);
      const known = context.catalog.find(specification.name);
      if (known) changeTable(context, known.table, specification);
      else createTable(context, specification);
    },
    listTables: () => context.catalog.names(),
    stream: (tableName) => openStream(context, tableName),
    sweepExpired() {
      const swept = context.catalog.all().reduce((sum, target) => sum + sweepTable(context, target), 0);
      transaction(database, () => context.streams.trim());
      return swept;
    },
    nextExpiry() {
      const seconds = context.catalog.all().map((target) => nextExpirySecond(context, target));
      const known = seconds.filter((second) => second !== null);
      return known.length === 0 ? null : Math.min(...known) * 1000;
    },
  };
}

function unknownOperation(operation: string): AwsError {
  if (NOT_EMULATED.has(operation)) return new NotEmulated(`DynamoDB's operation ${operation}`);
  return new AwsError('UnknownOperationException', `DynamoDB has no operation ${operation}`);
}

function openStream({ catalog, streams }: Context, tableName: string): TableStream {
  const { table } = catalog.open(tableName);
  const arn = streamArn(table);
  if (arn === null) {
    throw new AwsError('ResourceNotFoundException', `Requested resource not found: Table ${table.name} has no stream`);
  }
  return {
    arn,
    shardId: SHARD_ID,
    read: (after, limit) => streams.read(catalog.open(table.name).table, after, limit),
    latestSequenceNumber: () => streams.latestSequenceNumber(catalog.open(table.name).table),
    onAppend: (listener) => streams.subscribe(table.name, listener),
  };
}
