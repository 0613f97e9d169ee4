import type { MaybePromise } from '../../execution/chain.ts';
import type { LambdaInvoker } from '../lambda.ts';
import type { DataSourceAnswer, DataSourceCall } from '../dataSource.ts';
import type { PageTokens } from './pageTokens.ts';
import type { TableClient } from './table.ts';

/** What an operation works with. */
export interface OperationContext {
  readonly call: DataSourceCall;
  readonly table: TableClient;
  readonly tokens: PageTokens;
  /** For conditional check handlers. */
  readonly lambda: LambdaInvoker;
  /** The operation runs because a conditional check handler asked for it. */
  readonly isRetry?: boolean;
}

/**
 * Reads the request, calls DynamoDB, and gives the answer in AppSync's shape. Throws `MappingTemplateError` for a
 * request that AppSync refuses, and lets DynamoDB's `AwsError` pass.
 */
export type Operation = (context: OperationContext) => MaybePromise<DataSourceAnswer>;
