import type {
  AppsyncApiKey,
  AppsyncDatasource,
  AppsyncFunction,
  AppsyncGraphqlApi,
  CloudwatchLogGroup,
  Construct,
} from '../aws.ts';
import type { Config } from '../config.ts';
import { tellOfArrivals } from '../constructs/arrivals.ts';
import { backendFunction, type BackendFunction } from '../constructs/backendFunction.ts';
import { dataSource } from '../constructs/dataSource.ts';
import { pipelineField, pipelineFunction, unitField } from '../constructs/field.ts';
import { apiKeys, graphqlApi } from '../constructs/graphqlApi.ts';
import { identityPool } from '../constructs/identityPool.ts';
import { mailTexts } from '../constructs/mail.ts';
import { publicReads, type PublicReads } from '../constructs/publicReads.ts';
import { sitePages, type MadePage } from '../constructs/sitePage.ts';
import { workQueue, type WorkQueue } from '../constructs/workQueue.ts';
import type { FunctionSpec, QueueSource } from '../functions.ts';
import type { LambdaPackage } from '../lambdaPackages.ts';
import { publicQueries } from '../publicQueries.ts';
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

type Working = FunctionSpec & { readonly queue: QueueSource };

/** The GraphQL API, what answers its fields, and the functions that follow the tables. */
export class ApiStack extends Stack {
  readonly api: AppsyncGraphqlApi;
  readonly apiLogGroup: CloudwatchLogGroup;
  /** By the key of `functions.ts`, as the queues that they work on. */
  readonly functions: ReadonlyMap<string, BackendFunction>;
  readonly queues: ReadonlyMap<string, WorkQueue>;
  /** What clients are told. */
  readonly apiKey: AppsyncApiKey;
  /** What the CDN asks; undefined when the wiring has none. */
  readonly publicReads: PublicReads | undefined;

  /** Pages of the site that functions make. */
  readonly sitePages: readonly MadePage[];

  constructor(scope: Construct, config: Config, data: DataStack, sources: ApiSources) {
    super(scope, 'api', config);
    const { api, logGroup } = graphqlApi(this, {
      schema: sources.schema,
      members: data.members,
      logKey: data.logKey,
    });
    this.api = api;
    this.apiLogGroup = logGroup;
    this.queues = this.#queues(data, sources);
    mailTexts(this);
    this.functions = this.#functions(api, data, sources);
    this.sitePages = sitePages(this, sources.lambdaFunctions, this.functions);
    tellOfArrivals(this, sources.lambdaFunctions, { queues: this.queues, buckets: data.buckets });
    const dataSources = this.#dataSources(api, data, sources);
    const steps = this.#steps(dataSources, sources);
    this.#fields(api, { dataSources, steps }, sources);
    this.publicReads = this.#publicReads(api, data, sources);
    this.apiKey = apiKeys(this, api);
    this.#identities(api, data, sources);
    this.output('graphql_endpoint', api.uris.lookup('GRAPHQL'));
    this.output('realtime_endpoint', api.uris.lookup('REALTIME'));
    this.output('api_key', this.apiKey.key, { sensitive: true });
  }

  #dataSources(api: AppsyncGraphqlApi, data: DataStack, { dataSources }: ApiSources): Map<string, AppsyncDatasource> {
    const functionArn = (key: string) => found(this.functions, key).target.arn;
    const context = { api, tableArns: tableArns(data), buckets: data.buckets, functionArn, key: data.key };
    return new Map(Object.entries(dataSources).map(([key, spec]) => [key, dataSource(this, key, spec, context)]));
  }

  #steps(dataSources: ReadonlyMap<string, AppsyncDatasource>, sources: ApiSources): Map<string, AppsyncFunction> {
    const made = Object.entries(sources.functions).map(([key, spec]) => {
      const props = { dataSource: found(dataSources, spec.dataSource), code: found(sources.functionCode, key) };
      return [key, pipelineFunction(this, key, props)] as const;
    });
    return new Map(made);
  }

  #fields(
    api: AppsyncGraphqlApi,
    parts: { dataSources: ReadonlyMap<string, AppsyncDatasource>; steps: ReadonlyMap<string, AppsyncFunction> },
    { resolvers, resolverCode }: ApiSources,
  ): void {
    for (const [field, spec] of Object.entries(resolvers)) {
      const code = found(resolverCode, field);
      if ('dataSource' in spec) unitField(this, field, { dataSource: found(parts.dataSources, spec.dataSource), code });
      else pipelineField(this, field, { api, functions: spec.pipeline.map((step) => found(parts.steps, step)), code });
    }
  }

  #queues(data: DataStack, { lambdaFunctions }: ApiSources): Map<string, WorkQueue> {
    const worked = Object.entries(lambdaFunctions).filter(
      (row): row is [string, Working] => row[1].queue !== undefined,
    );
    const context = { key: data.key, buckets: data.buckets };
    return new Map(worked.map(([key, spec]) => [key, workQueue(this, key, spec, context)]));
  }

  #functions(
    api: AppsyncGraphqlApi,
    data: DataStack,
    { lambdaFunctions, lambdaPackages }: ApiSources,
  ): Map<string, BackendFunction> {
    const context = {
      api,
      tables: data.tables,
      tableArns: tableArns(data),
      buckets: data.buckets,
      members: data.members.pool,
      queues: this.queues,
      key: data.key,
      logKey: data.logKey,
    };
    const made = Object.entries(lambdaFunctions).map(([key, spec]) => {
      return [key, backendFunction(this, key, spec, { ...context, package: found(lambdaPackages, key) })] as const;
    });
    return new Map(made);
  }

  /** Where nothing is open to everybody, there is nothing for its keys. */
  #identities(api: AppsyncGraphqlApi, { members }: DataStack, { schema }: ApiSources): void {
    const queries = publicQueries(schema);
    if (queries.length === 0) return;
    this.output('identity_pool_id', identityPool(this, { api, members, queries }).id);
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
