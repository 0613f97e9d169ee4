import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../src/clock.ts';
import { openDatabase } from '../src/database.ts';
import type { JsonObject } from '../src/json.ts';
import { systemRandom } from '../src/random.ts';
import { createDynamoDb } from '../src/services/dynamodb/index.ts';

/** One engine under measurement. */
export interface BenchTarget {
  readonly name: string;
  run(operation: string, input: JsonObject): JsonObject | Promise<JsonObject>;
  close?(): void;
}

export function engineInMemory(): BenchTarget {
  return engine('engine', ':memory:');
}

/** The engine on a file of its own in the temporary folder, deleted by `close`. */
export function engineOnFile(): BenchTarget {
  const folder = mkdtempSync(join(tmpdir(), 'hiroba-bench-'));
  const target = engine('engine on file', join(folder, 'bench.sqlite'));
  return {
    ...target,
    close() {
      target.close?.();
      rmSync(folder, { recursive: true });
    },
  };
}

function engine(name: string, file: string): BenchTarget {
  const database = openDatabase(file);
  const account = { region: 'us-east-1', accountId: '123456789012' };
  const dynamoDb = createDynamoDb({ database, account, clock: systemClock, random: systemRandom });
  return { name, run: dynamoDb.execute, close: () => database.close() };
}
