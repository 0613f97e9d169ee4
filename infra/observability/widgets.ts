import type { Metric } from './metrics.ts';

/** A dashboard is 24 units wide. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
const WIDTH = 24;

/** A line of a graph: a metric, or an expression over others. */
export type Line =
  | { readonly metric: Metric; readonly label: string; readonly id?: string; readonly visible?: boolean }
  | { readonly expression: string; readonly label: string; readonly id?: string };

export interface GraphWidget {
  readonly kind: 'graph';
  readonly title: string;
  readonly lines: readonly Line[];
  /** A line across: what is promised. */
  readonly limit?: { readonly label: string; readonly value: number };
  readonly unit?: string;
  readonly stacked?: boolean;
  readonly periodSeconds?: number;
}

export interface TextWidget {
  readonly kind: 'text';
  readonly markdown: string;
}

export interface LogWidget {
  readonly kind: 'log';
  readonly title: string;
  readonly logGroupNames: readonly string[];
  readonly query: string;
}

export type Widget = GraphWidget | TextWidget | LogWidget;

/** Widgets beside each other; rows below each other. */
export interface Row {
  readonly height: number;
  readonly widgets: readonly Widget[];
}

export interface DashboardProps {
  readonly region: string;
  readonly rows: readonly Row[];
}

/** The JSON of a dashboard, the same for the same rows: places are counted out, and nothing depends on time. */
export function dashboardBody({ region, rows }: DashboardProps): string {
  let y = 0;
  const placed = rows.flatMap(({ height, widgets }) => {
    const width = Math.floor(WIDTH / widgets.length);
    const row = widgets.map((widget, at) => ({ x: at * width, y, width, height, ...widgetBody(widget, region) }));
    y += height;
    return row;
  });
  return JSON.stringify({ start: '-PT24H', periodOverride: 'inherit', widgets: placed });
}

function widgetBody(widget: Widget, region: string): { readonly type: string; readonly properties: object } {
  switch (widget.kind) {
    case 'text':
      return { type: 'text', properties: { markdown: widget.markdown } };
    case 'log':
      return { type: 'log', properties: { title: widget.title, region, view: 'table', query: logQuery(widget) } };
    case 'graph':
      return { type: 'metric', properties: graph(widget, region) };
  }
}

/** Dashboards name the groups in the query, as saved queries do not. */
function logQuery({ logGroupNames, query }: LogWidget): string {
  return [...logGroupNames.map((name) => `SOURCE '${name}'`), query].join(' | ');
}

function graph({ title, lines, limit, unit, stacked, periodSeconds }: GraphWidget, region: string): object {
  return {
    title,
    region,
    view: 'timeSeries',
    stacked: stacked ?? false,
    period: periodSeconds ?? 60,
    metrics: lines.map(metricLine),
    yAxis: { left: { min: 0, showUnits: false, ...(unit ? { label: unit } : {}) } },
    ...(limit ? { annotations: { horizontal: [limit] } } : {}),
  };
}

function metricLine(line: Line): unknown[] {
  if ('expression' in line)
    return [{ expression: line.expression, label: line.label, ...(line.id ? { id: line.id } : {}) }];
  const { namespace, name, dimensions, statistic } = line.metric;
  const options = {
    stat: statistic,
    label: line.label,
    ...(line.id ? { id: line.id } : {}),
    ...(line.visible === false ? { visible: false } : {}),
  };
  return [namespace, name, ...Object.entries(dimensions).flat(), options];
}
