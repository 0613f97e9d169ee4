import { type AppsyncDatasource, AppsyncFunction, type AppsyncGraphqlApi, AppsyncResolver } from '../aws.ts';
import { cachedField } from '../caching.ts';
import type { Stack } from '../stacks/stack.ts';
import { terraformLiteral } from '../terraformLiteral.ts';

const APPSYNC_JS = { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' } as const;

export interface Coded {
  /** What the bundler made of the source file. */
  readonly code: string;
}

export interface UnitField extends Coded {
  readonly dataSource: AppsyncDatasource;
}

export interface PipelineField extends Coded {
  readonly api: AppsyncGraphqlApi;
  readonly functions: readonly AppsyncFunction[];
}

/** One schema field, answered by one data source. `field` is `Type.field`. */
export function unitField(stack: Stack, field: string, { dataSource, code }: UnitField): void {
  new AppsyncResolver(stack.group('schema fields'), field, {
    ...coordinate(field),
    ...caching(stack, field),
    apiId: dataSource.apiId,
    kind: 'UNIT',
    // The attribute and not the name, so that Terraform makes the data source first.
    dataSource: dataSource.name,
    runtime: APPSYNC_JS,
    code: terraformLiteral(code),
  });
}

/** One schema field, answered by functions in order; its own code runs before the first and after the last. */
export function pipelineField(stack: Stack, field: string, { api, functions, code }: PipelineField): void {
  new AppsyncResolver(stack.group('schema fields'), field, {
    ...coordinate(field),
    ...caching(stack, field),
    apiId: api.id,
    kind: 'PIPELINE',
    pipelineConfig: { functions: functions.map((step) => step.functionId) },
    runtime: APPSYNC_JS,
    code: terraformLiteral(code),
  });
}

/** A step that pipelines share. */
export function pipelineFunction(stack: Stack, key: string, { dataSource, code }: UnitField): AppsyncFunction {
  return new AppsyncFunction(stack.group('pipeline functions'), key, {
    apiId: dataSource.apiId,
    name: key,
    dataSource: dataSource.name,
    runtime: APPSYNC_JS,
    code: terraformLiteral(code),
  });
}

/** A resolver that says how it is cached on an API without a cache is refused by AppSync. */
function caching({ config }: Stack, field: string) {
  const cached = config.switches.apiCache ? cachedField(field) : undefined;
  return cached ? { cachingConfig: { ttl: cached.ttlSeconds, cachingKeys: [...cached.keys] } } : {};
}

function coordinate(field: string): { type: string; field: string } {
  const [type = '', name = ''] = field.split('.');
  return { type, field: name };
}
