import { CloudwatchCompositeAlarm, CloudwatchMetricAlarm, type SnsTopic } from '../aws.ts';
import {
  description,
  type Alarms,
  type AlarmSpec,
  type CompositeSpec,
  type Severity,
} from '../observability/alarms.ts';
import type { Metric } from '../observability/metrics.ts';
import type { Stack } from '../stacks/stack.ts';

export interface AlarmContext {
  readonly topics: Readonly<Record<Severity, SnsTopic>>;
  /** Where `docs/runbook.md` is read. */
  readonly runbook: string;
}

/** The alarms. Those that are part of a composite one tell nobody by themselves. */
export function alarms(stack: Stack, { single, composite }: Alarms, context: AlarmContext): void {
  const combined = new Set(composite.flatMap(({ anyOf }) => anyOf.flat()));
  const made = new Map(
    single.map((spec) => [spec.id, metricAlarm(stack, spec, { ...context, quiet: combined.has(spec.id) })]),
  );
  for (const spec of composite) compositeAlarm(stack, spec, { ...context, parts: made });
}

function metricAlarm(
  stack: Stack,
  spec: AlarmSpec,
  { quiet, ...context }: AlarmContext & { readonly quiet: boolean },
): CloudwatchMetricAlarm {
  const { watches, periodSeconds } = spec;
  return new CloudwatchMetricAlarm(stack.group('alarms'), constructId(spec), {
    alarmName: stack.named(spec.id),
    alarmDescription: description(spec, context.runbook),
    comparisonOperator: spec.comparison,
    threshold: spec.threshold,
    evaluationPeriods: spec.evaluationPeriods,
    ...(spec.datapointsToAlarm === undefined ? {} : { datapointsToAlarm: spec.datapointsToAlarm }),
    treatMissingData: spec.missingData,
    ...('expression' in watches
      ? { metricQuery: [...queries(watches.metrics, periodSeconds), total(watches.expression)] }
      : single(watches, periodSeconds)),
    ...(quiet ? {} : tells(context.topics[spec.severity])),
  });
}

/** Who is told of the beginning is told of the end. */
function tells(topic: SnsTopic) {
  return { alarmActions: [topic.arn], okActions: [topic.arn] };
}

function single({ namespace, name, dimensions, statistic }: Metric, periodSeconds: number) {
  const counted = /^p\d/.test(statistic) ? { extendedStatistic: statistic } : { statistic };
  return { namespace, metricName: name, ...dimensioned(dimensions), period: periodSeconds, ...counted };
}

function queries(metrics: Readonly<Record<string, Metric>>, periodSeconds: number) {
  return Object.entries(metrics).map(([id, { namespace, name, dimensions, statistic }]) => ({
    id,
    returnData: false,
    metric: { namespace, metricName: name, ...dimensioned(dimensions), period: periodSeconds, stat: statistic },
  }));
}

function dimensioned(dimensions: Readonly<Record<string, string>>) {
  return Object.keys(dimensions).length > 0 ? { dimensions: { ...dimensions } } : {};
}

function total(expression: string) {
  return { id: 'total', expression, label: 'total', returnData: true };
}

function compositeAlarm(
  stack: Stack,
  spec: CompositeSpec,
  { parts, ...context }: AlarmContext & { readonly parts: ReadonlyMap<string, CloudwatchMetricAlarm> },
): void {
  const rings = (id: string): string => {
    const part = parts.get(id);
    if (!part) throw new Error(`The alarm ${spec.id} is made of ${id}, which there is not.`);
    return `ALARM("${part.alarmName}")`;
  };
  new CloudwatchCompositeAlarm(stack.group('alarms'), constructId(spec), {
    alarmName: stack.named(spec.id),
    alarmDescription: description(spec, context.runbook),
    alarmRule: spec.anyOf.map((all) => `(${all.map(rings).join(' AND ')})`).join(' OR '),
    ...tells(context.topics[spec.severity]),
  });
}

function constructId({ id }: { readonly id: string }): string {
  return id.replaceAll('-', '_');
}
