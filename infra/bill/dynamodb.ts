import { blocksOf, type TerraformGraph, textOf } from '../diagram/terraformGraph.ts';
import { MONTH_HOURS, MONTH_SECONDS } from './arithmetic.ts';
import { assumptions } from './assumptions.ts';
import type { Usage } from './line.ts';
import type { UnitRow } from './measured.ts';
import type { Flow } from './traffic.ts';

/** Request units of a month on a table, or on `table/index`. */
export interface Units {
  readonly reads: number;
  readonly writes: number;
}

/** Fields that AppSync's cache answers, as `Post.author`; empty where there is no cache. */
export function cachedFields(graph: TerraformGraph): ReadonlySet<string> {
  if (graph.ofType('aws_appsync_api_cache').length === 0) return new Set();
  const cached = graph.ofType('aws_appsync_resolver').filter(({ args }) => args['caching_config'] !== undefined);
  return new Set(cached.map(({ args }) => `${textOf(args['type'])}.${textOf(args['field'])}`));
}

/** What the flows use, less what caches answer. `reaching` is the share of a flow that gets past the CDN. */
export function unitsOf(
  flows: readonly Flow[],
  cached: ReadonlySet<string>,
  reaching: (flow: Flow) => number,
): ReadonlyMap<string, Units> {
  const units = new Map<string, Units>();
  for (const flow of flows) {
    for (const row of flow.sample.units) {
      const key = keyOf(row);
      const known = units.get(key) ?? { reads: 0, writes: 0 };
      const times = flow.perMonth * reaching(flow) * (cached.has(row.by) ? 1 - assumptions.cacheHitRatio.value : 1);
      units.set(key, { reads: known.reads + row.reads * times, writes: known.writes + row.writes * times });
    }
    // DynamoDB bills the write that its condition refused.
    const refused = flow.sample.failedConditions * flow.perMonth;
    const known = units.get(REFUSED) ?? { reads: 0, writes: 0 };
    if (refused > 0) units.set(REFUSED, { ...known, writes: known.writes + refused });
  }
  return units;
}

const REFUSED = 'ops';

const keyOf = ({ table, index }: UnitRow): string => (index === undefined ? table : `${table}/${index}`);

/** Requests by the million, or capacity by the hour where tables have provisioned capacity. */
export function requestUsages(graph: TerraformGraph, units: ReadonlyMap<string, Units>): readonly Usage[] {
  const provisioned = new Set(
    graph.ofType('aws_dynamodb_table').flatMap(({ id, args }) => (args['billing_mode'] === 'PROVISIONED' ? [id] : [])),
  );
  const least = leastCapacity(graph);
  return [...units].flatMap(([key, { reads, writes }]): Usage[] => {
    const [table = ''] = key.split('/');
    if (!provisioned.has(table))
      return [
        {
          service: 'DynamoDB requests',
          price: 'dynamodbRead',
          amount: reads / 1e6,
          what: `reads of ${table}`,
        },
        {
          service: 'DynamoDB requests',
          price: 'dynamodbWrite',
          amount: writes / 1e6,
          what: `writes of ${table}`,
        },
      ];
    const beyond = (used: number, minimum: number): number =>
      Math.max(0, used / MONTH_SECONDS / assumptions.provisionedUtilisation.value - minimum) * MONTH_HOURS;
    const { reads: leastReads, writes: leastWrites } = least.get(key) ?? { reads: 0, writes: 0 };
    return [
      {
        service: 'DynamoDB requests',
        price: 'dynamodbReadHour',
        amount: beyond(reads, leastReads),
        what: `read capacity of ${table}`,
      },
      {
        service: 'DynamoDB requests',
        price: 'dynamodbWriteHour',
        amount: beyond(writes, leastWrites),
        what: `write capacity of ${table}`,
      },
    ];
  });
}

/** What autoscaling keeps: billed whether it is used or not (`fixed.ts`). */
function leastCapacity(graph: TerraformGraph): ReadonlyMap<string, Units> {
  const least = new Map<string, Units>();
  for (const { args, id } of graph.ofType('aws_appautoscaling_target')) {
    const [, table = '', , index] = /^table\/[^/]*?(\w+)(\/index\/(\w+))?$/.exec(textOf(args['resource_id'])) ?? [];
    if (!table) throw new Error(`the resource_id of aws_appautoscaling_target.${id} names no table`);
    const key = index ? `${table}/${index}` : table;
    const known = least.get(key) ?? { reads: 0, writes: 0 };
    const minimum = Number(args['min_capacity']);
    const reads = textOf(args['scalable_dimension']).includes('Read');
    least.set(key, reads ? { ...known, reads: minimum } : { ...known, writes: minimum });
  }
  return least;
}

/** What lies in the tables, and the copies that are kept of it. */
export function storageUsages(graph: TerraformGraph, gigabytes: number): readonly Usage[] {
  const tables = graph.ofType('aws_dynamodb_table');
  const recovers = tables.some(({ args }) => blocksOf(args['point_in_time_recovery'])[0]?.['enabled'] === true);
  const copies = graph.ofType('aws_backup_plan').length > 0;
  return [
    { service: 'DynamoDB storage', price: 'dynamodbStorage', amount: gigabytes, what: 'tables and indexes' },
    ...(recovers
      ? [
          {
            service: 'DynamoDB storage' as const,
            price: 'dynamodbRecovery' as const,
            amount: gigabytes,
            what: 'point-in-time recovery',
          },
        ]
      : []),
    // Copies of DynamoDB in AWS Backup are whole ones. Daily ones for 35 days would be 35 times the tables.
    ...(copies
      ? [
          {
            service: 'DynamoDB storage' as const,
            price: 'dynamodbBackup' as const,
            amount: gigabytes * copiesKept(graph),
            what: 'daily backups',
          },
        ]
      : []),
  ];
}

function copiesKept(graph: TerraformGraph): number {
  const rules = graph.ofType('aws_backup_plan').flatMap(({ args }) => blocksOf(args['rule']));
  return rules.reduce((sum, rule) => {
    const days = Number(blocksOf(rule['lifecycle'])[0]?.['delete_after'] ?? 1);
    return sum + Math.max(1, days / daysBetween(textOf(rule['schedule'])));
  }, 0);
}

/** Days between the copies of a schedule in cron that names days of the week, one of the month, or neither. */
function daysBetween(schedule: string): number {
  const [, , dayOfMonth = '', , dayOfWeek = ''] = (/^cron\((.*)\)$/.exec(schedule)?.[1] ?? '').split(' ');
  if (/^[A-Z1-7]/.test(dayOfWeek)) return 7 / dayOfWeek.split(',').length;
  return /^[\dL]/.test(dayOfMonth) ? 30 : 1;
}
