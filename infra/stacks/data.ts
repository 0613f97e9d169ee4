import type { Construct, DynamodbTable, KmsKey, S3Bucket } from '../aws.ts';
import { type BucketDefinition, type BucketKey, buckets } from '../buckets.ts';
import type { Config } from '../config.ts';
import { backups } from '../constructs/backups.ts';
import { bucket } from '../constructs/bucket.ts';
import { dataKey, logKey } from '../constructs/encryptionKey.ts';
import { isRebuilt, table } from '../constructs/table.ts';
import { uploadPages } from '../constructs/pages.ts';
import { readableOverTls } from '../constructs/tlsOnly.ts';
import { userPool, type UserPool } from '../constructs/userPool.ts';
import { warehouse } from '../constructs/warehouse.ts';
import type { Pages } from '../pages.ts';
import { type TableKey, tables } from '../tables.ts';
import { Stack } from './stack.ts';

/** What must not be lost: the keys, the tables, the members, the objects. */
export class DataStack extends Stack {
  /** Encrypts tables, buckets and queues; absent at the lowest rung, where AWS's own keys do. */
  readonly key: KmsKey | undefined;
  /** Encrypts log groups of this Region. */
  readonly logKey: KmsKey | undefined;
  readonly tables: Readonly<Record<TableKey, DynamodbTable>>;
  readonly members: UserPool;
  readonly buckets: Readonly<Record<BucketKey, S3Bucket>>;

  constructor(scope: Construct, config: Config, pages: Pages) {
    super(scope, 'data', config);
    this.key = config.switches.customerManagedKeys ? dataKey(this) : undefined;
    this.logKey = config.switches.customerManagedKeys ? logKey(this) : undefined;
    this.tables = mapValues(tables, (definition, key) => table(this, key, definition, this.key));
    this.members = userPool(this);
    this.buckets = mapValues<BucketKey, BucketDefinition, S3Bucket>(buckets, (definition, key) =>
      this.#bucket(key, definition),
    );
    if (config.switches.warehouseQueries) warehouse(this, this.buckets.warehouse);
    uploadPages(this, this.buckets.pages, pages);
    if (config.switches.backups && this.key) backups(this, { tables: this.#precious(), key: this.key });
    this.output('user_pool_id', this.members.pool.id);
    this.output('user_pool_client_id', this.members.client.id);
    this.output('login_domain', `${this.members.domain.domain}.auth.${config.region}.amazoncognito.com`);
  }

  /** What CloudFront reads gets its policy from the edge stack, since that knows the distribution. */
  #bucket(key: BucketKey, { throughCdn, readOnlyBy, ...definition }: BucketDefinition): S3Bucket {
    const made = bucket(this, key, { name: `${this.named(key)}-${this.accountId}`, key: this.key, ...definition });
    const readers = readOnlyBy?.map((name) => `arn:aws:iam::${this.accountId}:role/${this.named(`function-${name}`)}`);
    if (!throughCdn) readableOverTls(this, key, made, readers);
    return made;
  }

  #precious(): DynamodbTable[] {
    return (Object.keys(tables) as TableKey[]).filter((key) => !isRebuilt(key)).map((key) => this.tables[key]);
  }
}

function mapValues<K extends string, V, R>(
  record: Readonly<Record<K, V>>,
  make: (value: V, key: K) => R,
): Record<K, R> {
  const entries = Object.entries(record) as [K, V][];
  return Object.fromEntries(entries.map(([key, value]) => [key, make(value, key)])) as Record<K, R>;
}
