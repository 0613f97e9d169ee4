import type { DatabaseSync } from 'node:sqlite';
import type { Account } from '../../aws/account.ts';
import type { SealedSessions } from '../../aws/sealedSessions.ts';
import type { Clock } from '../../clock.ts';
import type { Random } from '../../random.ts';
import type { Iam } from '../iam/index.ts';
import type { IdentityPoolDefinition } from './config.ts';
import { poolNotFound } from './errors.ts';
import type { UserPools } from './logins.ts';
import type { Identities } from './store.ts';

export interface CognitoIdentityOptions {
  readonly database: DatabaseSync;
  readonly account: Account;
  readonly clock: Clock;
  readonly random: Random;
  readonly sessions: Pick<SealedSessions, 'issue'>;
  readonly iam: Pick<Iam, 'trustsWebIdentity'>;
  readonly userPools: UserPools;
  /** Told why a role cannot be taken on, which AWS tells nobody. */
  readonly log: (line: string) => void;
}

/** What every operation works with. */
export interface Context extends CognitoIdentityOptions {
  readonly pools: ReadonlyMap<string, IdentityPoolDefinition>;
  readonly identities: Identities;
}

/** Throws `ResourceNotFoundException`. */
export function requirePool({ pools }: Context, identityPoolId: string): IdentityPoolDefinition {
  const pool = pools.get(identityPoolId);
  if (!pool) throw poolNotFound(identityPoolId);
  return pool;
}
