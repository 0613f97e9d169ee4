import type { Construct, DynamodbTable, KmsKey, S3Bucket } from '../aws.ts';
import type { Config } from '../config.ts';
import { backups } from '../constructs/backups.ts';
import { bucket } from '../constructs/bucket.ts';
import { dataKey, logKey } from '../constructs/encryptionKey.ts';
import { isRebuilt, table } from '../constructs/table.ts';
import { userPool, type UserPool } from '../constructs/userPool.ts';
import { type TableKey, tables } from '../tables.ts';
import { Stack } from './stack.ts';

const KEEP_REPLACED_DAYS = 30;

/** What must not be lost: the keys, the tables, the members, the objects. */
export class DataStack extends Stack {
  /** Encrypts tables, buckets and queues; absent at the lowest rung, where AWS's own keys do. */
  readonly key: KmsKey | undefined;
  /** Encrypts log groups of this Region. */
  readonly logKey: KmsKey | undefined;
  readonly tables: Readonly<Record<TableKey, DynamodbTable>>;
  readonly members: UserPool;
  readonly site: S3Bucket;
  readonly photos: S3Bucket;

  constructor(scope: Construct, config: Config) {
    super(scope, 'data', config);
    this.key = config.switches.customerManagedKeys ? dataKey(this) : undefined;
    this.logKey = config.switches.customerManagedKeys ? logKey(this) : undefined;
    this.tables = mapValues(tables, (definition, key) => table(this, key, definition, this.key));
    this.members = userPool(this);
    this.site = this.#bucket('site');
    this.photos = this.#bucket('photos');
    if (config.switches.backups && this.key) backups(this, { tables: this.#precious(), key: this.key });
    this.output('user_pool_id', this.members.pool.id);
    this.output('user_pool_client_id', this.members.client.id);
  }

  /** Read through CloudFront only. The edge stack gives it its policy, since that knows the distribution. */
  #bucket(id: string): S3Bucket {
    return bucket(this, id, {
      name: `${this.named(id)}-${this.accountId}`,
      key: this.key,
      keepReplacedDays: KEEP_REPLACED_DAYS,
    });
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
