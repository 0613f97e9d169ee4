import { strictest } from '../slo.ts';
import {
  edgeMetric,
  functionMetric,
  graphqlMetric,
  ownMetric,
  requestCount,
  tableMetric,
  type Watched,
} from './metrics.ts';
import { savedQueries, type LogGroups } from './queries.ts';
import type { GraphWidget, Line, Row } from './widgets.ts';

/** One dashboard for each concern: who looks at one has one question. */
export type Concern = 'api' | 'tables' | 'functions' | 'edge';

export interface Dashboard {
  readonly concern: Concern;
  /** CloudFront's metrics are in us-east-1, wherever the stage is. */
  readonly region: string;
  readonly rows: readonly Row[];
}

/**
 * Three dashboards, and from the rung on that reads through the CDN a fourth. CloudWatch gives an account three without
 * charge and asks $3 a month for each beyond. https://aws.amazon.com/cloudwatch/pricing/
 */
export function dashboards(watched: Watched, logs: LogGroups): readonly Dashboard[] {
  const { region, distributionId } = watched;
  const edge = distributionId && [{ concern: 'edge', region: 'us-east-1', rows: edgeRows(distributionId) } as const];
  return [
    { concern: 'api', region, rows: apiRows(watched, logs) },
    { concern: 'tables', region, rows: tableRows(watched) },
    { concern: 'functions', region, rows: functionRows(watched, logs) },
    ...(edge || []),
  ];
}

function apiRows(watched: Watched, logs: LogGroups): Row[] {
  const { apiId } = watched;
  const { availability, latencyP95 } = strictest('graphql');
  const errors: GraphWidget = {
    kind: 'graph',
    title: 'Failed requests, percent',
    lines: [
      { metric: requestCount(apiId), label: 'requests', id: 'requests', visible: false },
      { metric: graphqlMetric(apiId, '5XXError', 'Sum'), label: '5xx', id: 'failed', visible: false },
      { metric: graphqlMetric(apiId, '4XXError', 'Sum'), label: '4xx', id: 'refused', visible: false },
      { expression: '100 * failed / requests', label: '5xx' },
      { expression: '100 * refused / requests', label: '4xx' },
    ],
    limit: { label: `what the objective of ${availability} % leaves`, value: Number((100 - availability).toFixed(6)) },
    unit: '%',
  };
  const latency: GraphWidget = {
    kind: 'graph',
    title: 'Latency',
    lines: (['p50', 'p95', 'p99'] as const).map((percentile) => ({
      metric: graphqlMetric(apiId, 'Latency', percentile),
      label: percentile,
    })),
    ...(latencyP95 === null ? {} : { limit: { label: 'p95 promised', value: latencyP95 } }),
    unit: 'ms',
  };
  return [
    {
      height: 6,
      widgets: [graph('Requests', [{ metric: requestCount(apiId), label: 'requests' }]), errors, latency],
    },
    { height: 6, widgets: [tokens(watched.region), connections(apiId), ...probe(watched)] },
    { height: 8, widgets: [logTable('errors-by-field', logs), logTable('slowest-operations', logs)] },
  ];
}

/** The quota of tokens is the account's, in a Region: so this is about all APIs there, in whatever dimensions AppSync gives. */
function tokens(region: string): GraphWidget {
  const found = `SEARCH('Namespace="AWS/AppSync" MetricName="TokensConsumed"', 'Sum', 60)`;
  return graph(`Tokens consumed a second in ${region}`, [{ expression: `SUM(${found}) / 60`, label: 'tokens/s' }]);
}

function connections(apiId: string): GraphWidget {
  return graph('Subscribers', [
    { metric: graphqlMetric(apiId, 'ActiveConnections', 'Sum'), label: 'connections' },
    { metric: graphqlMetric(apiId, 'ActiveSubscriptions', 'Sum'), label: 'subscriptions' },
    { metric: graphqlMetric(apiId, 'PublishDataMessageSuccess', 'Sum'), label: 'events sent' },
  ]);
}

function probe({ probe, namePrefix }: Watched): GraphWidget[] {
  if (!probe) return [];
  return [
    graph('From outside', [
      { metric: ownMetric(namePrefix, 'ProbeMilliseconds', 'Average'), label: 'answered after, ms' },
      { metric: ownMetric(namePrefix, 'ProbeFailures', 'Sum'), label: 'not answered' },
    ]),
  ];
}

function tableRows({ tables }: Watched): Row[] {
  const perTable = (title: string, name: Parameters<typeof tableMetric>[1]): GraphWidget => ({
    kind: 'graph',
    title,
    lines: Object.entries(tables).map(([key, tableName]) => ({ metric: tableMetric(tableName, name), label: key })),
    stacked: name.startsWith('Consumed'),
  });
  return [
    {
      height: 8,
      widgets: [
        perTable('Read units consumed a minute', 'ConsumedReadCapacityUnits'),
        perTable('Write units consumed a minute', 'ConsumedWriteCapacityUnits'),
      ],
    },
    {
      height: 8,
      widgets: [perTable('Reads throttled', 'ReadThrottleEvents'), perTable('Writes throttled', 'WriteThrottleEvents')],
    },
  ];
}

function functionRows({ streamFunctions, queueFunctions, otherFunctions }: Watched, logs: LogGroups): Row[] {
  const each = (
    functions: Readonly<Record<string, string>>,
    ...metric: [Parameters<typeof functionMetric>[1], Parameters<typeof functionMetric>[2]]
  ): Line[] =>
    Object.entries(functions).map(([key, functionName]) => ({
      metric: functionMetric(functionName, ...metric),
      label: key,
    }));
  const all = { ...streamFunctions, ...queueFunctions, ...otherFunctions };
  const { freshnessSeconds } = strictest('streams');
  const age = graph('Age of what is read from streams', each(streamFunctions, 'IteratorAge', 'Maximum'), 'ms');
  return [
    {
      height: 8,
      widgets: [
        graph('Failed invocations', each(all, 'Errors', 'Sum')),
        graph('Duration, p95', each(all, 'Duration', 'p95'), 'ms'),
        freshnessSeconds === null ? age : { ...age, limit: { label: 'promised', value: freshnessSeconds * 1000 } },
      ],
    },
    { height: 8, widgets: [logTable('errors-of-functions', logs), logTable('cold-starts', logs)] },
  ];
}

function edgeRows(distributionId: string): Row[] {
  const metric = (...rest: [Parameters<typeof edgeMetric>[1], Parameters<typeof edgeMetric>[2]]) =>
    edgeMetric(distributionId, ...rest);
  return [
    {
      height: 8,
      widgets: [
        graph('Requests', [{ metric: metric('Requests', 'Sum'), label: 'requests' }]),
        graph('Bytes sent', [{ metric: metric('BytesDownloaded', 'Sum'), label: 'bytes' }]),
        graph(
          'Failed requests',
          [
            { metric: metric('5xxErrorRate', 'Average'), label: '5xx' },
            { metric: metric('4xxErrorRate', 'Average'), label: '4xx' },
          ],
          '%',
        ),
      ],
    },
  ];
}

function graph(title: string, lines: readonly Line[], unit?: string): GraphWidget {
  return { kind: 'graph', title, lines, ...(unit ? { unit } : {}) };
}

function logTable(id: string, logs: LogGroups) {
  const query = savedQueries(logs).find((saved) => saved.id === id);
  if (!query) throw new Error(`No saved query is named ${id}.`);
  return { kind: 'log', title: query.title, logGroupNames: query.logGroupNames, query: query.text } as const;
}
