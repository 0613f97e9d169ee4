import { AwsError } from '../../../src/aws/error.ts';
import { manualClock, type ManualClock } from '../../../src/clock.ts';
import { openDatabase } from '../../../src/database.ts';
import type { JsonObject, JsonValue } from '../../../src/json.ts';
import { seededRandom } from '../../../src/random.ts';
import { createDynamoDb, type DynamoDb, type TableSpecification } from '../../../src/services/dynamodb/index.ts';

/** 2026-01-01T00:00:00Z */
export const START = 1_767_225_600_000;
export const START_SECOND = START / 1000;
export const account = { region: 'us-east-1', accountId: '123456789012' };

export interface TestEngine {
  readonly db: DynamoDb;
  readonly clock: ManualClock;
  run(operation: string, input: JsonObject): JsonObject;
  close(): void;
}

export function openEngine(options: { file?: string; clock?: ManualClock } = {}): TestEngine {
  const database = openDatabase(options.file ?? ':memory:');
  const clock = options.clock ?? manualClock(START);
  const db = createDynamoDb({ database, account, clock, random: seededRandom('dynamodb') });
  return { db, clock, run: (operation, input) => db.execute(operation, input), close: () => database.close() };
}

/** A table `Things` with the keys `pk` (S) and `sk` (N) and what a test adds. */
export function things(changes: Partial<TableSpecification> = {}): TableSpecification {
  return {
    name: 'Things',
    key: { partition: { name: 'pk', type: 'S' }, sort: { name: 'sk', type: 'N' } },
    indexes: [],
    ttlAttribute: null,
    stream: null,
    deletionProtection: false,
    ...changes,
  };
}

/** An index `byAuthor` on `author` (S) and `score` (N). */
export function byAuthor(projection: TableSpecification['indexes'][number]['projection'] = { type: 'ALL' }) {
  return {
    name: 'byAuthor',
    key: { partition: { name: 'author', type: 'S' }, sort: { name: 'score', type: 'N' } },
    projection,
  } as const;
}

export function openThings(changes: Partial<TableSpecification> = {}): TestEngine {
  const engine = openEngine();
  engine.db.provision(things(changes));
  return engine;
}

export function key(pk: string, sk: number): JsonObject {
  return { pk: { S: pk }, sk: { N: String(sk) } };
}

export function put(engine: TestEngine, pk: string, sk: number, attributes: JsonObject = {}): void {
  engine.run('PutItem', { TableName: 'Things', Item: { ...key(pk, sk), ...attributes } });
}

export function get(engine: TestEngine, pk: string, sk: number): JsonValue | undefined {
  return engine.run('GetItem', { TableName: 'Things', Key: key(pk, sk) }).Item;
}

/** The sort keys of an answer's items, as numbers. */
export function sortKeys(answer: JsonObject): number[] {
  return (answer.Items as { sk: { N: string } }[]).map(({ sk }) => Number(sk.N));
}

/** `Code: message` of the refusal; the call must be refused. */
export function refusal(call: () => unknown): string {
  const { code, message } = refused(call);
  return `${code}: ${message}`;
}

export function refused(call: () => unknown): AwsError {
  try {
    call();
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
  throw new Error('The call was not refused');
}
