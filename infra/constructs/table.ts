import { DynamodbTable } from '../aws.ts';
import type { Stack } from '../stacks/stack.ts';
import type { TableDefinition, TableKey } from '../tables.ts';

/** Tables whose content other tables' content makes again; restoring them to a moment is not worth the storage. */
const REBUILT: ReadonlySet<TableKey> = new Set(['timelines']);

/** A table of `tables.ts`, on demand: it costs nothing while nobody calls. */
export function table(stack: Stack, key: TableKey, definition: TableDefinition): DynamodbTable {
  const { partitionKey, sortKey, indexes, stream, ttl } = definition;
  const keys = [
    partitionKey,
    sortKey,
    ...Object.values(indexes).flatMap((index) => [index.partitionKey, index.sortKey]),
  ];
  return new DynamodbTable(stack.group('dynamodb tables'), key, {
    name: stack.named(key),
    billingMode: 'PAY_PER_REQUEST',
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
    })),
    ...(stream ? { streamEnabled: true, streamViewType: stream } : {}),
    ...(ttl ? { ttl: { enabled: true, attributeName: 'expiresAt' } } : {}),
    pointInTimeRecovery: { enabled: !REBUILT.has(key) },
    deletionProtectionEnabled: stack.config.deletionProtection,
  });
}
