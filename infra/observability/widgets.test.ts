import { describe, expect, test } from 'vitest';
import { dashboards } from './dashboards.ts';
import type { Watched } from './metrics.ts';
import { dashboardBody, type Row } from './widgets.ts';

const watched: Watched = {
  region: 'ap-northeast-1',
  namePrefix: 'hiroba-dev',
  apiId: 'api1',
  tables: {
    users: 'u',
    posts: 'p',
    comments: 'c',
    edges: 'e',
    timelines: 't',
    notifications: 'n',
    media: 'm',
    ops: 'o',
  },
  streamFunctions: { counters: 'hiroba-dev-counters' },
  queueFunctions: {},
  otherFunctions: { probe: 'hiroba-dev-probe' },
  deadLetters: {},
  workQueues: {},
  configurationSet: 'hiroba-dev-mail',
  probe: true,
  distributionId: 'E1',
  healthCheckId: undefined,
};
const logs = { api: '/aws/appsync/apis/api1', functions: ['/aws/lambda/hiroba-dev-counters'] };

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: { readonly metrics?: readonly unknown[]; readonly region?: string };
}
const widgetsOf = (body: string) => (JSON.parse(body) as { widgets: Placed[] }).widgets;

describe('a dashboard', () => {
  test('is JSON of typed widgets, placed beside and below each other', () => {
    const metric = {
      namespace: 'AWS/Lambda',
      name: 'Errors',
      dimensions: { FunctionName: 'f' },
      statistic: 'Sum',
    } as const;
    const rows: Row[] = [
      {
        height: 6,
        widgets: [
          { kind: 'text', markdown: '# hello' },
          {
            kind: 'graph',
            title: 'Errors',
            lines: [
              { metric, label: 'f', id: 'm', visible: false },
              { expression: 'm * 2', label: 'twice' },
            ],
            limit: { label: 'limit', value: 3 },
            unit: 'count',
          },
        ],
      },
      { height: 4, widgets: [{ kind: 'log', title: 'lines', logGroupNames: ['/a', '/b'], query: 'limit 1' }] },
    ];
    expect(JSON.parse(dashboardBody({ region: 'us-east-1', rows }))).toEqual({
      start: '-PT24H',
      periodOverride: 'inherit',
      widgets: [
        { x: 0, y: 0, width: 12, height: 6, type: 'text', properties: { markdown: '# hello' } },
        {
          x: 12,
          y: 0,
          width: 12,
          height: 6,
          type: 'metric',
          properties: {
            title: 'Errors',
            region: 'us-east-1',
            view: 'timeSeries',
            stacked: false,
            period: 60,
            metrics: [
              ['AWS/Lambda', 'Errors', 'FunctionName', 'f', { stat: 'Sum', label: 'f', id: 'm', visible: false }],
              [{ expression: 'm * 2', label: 'twice' }],
            ],
            yAxis: { left: { min: 0, showUnits: false, label: 'count' } },
            annotations: { horizontal: [{ label: 'limit', value: 3 }] },
          },
        },
        {
          x: 0,
          y: 6,
          width: 24,
          height: 4,
          type: 'log',
          properties: {
            title: 'lines',
            region: 'us-east-1',
            view: 'table',
            query: "SOURCE '/a' | SOURCE '/b' | limit 1",
          },
        },
      ],
    });
  });

  test('is there for each concern, with the CDN looked at where its metrics are', () => {
    expect(dashboards(watched, logs).map(({ concern, region }) => [concern, region])).toEqual([
      ['api', 'ap-northeast-1'],
      ['tables', 'ap-northeast-1'],
      ['functions', 'ap-northeast-1'],
      ['edge', 'us-east-1'],
    ]);
    expect(dashboards({ ...watched, distributionId: undefined }, logs)).toHaveLength(3);
  });

  test('shows no more metrics than one without charge may, and overlaps nothing', () => {
    for (const dashboard of dashboards(watched, logs)) {
      const widgets = widgetsOf(dashboardBody(dashboard));
      expect(widgets.flatMap(({ properties }) => properties.metrics ?? []).length).toBeLessThanOrEqual(50);
      const cells = widgets.flatMap(({ x, y, width, height }) =>
        Array.from({ length: width * height }, (_, at) => `${x + (at % width)},${y + Math.floor(at / width)}`),
      );
      expect(new Set(cells).size).toBe(cells.length);
      expect(Math.max(...widgets.map(({ x, width }) => x + width))).toBeLessThanOrEqual(24);
    }
  });

  test('is the same each time', () => {
    const bodies = () => dashboards(watched, logs).map(dashboardBody);
    expect(bodies()).toEqual(bodies());
  });
});
