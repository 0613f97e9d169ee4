import type { DatabaseSync } from 'node:sqlite';
import type { Account } from '../../aws/account.ts';
import type { Principal } from '../../aws/service.ts';
import type { Clock } from '../../clock.ts';
import type { JsonObject } from '../../json.ts';
import type { Random } from '../../random.ts';
import type { LongPolls } from './longPolls.ts';
import type { MessageStore } from './messageStore.ts';
import type { MoveTasks } from './moveTasks.ts';
import type { Queues } from './queues.ts';
import type { Visibility } from './visibility.ts';

/** What the operations work with. */
export interface Context {
  readonly database: DatabaseSync;
  readonly account: Account;
  readonly clock: Clock;
  readonly random: Random;
  readonly queues: Queues;
  readonly messages: MessageStore;
  readonly visibility: Visibility;
  readonly longPolls: LongPolls;
  readonly moveTasks: MoveTasks;
  /** When each queue was purged last, by its number; epoch milliseconds. */
  readonly purgedAt: Map<number, number>;
  /** The `SenderId` of a caller: an account, or `AROA...:name`. */
  readonly senderIdOf: (principal: Principal) => string;
}

export interface Call {
  readonly principal: Principal;
  /** Aborted when the caller has gone. */
  readonly signal: AbortSignal | undefined;
}

export type Operation = (context: Context, input: JsonObject, call: Call) => JsonObject | Promise<JsonObject>;
