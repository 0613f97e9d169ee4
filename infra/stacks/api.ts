import type {
  AppsyncApiKey,
  AppsyncDatasource,
  AppsyncFunction,
  AppsyncGraphqlApi,
  CloudwatchLogGroup,
  Construct,
} from '../aws.ts';
import type { Config } from '../config.ts';
import { dataSource } from '../constructs/dataSource.ts';
import { pipelineField, pipelineFunction, unitField } from '../constructs/field.ts';
import { apiKeys, graphqlApi } from '../constructs/graphqlApi.ts';
import { publicReads, type PublicReads } from '../constructs/publicReads.ts';
import { streamFunction, type StreamFunction } from '../constructs/streamFunction.ts';
import type { LambdaPackage } from '../lambdaPackages.ts';
import type { TableKey } from '../tables.ts';
import type { Wiring } from '../wiring.ts';
import type { DataStack } from './data.ts';
import { Stack } from './stack.ts';

/** Everything that the API stack is made of beside configuration, read and bundled. */
export interface ApiSources extends Wiring {
  readonly schema: string;
  /** By `Type.field`. */
  readonly resolverCode: ReadonlyMap<string, string>;
  readonly functionCode: ReadonlyMap<string, string>;
  /** With the path of the zip relative to the stack's folder. */
  readonly lambdaPackages: ReadonlyMap<string, LambdaPackage & { readonly path: string }>;
}

/** The GraphQL API, what answers its fields, and the functions that follow the tables. */
export class ApiStack extends Stack {
  readonly api: AppsyncGraphqlApi;
  readonly apiLogGroup: CloudwatchLogGroup;
  /** By the key of `functions.ts`. */
  readonly streamFunctions: ReadonlyMap<string, StreamFunction>;
  /** What clients are told. */
  readonly apiKey: AppsyncApiKey;
  /** What the CDN asks; undefined when the wiring has none. */
  readonly publicReads: PublicReads | undefined;

  constructor(scope: Construct, config: Config, data: DataStack, sources: ApiSources) {
    super(scope, 'api', config);
    const { api, logGroup } = graphqlApi(this, {
      schema: sources.schema,
      members: data.members,
      logKey: data.logKey,
    });
    this.api = api;
    this.apiLogGroup = logGroup;
    const dataSources = this.#dataSources(api, data, sources);
    const functions = this.#functions(dataSources, sources);
    this.#fields(api, { dataSources, functions }, sources);
    this.streamFunctions = this.#streamFunctions(api, data, sources);
    this.publicReads = this.#publicReads(api, data, sources);
    this.apiKey = apiKeys(this, api);
    this.output('graphql_endpoint', api.uris.lookup('GRAPHQL'));
    this.output('realtime_endpoint', api.uris.lookup('REALTIME'));
    this.output('api_key', this.apiKey.key, { sensitive: true });
  }

  #dataSources(api: AppsyncGraphqlApi, data: DataStack, { dataSources }: ApiSources): Map<string, AppsyncDatasource> {
    const context = { api, tableArns: tableArns(data), key: data.key };
    return new Map(Object.entries(dataSources).map(([key, spec]) => [key, dataSource(this, key, spec, context)]));
  }

  #functions(dataSources: ReadonlyMap<string, AppsyncDatasource>, sources: ApiSources): Map<string, AppsyncFunction> {
    const made = Object.entries(sources.functions).map(([key, spec]) => {
      const props = { dataSource: found(dataSources, spec.dataSource), code: found(sources.functionCode, key) };
      return [key, pipelineFunction(this, key, props)] as const;
    });
    return new Map(made);
  }

  #fields(
    api: AppsyncGraphqlApi,
    parts: { dataSources: ReadonlyMap<string, AppsyncDatasource>; functions: ReadonlyMap<string, AppsyncFunction> },
    { resolvers, resolverCode }: ApiSources,
  ): void {
    for (const [field, spec] of Object.entries(resolvers)) {
      const code = found(resolverCode, field);
      if ('dataSource' in spec) unitField(this, field, { dataSource: found(parts.dataSources, spec.dataSource), code });
      else
        pipelineField(this, field, { api, functions: spec.pipeline.map((step) => found(parts.functions, step)), code });
    }
  }

  #streamFunctions(
    api: AppsyncGraphqlApi,
    data: DataStack,
    { lambdaFunctions, lambdaPackages }: ApiSources,
  ): Map<string, StreamFunction> {
    const context = {
      api,
      tables: data.tables,
      tableArns: tableArns(data),
      key: data.key,
      logKey: data.logKey,
    };
    const made = Object.entries(lambdaFunctions).map(([key, spec]) => {
      return [key, streamFunction(this, key, spec, { ...context, package: found(lambdaPackages, key) })] as const;
    });
    return new Map(made);
  }

  #publicReads(api: AppsyncGraphqlApi, data: DataStack, sources: ApiSources): PublicReads | undefined {
    const spec = sources.publicReads?.persistedQuery;
    if (!spec) return undefined;
    const key = 'persistedQuery';
    const context = { api, key: data.key, logKey: data.logKey, package: found(sources.lambdaPackages, key) };
    return publicReads(this, key, spec, context);
  }
}

function tableArns(data: DataStack): Record<TableKey, string> {
  const entries = Object.entries(data.tables).map(([key, table]) => [key, table.arn]);
  return Object.fromEntries(entries) as Record<TableKey, string>;
}

/** The wiring was checked before (`checkWiring`): what is missing here is our bug. */
function found<V>(map: ReadonlyMap<string, V>, key: string): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(`Nothing is named ${key}.`);
  return value;
}
