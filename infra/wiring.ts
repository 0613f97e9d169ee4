import type { DataSourceSpec, FieldSpec } from './dataSourceTable.ts';
import type { FunctionSpec, UrlFunctionSpec } from './functions.ts';
import type { OperationsFunctions } from './operationsFunctions.ts';

/** The tables that say how the API is put together, as plain data. */
export interface Wiring {
  readonly dataSources: Readonly<Record<string, DataSourceSpec>>;
  /** Pipeline steps: files of `resolvers/functions`. */
  readonly functions: Readonly<Record<string, { readonly dataSource: string }>>;
  /** `Type.field` to what answers it: files of `resolvers`. */
  readonly resolvers: Readonly<Record<string, FieldSpec>>;
  readonly lambdaFunctions: Readonly<Record<string, FunctionSpec>>;
  /** Asked by the CDN for public reads; absent: the CDN has none. */
  readonly publicReads?: { readonly persistedQuery: UrlFunctionSpec };
  /** What watches and tells the operators; absent: nothing is watched. */
  readonly operations?: OperationsFunctions;
}
