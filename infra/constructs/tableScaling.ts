import {
  AppautoscalingPolicy,
  AppautoscalingScheduledAction,
  AppautoscalingTarget,
  Construct,
  type DynamodbTable,
} from '../aws.ts';
import { businessHours, type Range, type TableCapacity } from '../capacity.ts';
import type { Stack } from '../stacks/stack.ts';

export interface ScalingProps {
  readonly table: DynamodbTable;
  readonly tableName: string;
  readonly indexes: readonly string[];
  readonly capacity: TableCapacity;
  /** Utilisation to keep, percent. */
  readonly targetPercent: number;
  readonly scheduled: boolean;
}

interface Dimension {
  readonly id: string;
  readonly resourceId: string;
  readonly scalableDimension: string;
  readonly metric: 'DynamoDBReadCapacityUtilization' | 'DynamoDBWriteCapacityUtilization';
  readonly range: Range;
}

/** Target tracking, and a schedule before it, for reading and writing a table and each of its indexes. */
export function tableScaling(stack: Stack, key: string, props: ScalingProps): void {
  const scope = new Construct(stack.group('table scaling'), key);
  for (const dimension of dimensions(props)) scale(scope, stack.named(key), dimension, props);
}

/** An index has capacity of its own; without scaling it would throttle the writes of its table. */
function dimensions({ tableName, indexes, capacity }: ScalingProps): Dimension[] {
  const of = (id: string, resource: string, kind: 'table' | 'index'): Dimension[] => [
    {
      id: `${id}read`,
      resourceId: resource,
      scalableDimension: `dynamodb:${kind}:ReadCapacityUnits`,
      metric: 'DynamoDBReadCapacityUtilization',
      range: capacity.read,
    },
    {
      id: `${id}write`,
      resourceId: resource,
      scalableDimension: `dynamodb:${kind}:WriteCapacityUnits`,
      metric: 'DynamoDBWriteCapacityUtilization',
      range: capacity.write,
    },
  ];
  return [
    ...of('', `table/${tableName}`, 'table'),
    ...indexes.flatMap((index) => of(`${index}_`, `table/${tableName}/index/${index}`, 'index')),
  ];
}

function scale(scope: Construct, name: string, dimension: Dimension, props: ScalingProps): void {
  const { id, range, metric } = dimension;
  const target = new AppautoscalingTarget(scope, id, {
    serviceNamespace: 'dynamodb',
    resourceId: dimension.resourceId,
    scalableDimension: dimension.scalableDimension,
    minCapacity: range.min,
    maxCapacity: range.max,
    // The name alone would not make Terraform wait for the table.
    dependsOn: [props.table],
    // The schedule moves the minimum; the next deployment must not move it back.
    ...(props.scheduled ? { lifecycle: { ignoreChanges: ['min_capacity'] } } : {}),
  });
  const scaled = {
    serviceNamespace: target.serviceNamespace,
    resourceId: target.resourceId,
    scalableDimension: target.scalableDimension,
  };
  new AppautoscalingPolicy(scope, `${id}_tracking`, {
    ...scaled,
    name: `${name}-${id}`,
    policyType: 'TargetTrackingScaling',
    targetTrackingScalingPolicyConfiguration: {
      predefinedMetricSpecification: { predefinedMetricType: metric },
      targetValue: props.targetPercent,
      scaleInCooldown: 60,
      scaleOutCooldown: 60,
    },
  });
  if (!props.scheduled) return;
  const action = (when: 'begin' | 'end', min: number) =>
    new AppautoscalingScheduledAction(scope, `${id}_${when}`, {
      ...scaled,
      name: `${name}-${id}-${when}`,
      schedule: businessHours[when],
      timezone: businessHours.timezone,
      scalableTargetAction: { minCapacity: String(min), maxCapacity: String(range.max) },
    });
  action('begin', Math.min(range.min * businessHours.factor, range.max));
  action('end', range.min);
}
