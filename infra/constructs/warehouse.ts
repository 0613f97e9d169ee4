import { AthenaWorkgroup, Construct, GlueCatalogDatabase, GlueCatalogTable, type S3Bucket } from '../aws.ts';
import type { Stack } from '../stacks/stack.ts';

/** What lambdas/archive/warehouse.ts writes. `hashtags` are names with a space between them. */
const COLUMNS = [
  { name: 'post_id', type: 'string' },
  { name: 'author_id', type: 'string' },
  { name: 'created_at', type: 'timestamp' },
  { name: 'visibility', type: 'string' },
  { name: 'body', type: 'string' },
  { name: 'hashtags', type: 'string' },
  { name: 'photos', type: 'int' },
];

/** One question may read that much, at 5 dollars a terabyte. A day of ten million members is some gigabytes. */
const MAX_SCANNED_BYTES = 1024 ** 4;

const PARQUET = 'org.apache.hadoop.hive.ql.io.parquet';

/**
 * The files of the bucket `warehouse` as a table of Athena, which is paid for by what a question reads. Days are computed from
 * their names (partition projection), so no crawler has to find new ones. Athena keeps results itself, for a day.
 * https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html
 */
export function warehouse(stack: Stack, bucket: S3Bucket): void {
  const scope = new Construct(stack.group('questions'), 'warehouse');
  const database = new GlueCatalogDatabase(scope, 'database', {
    // Unlike other names: SQL would want quotes around a hyphen.
    name: stack.named('warehouse').replaceAll('-', '_'),
    description: 'Posts that are older than the window, as they were when they went to the archive',
  });
  new GlueCatalogTable(scope, 'posts', {
    databaseName: database.name,
    name: 'posts',
    tableType: 'EXTERNAL_TABLE',
    partitionKeys: [{ name: 'day', type: 'string' }],
    parameters: {
      EXTERNAL: 'TRUE',
      classification: 'parquet',
      'projection.enabled': 'true',
      'projection.day.type': 'date',
      'projection.day.format': 'yyyy-MM-dd',
      'projection.day.range': '2025-01-01,NOW',
      'projection.day.interval': '1',
      'projection.day.interval.unit': 'DAYS',
    },
    storageDescriptor: {
      location: `s3://${bucket.bucket}/posts/`,
      columns: COLUMNS,
      inputFormat: `${PARQUET}.MapredParquetInputFormat`,
      outputFormat: `${PARQUET}.MapredParquetOutputFormat`,
      serDeInfo: { serializationLibrary: `${PARQUET}.serde.ParquetHiveSerDe` },
    },
  });
  new AthenaWorkgroup(scope, 'workgroup', {
    name: stack.named('warehouse'),
    ...(stack.config.deletionProtection ? {} : { forceDestroy: true }),
    configuration: {
      enforceWorkgroupConfiguration: true,
      publishCloudwatchMetricsEnabled: true,
      bytesScannedCutoffPerQuery: MAX_SCANNED_BYTES,
      managedQueryResultsConfiguration: { enabled: true },
    },
  });
}
