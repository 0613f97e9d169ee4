import { DynamodbContributorInsights, DynamodbTable, type KmsKey } from '../aws.ts';
import { capacityOf, type TableCapacity } from '../capacity.ts';
import { rungs } from '../rungs.ts';
import type { Stack } from '../stacks/stack.ts';
import type { TableDefinition, TableKey } from '../tables.ts';
import { tableScaling } from './tableScaling.ts';

/** Tables whose content other tables' content makes again; restoring them to a moment is not worth the storage. */
const REBUILT: ReadonlySet<TableKey> = new Set(['timelines']);

export function isRebuilt(key: TableKey): boolean {
  return REBUILT.has(key);
}

/** A table of `tables.ts`. On demand it costs nothing while nobody calls; high rungs buy capacity instead. */
export function table(
  stack: Stack,
  key: TableKey,
  definition: TableDefinition,
  encryptionKey: KmsKey | undefined,
): DynamodbTable {
  const { partitionKey, sortKey, indexes, stream, ttl } = definition;
  const keys = [
    partitionKey,
    sortKey,
    ...Object.values(indexes).flatMap((index) => [index.partitionKey, index.sortKey]),
  ];
  const capacity = capacityAt(stack, key);
  const made = new DynamodbTable(stack.group('dynamodb tables'), key, {
    name: stack.named(key),
    ...billing(capacity),
    hashKey: partitionKey,
    rangeKey: sortKey,
    attribute: [...new Set(keys)]
      .filter((attribute) => attribute !== undefined)
      .map((attribute) => ({ name: attribute, type: 'S' })),
    globalSecondaryIndex: Object.entries(indexes).map(([indexName, index]) => ({
      name: indexName,
      hashKey: index.partitionKey,
      rangeKey: index.sortKey,
      ...(index.include
        ? { projectionType: 'INCLUDE', nonKeyAttributes: [...index.include] }
        : { projectionType: 'KEYS_ONLY' }),
      ...units(capacity),
    })),
    ...(stream ? { streamEnabled: true, streamViewType: stream } : {}),
    ...(ttl ? { ttl: { enabled: true, attributeName: 'expiresAt' } } : {}),
    pointInTimeRecovery: { enabled: !isRebuilt(key) },
    ...(encryptionKey ? { serverSideEncryption: { enabled: true, kmsKeyArn: encryptionKey.arn } } : {}),
    ...warmth(stack),
    deletionProtectionEnabled: stack.config.deletionProtection,
    lifecycle: stack.lifecycle(capacity ? CHANGED_BY_SCALING : []),
  });
  if (capacity) scaling(stack, key, { made, capacity, indexes: Object.keys(indexes) });
  if (stack.config.switches.contributorInsights) insights(stack, key, made, Object.keys(indexes));
  return made;
}

/**
 * What autoscaling changes and a deployment must leave. Terraform cannot leave the capacity of one index alone, only all
 * that is said of indexes: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table
 * So an index is added or removed at a rung that is on demand.
 */
const CHANGED_BY_SCALING = ['read_capacity', 'write_capacity', 'global_secondary_index'];

const MILLION = 1_000_000;

function capacityAt({ config }: Stack, key: TableKey): TableCapacity | undefined {
  if (config.switches.provisionedTargetPercent === null) return undefined;
  return capacityOf(key, rungs[config.rung].to / (3 * MILLION));
}

function billing(capacity: TableCapacity | undefined) {
  return { billingMode: capacity ? 'PROVISIONED' : 'PAY_PER_REQUEST', ...units(capacity) };
}

function units(capacity: TableCapacity | undefined) {
  return capacity ? { readCapacity: capacity.read.min, writeCapacity: capacity.write.min } : {};
}

function warmth({ config }: Stack) {
  const warm = config.switches.warmThroughput;
  return warm ? { warmThroughput: { readUnitsPerSecond: warm.read, writeUnitsPerSecond: warm.write } } : {};
}

interface Scaled {
  readonly made: DynamodbTable;
  readonly capacity: TableCapacity;
  readonly indexes: readonly string[];
}

function scaling(stack: Stack, key: TableKey, { made, capacity, indexes }: Scaled): void {
  const { provisionedTargetPercent, scheduledScaling } = stack.config.switches;
  tableScaling(stack, key, {
    table: made,
    tableName: stack.named(key),
    indexes,
    capacity,
    targetPercent: provisionedTargetPercent ?? 70,
    scheduled: scheduledScaling,
  });
}

/** The keys that are read and throttled most, of the table and of each index. */
function insights(stack: Stack, key: TableKey, made: DynamodbTable, indexes: readonly string[]): void {
  const scope = stack.group('contributor insights');
  new DynamodbContributorInsights(scope, key, { tableName: made.name });
  for (const index of indexes)
    new DynamodbContributorInsights(scope, `${key}_${index}`, { tableName: made.name, indexName: index });
}
