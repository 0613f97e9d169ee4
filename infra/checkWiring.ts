import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse, type FieldDefinitionNode, type ObjectTypeDefinitionNode } from 'graphql';
import { SynthError } from './synthError.ts';
import { tables } from './tables.ts';
import type { Grant } from './dataSourceTable.ts';
import type { FunctionSpec } from './functions.ts';
import type { Wiring } from './wiring.ts';

/** https://docs.aws.amazon.com/general/latest/gr/appsync.html: "Number of functions per pipeline resolver" */
const MAX_PIPELINE_FUNCTIONS = 10;

/**
 * Whether the tables of `infra` and the schema agree. Terraform would find none of this before AWS refuses it in the
 * middle of a deployment, or before a client asks.
 * @throws SynthError with a line for each disagreement.
 */
export function checkWiring(schema: string, wiring: Wiring): void {
  const fields = objectFields(schema);
  const messages = [
    ...rootFieldsWithoutResolver(fields, wiring),
    ...Object.keys(wiring.resolvers).flatMap((field) => unknownField(field, fields)),
    ...Object.entries(wiring.resolvers).flatMap(([field, spec]) =>
      'dataSource' in spec
        ? unknownDataSource(field, spec.dataSource, wiring)
        : pipelineProblems(field, spec.pipeline, wiring),
    ),
    ...Object.entries(wiring.functions).flatMap(([key, { dataSource }]) => unknownDataSource(key, dataSource, wiring)),
    ...unusedFunctions(wiring),
    ...grantsByOwner(wiring).flatMap(([owner, grant]) => unknownIndexes(owner, grant)),
    ...Object.entries(wiring.dataSources).flatMap(([key, spec]) =>
      spec.type === 'lambda' && !Object.hasOwn(wiring.lambdaFunctions, spec.function)
        ? [`the data source ${key} calls the function ${spec.function}, which has no row in infra/functions.ts`]
        : [],
    ),
    ...Object.keys(wiring.dataSources)
      .filter((key) => Object.hasOwn(wiring.lambdaFunctions, key))
      .map((key) => `a data source and a function are both named ${key}, and so would be their roles: rename one`),
    ...Object.entries(wiring.lambdaFunctions).flatMap(([key, spec]) => queueProblems(key, spec, wiring)),
    ...Object.entries(wiring.lambdaFunctions).flatMap(([key, { publishes = [] }]) =>
      publishes.flatMap((field) => unknownPublish(key, field, fields)),
    ),
  ];
  if (messages.length > 0) throw new SynthError(messages.map((message) => ({ message })));
}

/**
 * Whether every file that is named like a resolver, lies among the functions or handles events is used: one that is not would
 * do nothing.
 * @throws SynthError with a line for each that is not.
 */
export function checkNoOrphans(
  root: string,
  { resolvers, functions, ...handled }: Pick<Wiring, 'resolvers' | 'functions' | LambdaTable>,
): void {
  const sources = (folder: string): string[] =>
    readdirSync(join(root, folder)).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !file.endsWith('.test.ts'),
    );
  const fields = sources('resolvers').filter(
    (file) => /^[A-Z]\w*\.\w+\.ts$/.test(file) && !Object.hasOwn(resolvers, file.slice(0, -3)),
  );
  const steps = sources('resolvers/functions').filter((file) => !Object.hasOwn(functions, file.slice(0, -3)));
  const wired = new Set(handlerNames(handled));
  const handlers = readdirSync(join(root, 'lambdas')).filter(
    (folder) => existsSync(join(root, 'lambdas', folder, 'handler.ts')) && !wired.has(folder),
  );
  const orphans = [
    ...fields.map((file) => ({ file: `resolvers/${file}`, table: 'infra/resolvers.ts' })),
    ...steps.map((file) => ({ file: `resolvers/functions/${file}`, table: 'infra/resolvers.ts' })),
    ...handlers.map((folder) => ({
      file: `lambdas/${folder}/handler.ts`,
      table: 'infra/functions.ts or infra/operationsFunctions.ts',
    })),
  ];
  if (orphans.length === 0) return;
  throw new SynthError(orphans.map(({ file, table }) => ({ at: { file }, message: `has no row in ${table}` })));
}

type LambdaTable = 'lambdaFunctions' | 'publicReads' | 'operations';

/** The folders of `lambdas` that some table names. */
export function handlerNames({ lambdaFunctions, publicReads, operations }: Pick<Wiring, LambdaTable>): string[] {
  return [lambdaFunctions, publicReads, operations].flatMap((table) => Object.keys(table ?? {}));
}

/** Field names by object type. `extend type` is not looked for: AppSync knows none, and merging has folded them. */
function objectFields(schema: string): ReadonlyMap<string, ReadonlySet<string>> {
  const types = parse(schema, { noLocation: true }).definitions.filter(
    (node): node is ObjectTypeDefinitionNode => node.kind === Kind.OBJECT_TYPE_DEFINITION,
  );
  return new Map(
    types.map(({ name, fields = [] }) => [
      name.value,
      new Set(fields.map((field: FieldDefinitionNode) => field.name.value)),
    ]),
  );
}

function rootFieldsWithoutResolver(fields: ReadonlyMap<string, ReadonlySet<string>>, { resolvers }: Wiring): string[] {
  return ['Query', 'Mutation', 'Subscription']
    .flatMap((type) => [...(fields.get(type) ?? [])].map((field) => `${type}.${field}`))
    .filter((field) => !Object.hasOwn(resolvers, field))
    .map((field) => `${field} is in the schema and has no row in infra/resolvers.ts`);
}

function unknownField(coordinate: string, fields: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const [type = '', field = ''] = coordinate.split('.');
  return fields.get(type)?.has(field) ? [] : [`${coordinate} has a row in infra/resolvers.ts and is not in the schema`];
}

function unknownDataSource(owner: string, key: string, { dataSources }: Wiring): string[] {
  return Object.hasOwn(dataSources, key)
    ? []
    : [`${owner} uses the data source ${key}, which has no row in infra/dataSources.ts`];
}

function pipelineProblems(field: string, steps: readonly string[], { functions }: Wiring): string[] {
  const unknown = steps
    .filter((step) => !Object.hasOwn(functions, step))
    .map((step) => `${field} uses the function ${step}, which has no row in infra/resolvers.ts`);
  if (steps.length <= MAX_PIPELINE_FUNCTIONS) return unknown;
  return [
    ...unknown,
    `${field} is a pipeline of ${steps.length} functions and AppSync takes ${MAX_PIPELINE_FUNCTIONS}`,
  ];
}

function unusedFunctions({ functions, resolvers }: Wiring): string[] {
  const used = new Set(Object.values(resolvers).flatMap((spec) => ('pipeline' in spec ? spec.pipeline : [])));
  return Object.keys(functions)
    .filter((key) => !used.has(key))
    .map((key) => `the function ${key} is in no pipeline of infra/resolvers.ts`);
}

function grantsByOwner({ dataSources, lambdaFunctions }: Wiring): [string, Grant<string>][] {
  const owned = [
    ...Object.entries(dataSources).map(([key, spec]) => [key, spec.type === 'dynamodb' ? spec.grants : []] as const),
    ...Object.entries(lambdaFunctions).map(([key, spec]) => [key, spec.grants] as const),
  ];
  return owned.flatMap(([key, grants]) => grants.map((grant): [string, Grant<string>] => [key, grant]));
}

function unknownIndexes(owner: string, { table, indexes = [] }: Grant<string>): string[] {
  return indexes
    .filter((index) => !Object.hasOwn(tables[table].indexes, index))
    .map((index) => `${owner} is granted the index ${index}, which the table ${table} does not have`);
}

function unknownPublish(key: string, field: string, fields: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  return fields.get('Mutation')?.has(field)
    ? []
    : [`the function ${key} publishes Mutation.${field}, which is not in the schema`];
}

/** Messages need a queue to lie in, and a function that nothing calls is a mistake. */
function queueProblems(key: string, spec: FunctionSpec, { lambdaFunctions, dataSources }: Wiring): string[] {
  const { queue, page, schedules, arrivals, streams = [], sends = [] } = spec;
  const asked = Object.values(dataSources).some((source) => source.type === 'lambda' && source.function === key);
  return [
    ...(!queue && (schedules || arrivals)
      ? [`the function ${key} has schedules or arrivals and no queue for them: add \`queue\` to its row`]
      : []),
    ...sends
      .filter((to) => !lambdaFunctions[to]?.queue)
      .map((to) => `the function ${key} sends to ${to}, which has no queue in infra/functions.ts`),
    ...(queue || page || streams.length > 0 || asked
      ? []
      : [
          `nothing calls the function ${key}: its row has no stream, no queue and no page, and no data source names it`,
        ]),
  ];
}
