import type { Account } from '../../aws/account.ts';
import type { Clock } from '../../clock.ts';
import type { JsonObject } from '../../json.ts';
import type { Random } from '../../random.ts';
import type { Delivery } from './delivery.ts';
import type { Registry } from './registry.ts';
import type { SesStore } from './store.ts';
import type { SendingRate } from './sendingRate.ts';

/** What the operations need. */
export interface SesContext {
  readonly account: Account;
  readonly clock: Clock;
  readonly random: Random;
  readonly registry: Registry;
  readonly store: SesStore;
  readonly delivery: Delivery;
  readonly rate: SendingRate;
  readonly max24HourSend: number;
}

/** One operation of the API. Throws `AwsError`. */
export type Operation = (input: JsonObject, context: SesContext) => JsonObject;

/** As `0100019aa1b2c3d4-7a5433e7-8edb-42ae-af10-f0181f34d6ee-000000`. */
export function newMessageId(random: Random): string {
  const hex = random.bytes(24).toString('hex');
  return `${hex.replace(/^(.{16})(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5-$6')}-000000`;
}
