import type { TerraformDocument } from '../targets.ts';
import { compareVersions } from './locate.ts';

/** What the program writes and an older hashicorp/aws refuses. For a check with such a provider it is left out, or said in the old way. */
export interface Newer {
  /** The first version of hashicorp/aws that knows it. */
  readonly since: string;
  /** A resource type, or `*` for all. */
  readonly type: string;
  /** Names from the resource's argument down; in a list, every element. Absent: the whole resource. */
  readonly path?: readonly string[];
  /** Only where the argument has this value. */
  readonly value?: string;
  /** Says it in the old way; absent: it is left out. */
  readonly instead?: string;
  readonly reason: string;
}

/** Every row was met with provider 5.100.0, the last of its major version; the bindings are of 6.25.0. */
export const newerThanProvider: readonly Newer[] = [
  {
    since: '6.21.0',
    type: 'aws_lambda_function',
    path: ['runtime'],
    value: 'nodejs24.x',
    instead: 'nodejs22.x',
    reason: 'the provider keeps a list of runtimes; Node 24 came in November 2025',
  },
  {
    since: '6.21.0',
    type: 'aws_synthetics_canary',
    path: ['runtime_version'],
    value: 'nodejs24.x',
    instead: 'nodejs22.x',
    reason: 'as for functions',
  },
  { since: '6.0.0', type: '*', path: ['region'], reason: 'a Region per resource is of version 6' },
  { since: '6.15.0', type: 'aws_dynamodb_table', path: ['warm_throughput'], reason: 'added for tables in version 6' },
  {
    since: '6.15.0',
    type: 'aws_dynamodb_table',
    path: ['global_secondary_index', 'warm_throughput'],
    reason: 'added for indexes in version 6',
  },
  {
    since: '6.0.0',
    type: 'aws_dynamodb_table',
    path: ['replica', 'consistency_mode'],
    reason: 'strong consistency of global tables is of version 6',
  },
  { since: '6.0.0', type: 'aws_dynamodb_table', path: ['global_table_witness'], reason: 'as consistency_mode' },
  {
    since: '6.0.0',
    type: 'aws_dynamodb_table',
    path: ['replica', 'deletion_protection_enabled'],
    reason: 'protection per replica is of version 6',
  },
  {
    since: '6.0.0',
    type: 'aws_lambda_function',
    path: ['durable_config'],
    reason: 'durable functions are of December 2025',
  },
  {
    since: '6.0.0',
    type: 'aws_lambda_function',
    path: ['tenancy_config'],
    reason: 'tenant isolation is of November 2025',
  },
  { since: '6.0.0', type: 'aws_lambda_function', path: ['source_kms_key_arn'], reason: 'added in version 6' },
  { since: '6.0.0', type: 'aws_scheduler_schedule', path: ['action_after_completion'], reason: 'added in version 6' },
  {
    since: '6.0.0',
    type: 'aws_cloudwatch_log_group',
    path: ['deletion_protection_enabled'],
    reason: 'protection of log groups is of version 6',
  },
  {
    since: '6.0.0',
    type: 'aws_acm_certificate',
    path: ['options', 'export'],
    reason: 'exportable certificates are of version 6',
  },
  {
    since: '6.25.0',
    type: 'aws_athena_workgroup',
    path: ['configuration', 'managed_query_results_configuration'],
    reason: 'results that Athena keeps came after 6.0.0; the bindings have them',
  },
  { since: '6.0.0', type: 'aws_cognito_managed_login_branding', reason: 'the resource is of version 6' },
  { since: '6.0.0', type: 'aws_appsync_api', reason: 'the resource is of version 6' },
  { since: '6.0.0', type: 'aws_appsync_channel_namespace', reason: 'the resource is of version 6' },
];

export interface Stripped {
  readonly address: string;
  readonly row: Newer;
}

type Mutable = { [key: string]: Mutable } | Mutable[] | string | number | boolean | null;

export type Resources = NonNullable<TerraformDocument['resource']>;

/** The same resources as a provider of this version takes them, and what was changed for it. */
export function forProvider(
  resources: Resources,
  version: string,
  rows: readonly Newer[] = newerThanProvider,
): { readonly resources: Resources; readonly stripped: readonly Stripped[] } {
  const copy = structuredClone(resources) as unknown as Record<string, Record<string, Mutable>>;
  const stripped: Stripped[] = [];
  for (const row of rows.filter(({ since }) => compareVersions(version, since) < 0)) {
    const types = row.type === '*' ? Object.keys(copy) : [row.type];
    for (const type of types) {
      for (const [id, args] of Object.entries(copy[type] ?? {})) {
        const done = row.path ? change(args, row.path, row) : removeResource(copy, type, id);
        if (done) stripped.push({ address: `${type}.${id}`, row });
      }
      if (copy[type] && Object.keys(copy[type]).length === 0) delete copy[type];
    }
  }
  return { resources: copy as unknown as Resources, stripped };
}

function removeResource(copy: Record<string, Record<string, Mutable>>, type: string, id: string): boolean {
  delete copy[type]?.[id];
  return true;
}

function change(block: Mutable, path: readonly string[], row: Newer): boolean {
  // Every element, also after one that was changed.
  if (Array.isArray(block)) return block.map((element) => change(element, path, row)).includes(true);
  const [name, ...rest] = path;
  if (typeof block !== 'object' || block === null || name === undefined || !Object.hasOwn(block, name)) return false;
  if (rest.length > 0) return change(block[name] ?? null, rest, row);
  if (row.value !== undefined && block[name] !== row.value) return false;
  if (row.instead === undefined) delete block[name];
  else block[name] = row.instead;
  return true;
}
