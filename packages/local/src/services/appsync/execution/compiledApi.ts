import type { GraphQLField, GraphQLObjectType, GraphQLSchema } from 'graphql';
import type { FieldCoordinate } from '../authorization/caller.ts';
import type { DataSource } from '../dataSources/dataSource.ts';
import type { HandlerModule } from '../javascript/runtime.ts';
import type { ApiCache, ResolverCaching } from '../caching/apiCache.ts';
import type { AppSyncApi } from '../model.ts';
import type { DocumentCache } from './document.ts';
import type { OutputType } from './outputType.ts';

/** An API ready to serve: everything that can be checked or prepared before the first request has been. */
export interface CompiledApi {
  readonly api: AppSyncApi;
  readonly schema: GraphQLSchema;
  readonly fields: FieldTable;
  readonly documents: DocumentCache;
  /** By `Type.field`. */
  readonly resolvers: ReadonlyMap<string, CompiledResolver>;
  readonly cache: ApiCache | undefined;
  /** Mutation field to the subscription fields it feeds. */
  readonly subscriptionsByMutation: ReadonlyMap<string, readonly string[]>;
}

/** By type and then by field, so that no client-chosen name is ever looked up in a plain object. */
export type FieldTable = ReadonlyMap<GraphQLObjectType, ReadonlyMap<string, CompiledField>>;

export interface CompiledField extends FieldCoordinate {
  readonly definition: GraphQLField<unknown, unknown>;
  readonly type: OutputType;
  readonly resolver?: CompiledResolver;
}

export interface CompiledResolver {
  /** The Terraform address. */
  readonly address: string;
  readonly typeName: string;
  readonly fieldName: string;
  readonly maxBatchSize: number;
  readonly caching?: ResolverCaching | undefined;
  /** The pipeline's own code, run before and after its functions; absent for a unit resolver. */
  readonly pipeline?: CompiledCode;
  /** The functions of a pipeline, or the one step of a unit resolver. */
  readonly steps: readonly CompiledStep[];
}

export interface CompiledStep {
  readonly address: string;
  readonly dataSource: DataSource;
  /** Absent for a direct Lambda resolver. */
  readonly code?: CompiledCode;
}

export interface CompiledCode {
  readonly module: HandlerModule;
  /** The Terraform address of the resolver or function. */
  readonly address: string;
  /** The code mentions the selection set; only then is it worked out. */
  readonly readsSelectionSet: boolean;
}
