import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../../clock.ts';
import type { Random } from '../../../random.ts';
import { generatePrivateKey } from '../tokens/keys.ts';

/** What a pool keeps for ever, whatever happens to its configuration. */
export interface PoolSecrets {
  /** PKCS#8 PEM. */
  readonly privateKey: string;
  /** Makes the answers for names that nobody has: the same name gets the same answer. */
  readonly decoySecret: Uint8Array;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

export type Pools = ReturnType<typeof createPools>;

export function createPools(database: DatabaseSync, { clock, random }: { clock: Clock; random: Random }) {
  const select = database.prepare(
    `SELECT private_key AS privateKey, decoy_secret AS decoySecret, created_at AS createdAt
     FROM cognito_pools WHERE pool_id = ?`,
  );
  const insert = database.prepare('INSERT INTO cognito_pools VALUES (?, ?, ?, ?)');
  const selectSecret = database.prepare('SELECT secret FROM cognito_client_secrets WHERE client_id = ?');
  const insertSecret = database.prepare('INSERT INTO cognito_client_secrets VALUES (?, ?)');

  return {
    /** Made when the pool is first seen; about 0.1 s. */
    secrets(poolId: string): PoolSecrets {
      const stored = select.get(poolId) as unknown as PoolSecrets | undefined;
      if (stored) return stored;
      const secrets = { privateKey: generatePrivateKey(), decoySecret: random.bytes(32), createdAt: clock.now() };
      insert.run(poolId, secrets.privateKey, secrets.decoySecret, secrets.createdAt);
      return secrets;
    },

    clientSecret(clientId: string): string {
      const stored = selectSecret.get(clientId);
      if (stored) return String(stored['secret']);
      const secret = random.bytes(32).toString('hex');
      insertSecret.run(clientId, secret);
      return secret;
    },
  };
}
