import type { DatabaseSync } from 'node:sqlite';
import type { Account } from '../../aws/account.ts';
import type { Clock } from '../../clock.ts';
import type { Random } from '../../random.ts';
import type { JsonObject } from '../../json.ts';
import type { Catalog } from './catalog.ts';
import type { Streams } from './stream.ts';

/** What the operations work with. */
export interface Context {
  readonly database: DatabaseSync;
  readonly account: Account;
  readonly clock: Clock;
  readonly random: Random;
  readonly catalog: Catalog;
  readonly streams: Streams;
}

export type Operation = (context: Context, input: JsonObject) => JsonObject;
