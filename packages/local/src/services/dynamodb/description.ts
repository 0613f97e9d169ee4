import type { JsonObject } from '../../json.ts';
import type { Context } from './context.ts';
import type { IndexSpecification, KeyAttribute, KeySchema, Table } from './model.ts';
import { indexSqlName, itemsSqlName } from './sqlSchema.ts';
import { streamArn } from './stream.ts';

/** A table as `DescribeTable` tells it; counts are exact, where AWS's are hours old. */
export function describeTable(context: Context, table: Table): JsonObject {
  const { items, bytes } = counts(context, table);
  const description: JsonObject = {
    TableName: table.name,
    TableArn: table.arn,
    TableId: table.tableId,
    TableStatus: 'ACTIVE',
    CreationDateTime: table.createdAt / 1000,
    KeySchema: describeKeySchema(table.key),
    AttributeDefinitions: attributeDefinitions(table),
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    ProvisionedThroughput: { NumberOfDecreasesToday: 0, ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
    DeletionProtectionEnabled: table.deletionProtection,
    ItemCount: items,
    TableSizeBytes: bytes,
  };
  if (table.liveIndexes.length > 0) {
    description.GlobalSecondaryIndexes = table.liveIndexes.map((index) => ({
      IndexName: index.name,
      IndexArn: index.arn,
      IndexStatus: 'ACTIVE',
      KeySchema: describeKeySchema(index.key),
      Projection: describeProjection(index),
      ItemCount: entries(context, table, index.number),
    }));
  }
  if (table.stream) {
    description.StreamSpecification = { StreamEnabled: true, StreamViewType: table.stream.viewType };
    description.LatestStreamArn = streamArn(table) as string;
    description.LatestStreamLabel = table.stream.label;
  }
  return description;
}

function counts({ database }: Context, { number }: Table): { items: number; bytes: number } {
  const sql = `SELECT COUNT(*) AS items, coalesce(SUM(n), 0) AS bytes FROM ${itemsSqlName(number)}`;
  return database.prepare(sql).get() as { items: number; bytes: number };
}

function entries({ database }: Context, { number }: Table, index: number): number {
  const sql = `SELECT COUNT(*) AS entries FROM ${indexSqlName(number, index)}`;
  return (database.prepare(sql).get() as { entries: number }).entries;
}

function describeKeySchema({ partition, sort }: KeySchema): JsonObject[] {
  const schema: JsonObject[] = [{ AttributeName: partition.name, KeyType: 'HASH' }];
  if (sort) schema.push({ AttributeName: sort.name, KeyType: 'RANGE' });
  return schema;
}

function describeProjection({ projection }: IndexSpecification): JsonObject {
  if (projection.type !== 'INCLUDE') return { ProjectionType: projection.type };
  return { ProjectionType: 'INCLUDE', NonKeyAttributes: [...projection.attributes] };
}

function attributeDefinitions({ key, indexes }: Table): JsonObject[] {
  const types = new Map<string, KeyAttribute>();
  for (const { partition, sort } of [key, ...indexes.map((index) => index.key)]) {
    types.set(partition.name, partition);
    if (sort) types.set(sort.name, sort);
  }
  return [...types.values()].map(({ name, type }) => ({ AttributeName: name, AttributeType: type }));
}
