import { blocksOf, terraformGraph, type TerraformGraph, textOf } from '../../../../infra/diagram/terraformGraph.ts';
import { hasPublicReads } from '../../../../infra/bill/usage.ts';
import manifest from '../../../../schema/operations/manifest.json' with { type: 'json' };
import { rungs, type RungName } from '../../../../infra/rungs.ts';
import { synthesizeTarget } from '../../../../infra/targets.ts';
import { value } from '../constants.ts';

export interface Units {
  readonly reads: number;
  readonly writes: number;
}

/** Provisioned capacity of a table or index in one direction, as autoscaling may change it. */
export interface Provisioned {
  readonly minimum: number;
  /** In business hours, set half an hour before them; as `minimum` without a schedule. */
  readonly scheduledMinimum: number;
  readonly maximum: number;
  /** 0 to 1. */
  readonly target: number;
}

export interface Store {
  /** What it is ready for at once: of a new table, or what was asked for. */
  readonly warm: Units;
  /** `null`: on demand. */
  readonly provisioned: { readonly reads: Provisioned; readonly writes: Provisioned } | null;
}

/** What decides how much the Terraform of a rung can bear. */
export interface System {
  readonly rung: RungName;
  /** Tables by their key, `posts`, and indexes, `posts.byAuthor`. */
  readonly stores: ReadonlyMap<string, Store>;
  /** Seconds that AppSync's cache keeps a field's answer; empty without a cache. Only of fields that are the same for every viewer. */
  readonly cached: ReadonlyMap<string, number>;
  /** Seconds that the CDN keeps a public operation's answer, which is the same for everyone; empty where it answers none. */
  readonly kept: ReadonlyMap<string, number>;
  /** Request tokens a second: a quota, which AWS raises for who asks. */
  readonly tokens: number;
  readonly fanOut: {
    /** From so many followers on an author is merged at read. */
    readonly threshold: number;
    /** Timelines are written so fast at most. */
    readonly writesPerSecond: number;
  };
  /** Dollars a month at the rung's full size, with pages of 20. */
  readonly monthlyPrice: number;
}

/** Reads it from the Terraform of prod at a rung. */
export async function systemAt(rung: RungName): Promise<System> {
  const { stacks } = await synthesizeTarget({ stage: 'prod', rung });
  const graph = terraformGraph(stacks);
  return {
    rung,
    stores: storesOf(graph),
    cached: cachedOf(graph),
    kept: hasPublicReads(graph) ? secondsKept() : new Map(),
    tokens: value('tokens'),
    fanOut: fanOutOf(graph),
    monthlyPrice: rungs[rung].monthlyPrice.page,
  };
}

function storesOf(graph: TerraformGraph): ReadonlyMap<string, Store> {
  return new Map(
    graph.ofType('aws_dynamodb_table').flatMap(({ id, args }) => {
      const onDemand = textOf(args['billing_mode']) === 'PAY_PER_REQUEST';
      const [asked] = blocksOf(args['warm_throughput']);
      const warm = {
        reads: numberOf(asked?.['read_units_per_second'], value('onDemandReads')),
        writes: numberOf(asked?.['write_units_per_second'], value('onDemandWrites')),
      };
      const names = ['', ...blocksOf(args['global_secondary_index']).map(({ name }) => textOf(name))];
      return names.map((index) => {
        const prefix = index === '' ? id : `${id}_${index}`;
        const provisioned = onDemand
          ? null
          : { reads: provisionedOf(graph, `${prefix}_read`), writes: provisionedOf(graph, `${prefix}_write`) };
        return [index === '' ? id : `${id}.${index}`, { warm, provisioned }] as const;
      });
    }),
  );
}

function provisionedOf(graph: TerraformGraph, id: string): Provisioned {
  const target = graph.ofType('aws_appautoscaling_target').find((each) => each.id === id);
  const policy = graph.ofType('aws_appautoscaling_policy').find((each) => each.id === `${id}_tracking`);
  const begin = graph.ofType('aws_appautoscaling_scheduled_action').find((each) => each.id === `${id}_begin`);
  if (!target || !policy) throw new Error(`the Terraform provisions ${id} and does not scale it`);
  const minimum = numberOf(target.args['min_capacity'], 0);
  const [tracking] = blocksOf(policy.args['target_tracking_scaling_policy_configuration']);
  const [action] = blocksOf(begin?.args['scalable_target_action']);
  return {
    minimum,
    scheduledMinimum: numberOf(action?.['min_capacity'], minimum),
    maximum: numberOf(target.args['max_capacity'], minimum),
    target: numberOf(tracking?.['target_value'], 100) / 100,
  };
}

/** What has a viewer in its key is another answer for everyone, and no key is read often enough to matter. */
function cachedOf(graph: TerraformGraph): ReadonlyMap<string, number> {
  if (graph.ofType('aws_appsync_api_cache').length === 0) return new Map();
  return new Map(
    graph.ofType('aws_appsync_resolver').flatMap(({ args }) => {
      const [caching] = blocksOf(args['caching_config']);
      const keys = (caching?.['caching_keys'] ?? []) as readonly string[];
      if (!caching || keys.some((key) => key.includes('identity'))) return [];
      return [[`${textOf(args['type'])}.${textOf(args['field'])}`, numberOf(caching['ttl'], 0)] as const];
    }),
  );
}

/** As `npm run operations` writes it. */
interface Persisted {
  readonly name: string;
  readonly cacheSeconds?: number;
}

/** The edge keeps an answer as long as the operation says. */
function secondsKept(): ReadonlyMap<string, number> {
  const persisted: readonly Persisted[] = Object.values(manifest);
  return new Map(persisted.flatMap(({ name, cacheSeconds }) => (cacheSeconds ? [[name, cacheSeconds] as const] : [])));
}

function fanOutOf(graph: TerraformGraph): System['fanOut'] {
  const worker = graph.ofType('aws_lambda_function').find(({ id }) => id === 'fanOut');
  const mapping = graph.ofType('aws_lambda_event_source_mapping').find(({ id }) => id === 'fanOut_work');
  const [environment] = blocksOf(worker?.args['environment']);
  const [variables] = blocksOf(environment?.['variables']);
  const [scaling] = blocksOf(mapping?.args['scaling_config']);
  if (!variables || !scaling) throw new Error('the Terraform has no worker that brings posts to timelines');
  return {
    threshold: numberOf(variables['CELEBRITY_FOLLOWERS'], 0),
    writesPerSecond: numberOf(variables['WRITES_PER_SECOND'], 0) * numberOf(scaling['maximum_concurrency'], 1),
  };
}

/** Terraform writes numbers as either. */
function numberOf(given: unknown, otherwise: number): number {
  return given === undefined || given === null ? otherwise : Number(given);
}
