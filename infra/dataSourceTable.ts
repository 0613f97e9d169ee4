import type { BucketKey } from './buckets.ts';
import type { TableKey } from './tables.ts';

/** The DynamoDB actions a data source may use. AppSync calls GetItem itself after a failed condition. */
export type DynamoAction =
  'GetItem' | 'Query' | 'BatchGetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'ConditionCheckItem';

/** One grant of a data source's role, or of a function's. */
export interface Grant<Action extends string = DynamoAction> {
  readonly table: TableKey;
  readonly actions: readonly Action[];
  /** Indexes the actions may touch; Query on an index needs the index's ARN. */
  readonly indexes?: readonly string[];
  /** false: only the indexes, not the table itself. Default true. */
  readonly base?: boolean;
}

/** A data source of the API: one role with exactly these rights. */
export type DataSourceSpec =
  /** `table` is the one AppSync binds single-table requests to. */
  | { readonly type: 'dynamodb'; readonly table: TableKey; readonly grants: readonly Grant[] }
  /** A function of infra/functions.ts, for what a resolver cannot do. */
  | { readonly type: 'lambda'; readonly function: string }
  /** Objects read by their names, over HTTP requests that AppSync signs. */
  | { readonly type: 's3'; readonly bucket: BucketKey; readonly prefix?: string }
  | { readonly type: 'none' };

/** How a field is answered: one data source, or pipeline functions (files of `resolvers/functions`) in order. */
export type FieldSpec = { readonly dataSource: string } | { readonly pipeline: readonly string[] };
