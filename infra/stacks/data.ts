import type { Construct, DynamodbTable, S3Bucket } from '../aws.ts';
import type { Config } from '../config.ts';
import { bucket } from '../constructs/bucket.ts';
import { table } from '../constructs/table.ts';
import { userPool, type UserPool } from '../constructs/userPool.ts';
import { type TableKey, tables } from '../tables.ts';
import { Stack } from './stack.ts';

/** What must not be lost: the tables, the members, the objects. */
export class DataStack extends Stack {
  readonly tables: Readonly<Record<TableKey, DynamodbTable>>;
  readonly members: UserPool;
  readonly site: S3Bucket;
  readonly photos: S3Bucket;

  constructor(scope: Construct, config: Config) {
    super(scope, 'data', config);
    this.tables = mapValues(tables, (definition, key) => table(this, key, definition));
    this.members = userPool(this);
    this.site = bucket(this, 'site');
    this.photos = bucket(this, 'photos');
    this.output('user_pool_id', this.members.pool.id);
    this.output('user_pool_client_id', this.members.client.id);
  }
}

function mapValues<K extends string, V, R>(
  record: Readonly<Record<K, V>>,
  make: (value: V, key: K) => R,
): Record<K, R> {
  const entries = Object.entries(record) as [K, V][];
  return Object.fromEntries(entries.map(([key, value]) => [key, make(value, key)])) as Record<K, R>;
}
