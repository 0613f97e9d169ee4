import type { DataSourceSpec, FieldSpec } from './dataSourceTable.ts';
import type { FunctionSpec } from './functions.ts';

/** The tables that say how the API is put together, as plain data. */
export interface Wiring {
  readonly dataSources: Readonly<Record<string, DataSourceSpec>>;
  /** Pipeline steps: files of `resolvers/functions`. */
  readonly functions: Readonly<Record<string, { readonly dataSource: string }>>;
  /** `Type.field` to what answers it: files of `resolvers`. */
  readonly resolvers: Readonly<Record<string, FieldSpec>>;
  readonly lambdaFunctions: Readonly<Record<string, FunctionSpec>>;
}
