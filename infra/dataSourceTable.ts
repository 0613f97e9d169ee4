import type { TableKey } from './tables.ts';

/** The DynamoDB actions a data source may use. AppSync calls GetItem itself after a failed condition. */
export type DynamoAction =
  'GetItem' | 'Query' | 'BatchGetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'ConditionCheckItem';

/** One grant of a data source's role. */
export interface Grant {
  readonly table: TableKey;
  readonly actions: readonly DynamoAction[];
  /** Indexes the actions may touch; Query on an index needs the index's ARN. */
  readonly indexes?: readonly string[];
  /** false: only the indexes, not the table itself. Default true. */
  readonly base?: boolean;
}

/** A data source of the API: one role with exactly these grants. `table` is the one AppSync binds single-table requests to. */
export type DataSourceSpec =
  | { readonly type: 'dynamodb'; readonly table: TableKey; readonly grants: readonly Grant[] }
  | { readonly type: 'none' };

/** How a field is answered: one data source, or pipeline functions (files of `resolvers/functions`) in order. */
export type FieldSpec = { readonly dataSource: string } | { readonly pipeline: readonly string[] };
