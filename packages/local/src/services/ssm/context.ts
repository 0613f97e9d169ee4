import type { Account } from '../../aws/account.ts';
import type { Principal } from '../../aws/service.ts';
import type { Clock } from '../../clock.ts';
import type { JsonObject } from '../../json.ts';
import type { ParameterStore } from './store.ts';

export interface SsmContext {
  readonly account: Account;
  readonly clock: Clock;
  readonly store: ParameterStore;
  readonly localize: (text: string) => string;
}

/** One operation of the API. Throws `AwsError`. */
export type Operation = (input: JsonObject, context: SsmContext, principal: Principal) => JsonObject;
