import type { DatabaseSync } from 'node:sqlite';
import type { Account } from '../../aws/account.ts';
import type { Authorizer } from '../../aws/service.ts';
import type { Clock } from '../../clock.ts';
import type { Sealing } from '../../data/sealing.ts';
import type { JsonObject, JsonValue } from '../../json.ts';
import type { Random } from '../../random.ts';
import type { Outbox } from '../outbox/index.ts';
import type { Challenges } from './challenges.ts';
import type { UserPoolClientDefinition, UserPoolDefinition } from './config.ts';
import { resourceNotFound } from './errors.ts';
import type { Attempts } from './store/attempts.ts';
import type { Codes } from './store/codes.ts';
import type { Grants } from './store/grants.ts';
import type { Groups } from './store/groups.ts';
import type { MfaPreferences } from './store/mfaPreferences.ts';
import type { RefreshTokens } from './store/refreshTokens.ts';
import type { SoftwareTokens } from './store/softwareTokens.ts';
import type { Users } from './store/users.ts';
import type { SigningKey } from './tokens/keys.ts';
import type { Inspection } from './tokens/verify.ts';

/** Invokes a Lambda trigger and resolves to what the function returned; rejects with what it threw. */
export type InvokeTrigger = (functionArn: string, event: JsonObject) => Promise<JsonValue>;

export interface CognitoOptions {
  readonly database: DatabaseSync;
  readonly account: Account;
  readonly clock: Clock;
  /** The machine's own, which authenticator apps follow. */
  readonly wallClock: Clock;
  readonly sealing: Sealing;
  readonly random: Random;
  readonly outbox: Outbox;
  /** Asked whether the pool's role may send text messages. */
  readonly authorizer: Authorizer;
  readonly invokeTrigger?: InvokeTrigger;
}

export interface Pool extends UserPoolDefinition {
  readonly issuer: string;
  /** The part of the id after `_`. */
  readonly srpName: string;
  readonly key: SigningKey;
  readonly decoySecret: Uint8Array;
  readonly createdAt: number;
}

export interface Client extends UserPoolClientDefinition {
  readonly secret?: string;
  readonly preventUserExistenceErrors: 'ENABLED' | 'LEGACY';
}

/** What every operation works with. */
export interface Cognito extends CognitoOptions {
  readonly pools: Map<string, Pool>;
  readonly clients: Map<string, Client>;
  readonly users: Users;
  readonly groups: Groups;
  readonly codes: Codes;
  readonly attempts: Attempts;
  readonly refreshTokens: RefreshTokens;
  readonly grants: Grants;
  readonly softwareTokens: SoftwareTokens;
  readonly mfaPreferences: MfaPreferences;
  readonly challenges: Challenges;
  readonly inspectToken: (token: string) => Inspection;
}

/** Throws `ResourceNotFoundException`. */
export function requirePool(cognito: Cognito, poolId: string): Pool {
  const pool = cognito.pools.get(poolId);
  if (!pool) throw resourceNotFound(`User pool ${poolId} does not exist.`);
  return pool;
}

/** The client and its pool; throws `ResourceNotFoundException`. */
export function requireClient(cognito: Cognito, clientId: string): { readonly client: Client; readonly pool: Pool } {
  const client = cognito.clients.get(clientId);
  if (!client) throw resourceNotFound(`User pool client ${clientId} does not exist.`);
  return { client, pool: requirePool(cognito, client.poolId) };
}
