import type { GraphQLObjectType, GraphQLSchema } from 'graphql';
import { fieldAccess, usesAwsAuth } from './authorization/fieldAccess.ts';
import { createApiCache } from './caching/apiCache.ts';
import { cacheProblems, resolverCaching } from './caching/definition.ts';
import type { Clock } from '../../clock.ts';
import { DeploymentRefused } from './deploymentRefused.ts';
import { createDataSource, type DataSourceServices } from './dataSources/index.ts';
import type { DataSource } from './dataSources/dataSource.ts';
import type {
  CompiledApi,
  CompiledCode,
  CompiledField,
  CompiledResolver,
  CompiledStep,
} from './execution/compiledApi.ts';
import { createDocumentCache } from './execution/document.ts';
import { outputType } from './execution/outputType.ts';
import { positionFormatter } from './javascript/positions.ts';
import { CodeError, type CodeFinding, type HandlerName, type JavaScriptRuntime } from './javascript/runtime.ts';
import type { AppSyncApi, FunctionDefinition, ResolverDefinition } from './model.ts';
import { buildSchema, objectTypes, subscriptionProblems, subscriptionsByMutation } from './schema/build.ts';

const MAX_FUNCTIONS_PER_PIPELINE = 10;

export interface CompileServices extends DataSourceServices {
  readonly javascript: JavaScriptRuntime;
  readonly clock: Clock;
}

/**
 * Prepares an API for serving. Throws `DeploymentRefused` with everything AppSync would refuse to deploy, each with
 * its Terraform address.
 */
export function compileApi(api: AppSyncApi, services: CompileServices): CompiledApi {
  const schema = buildSchema(api.schema, api.name);
  const problems = [...subscriptionProblems(schema).map((text) => `schema of ${api.name}: ${text}`)];
  if (api.additionalAuthentication.length > 0 && objectTypes(schema).some(usesAwsAuth)) {
    problems.push(`schema of ${api.name}: @aws_auth does not work with additional authorization modes`);
  }
  problems.push(...cacheProblems(api));
  const resolvers = compileResolvers(api, schema, services, problems);
  if (problems.length > 0) throw new DeploymentRefused(problems);
  const fields = new Map(objectTypes(schema).map((type) => [type, compileFields(schema, type, resolvers)]));
  return {
    api,
    schema,
    fields,
    resolvers,
    documents: createDocumentCache(api, schema, fields),
    subscriptionsByMutation: subscriptionsByMutation(schema),
    cache: api.cache && createApiCache(api.cache, services.clock),
  };
}

function compileFields(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  resolvers: ReadonlyMap<string, CompiledResolver>,
): ReadonlyMap<string, CompiledField> {
  const isRoot = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].includes(type);
  const fields = Object.values(type.getFields()).map((definition): [string, CompiledField] => [
    definition.name,
    {
      typeName: type.name,
      fieldName: definition.name,
      isRoot,
      definition,
      type: outputType(definition.type),
      access: fieldAccess(type, definition),
      resolver: resolvers.get(`${type.name}.${definition.name}`),
    },
  ]);
  return new Map(fields);
}

function compileResolvers(
  api: AppSyncApi,
  schema: GraphQLSchema,
  services: CompileServices,
  problems: string[],
): ReadonlyMap<string, CompiledResolver> {
  const dataSources = new Map(api.dataSources.map((source) => [source.name, createDataSource(source, services)]));
  const functions = new Map(api.functions.map((definition) => [definition.functionId, definition]));
  const scope: Scope = { dataSources, functions, javascript: services.javascript, problems, steps: new Map() };
  for (const definition of api.functions) compileFunction(scope, definition);
  const resolvers = new Map<string, CompiledResolver>();
  for (const definition of api.resolvers) {
    const { typeName, fieldName, address } = definition;
    const coordinate = `${typeName}.${fieldName}`;
    const type = objectTypes(schema).find(({ name }) => name === typeName);
    if (type === undefined || !Object.hasOwn(type.getFields(), fieldName)) {
      problems.push(`${address}: No field named ${fieldName} found on type ${typeName}`);
    }
    if (resolvers.has(coordinate)) problems.push(`${address}: ${coordinate} has another resolver already`);
    const resolver = compileResolver(scope, definition);
    if (resolver !== undefined) resolvers.set(coordinate, resolver);
  }
  return resolvers;
}

interface Scope {
  readonly dataSources: ReadonlyMap<string, DataSource>;
  readonly functions: ReadonlyMap<string, FunctionDefinition>;
  readonly javascript: JavaScriptRuntime;
  readonly problems: string[];
  /** Compiled functions by id. */
  readonly steps: Map<string, CompiledStep>;
}

function compileFunction(scope: Scope, { functionId, address, dataSource, code }: FunctionDefinition): void {
  const source = findDataSource(scope, address, dataSource);
  const compiled = compileCode(scope, address, code, neededHandlers(source));
  if (source === undefined || compiled === undefined) return;
  scope.steps.set(functionId, { address, dataSource: source, code: compiled });
}

function compileResolver(scope: Scope, definition: ResolverDefinition): CompiledResolver | undefined {
  const { address, typeName, fieldName, maxBatchSize } = definition;
  const common = { address, typeName, fieldName, maxBatchSize, caching: resolverCaching(definition) };
  if (definition.kind === 'PIPELINE') {
    const pipeline = compileCode(scope, address, definition.code ?? '', ['request', 'response']);
    const steps = compilePipeline(scope, definition);
    return pipeline && { ...common, pipeline, steps };
  }
  const dataSource = findDataSource(scope, address, definition.dataSource);
  if (dataSource === undefined) return undefined;
  if (definition.code === undefined) {
    if (dataSource.type !== 'AWS_LAMBDA') {
      scope.problems.push(
        `${address}: only a Lambda data source works without code; ${dataSource.name} is ${dataSource.type}`,
      );
    }
    return { ...common, steps: [{ address, dataSource }] };
  }
  const code = compileCode(scope, address, definition.code, neededHandlers(dataSource));
  return code && { ...common, steps: [{ address, dataSource, code }] };
}

function compilePipeline(scope: Scope, { address, functionIds }: ResolverDefinition): readonly CompiledStep[] {
  if (functionIds.length > MAX_FUNCTIONS_PER_PIPELINE) {
    const limit = `a pipeline has at most ${MAX_FUNCTIONS_PER_PIPELINE} functions`;
    scope.problems.push(`${address}: ${limit}, not ${functionIds.length}`);
  }
  const steps: CompiledStep[] = [];
  for (const functionId of functionIds) {
    const step = scope.steps.get(functionId);
    if (step !== undefined) steps.push(step);
    else if (!scope.functions.has(functionId))
      scope.problems.push(`${address}: No function found with id ${functionId}`);
  }
  return steps;
}

function findDataSource(scope: Scope, address: string, name: string | undefined): DataSource | undefined {
  const found = name === undefined ? undefined : scope.dataSources.get(name);
  if (found === undefined) scope.problems.push(`${address}: No data source found named ${name ?? '(none given)'}`);
  return found;
}

/** An asynchronous Lambda invocation has nothing to respond with. */
const neededHandlers = (dataSource: DataSource | undefined): readonly HandlerName[] =>
  dataSource?.type === 'AWS_LAMBDA' ? ['request'] : ['request', 'response'];

function compileCode(
  { javascript, problems }: Scope,
  address: string,
  code: string,
  needed: readonly HandlerName[],
): CompiledCode | undefined {
  try {
    const module = javascript.load(code, address);
    for (const handler of needed) {
      if (!module.has(handler)) problems.push(`${address}: the code exports no function named ${handler}`);
    }
    return { module, address, readsSelectionSet: code.includes('selectionSet') };
  } catch (error) {
    if (!(error instanceof CodeError)) throw error;
    for (const finding of error.codeErrors) problems.push(`${address}: ${inSource(code, finding)}`);
    return undefined;
  }
}

/** AWS gives the place in the bundle; the source map in it knows the file and line to open. */
function inSource(code: string, { value, location }: CodeFinding): string {
  const text = value.trim();
  const place = positionFormatter(code)(location.line, location.column);
  return place.startsWith('code.js:') ? text : `${place}: ${text.replace(/^code\.js\(\d+,\d+\): /, '')}`;
}
