import type { TableKey } from '../tables.ts';

export type Statistic = 'Sum' | 'Average' | 'Maximum' | 'Minimum' | 'SampleCount' | 'p50' | 'p95' | 'p99';

/** One line of numbers that CloudWatch keeps. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: Statistic;
}

/** https://docs.aws.amazon.com/appsync/latest/devguide/monitoring.html#cw-metrics */
export function graphqlMetric(
  apiId: string,
  name: '4XXError' | '5XXError' | 'Latency' | 'ActiveConnections' | 'ActiveSubscriptions' | 'PublishDataMessageSuccess',
  statistic: Statistic,
): Metric {
  return { namespace: 'AWS/AppSync', name, dimensions: { GraphQLAPIId: apiId }, statistic };
}

/** AppSync's `Requests` counts all APIs of the account; latency is reported once for each request of this one. */
export function requestCount(apiId: string): Metric {
  return graphqlMetric(apiId, 'Latency', 'SampleCount');
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html */
export function tableMetric(
  tableName: string,
  name: 'ConsumedReadCapacityUnits' | 'ConsumedWriteCapacityUnits' | 'ReadThrottleEvents' | 'WriteThrottleEvents',
): Metric {
  return { namespace: 'AWS/DynamoDB', name, dimensions: { TableName: tableName }, statistic: 'Sum' };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
export function functionMetric(
  functionName: string,
  name: 'Errors' | 'Duration' | 'IteratorAge' | 'Invocations' | 'Throttles',
  statistic: Statistic,
): Metric {
  return { namespace: 'AWS/Lambda', name, dimensions: { FunctionName: functionName }, statistic };
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
export function queueMetric(
  queueName: string,
  name: 'ApproximateAgeOfOldestMessage' | 'ApproximateNumberOfMessagesVisible',
): Metric {
  return { namespace: 'AWS/SQS', name, dimensions: { QueueName: queueName }, statistic: 'Maximum' };
}

/** Shares from 0 to 1. https://docs.aws.amazon.com/ses/latest/dg/monitor-sender-reputation.html */
export function mailMetric(
  configurationSet: string,
  name: 'Reputation.BounceRate' | 'Reputation.ComplaintRate',
): Metric {
  const dimensions = { 'ses:configuration-set': configurationSet };
  return { namespace: 'AWS/SES', name, dimensions, statistic: 'Maximum' };
}

/** Kept in us-east-1 only. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html */
export function edgeMetric(
  distributionId: string,
  name: 'Requests' | 'BytesDownloaded' | '4xxErrorRate' | '5xxErrorRate',
  statistic: Statistic,
): Metric {
  const dimensions = { DistributionId: distributionId, Region: 'Global' };
  return { namespace: 'AWS/CloudFront', name, dimensions, statistic };
}

/** Kept in us-east-1 only: 1 while the health check's checkers agree that the site answers. */
export function healthCheckMetric(healthCheckId: string): Metric {
  const dimensions = { HealthCheckId: healthCheckId };
  return { namespace: 'AWS/Route53', name: 'HealthCheckStatus', dimensions, statistic: 'Minimum' };
}

/** The metrics of our own, which functions write as log lines and filters make of log lines. */
export type OwnMetric = 'ProbeFailures' | 'ProbeMilliseconds' | 'ThrottledFields';

export function ownMetric(namespace: string, name: OwnMetric, statistic: Statistic): Metric {
  return { namespace, name, dimensions: {}, statistic };
}

/** What is there to be watched, by the names that CloudWatch knows it by. */
export interface Watched {
  readonly region: string;
  /** Of our own metrics, and the beginning of every name: `hiroba-prod`. */
  readonly namePrefix: string;
  readonly apiId: string;
  readonly tables: Readonly<Record<TableKey, string>>;
  /** Functions that streams call, by key. */
  readonly streamFunctions: Readonly<Record<string, string>>;
  /** Functions that queues call, by key. */
  readonly queueFunctions: Readonly<Record<string, string>>;
  /** Functions that resolvers, the CDN or the operators call, by key. */
  readonly otherFunctions: Readonly<Record<string, string>>;
  /** Queues of work, by the key of the function that does it. */
  readonly workQueues: Readonly<Record<string, WorkQueueNames>>;
  /** Queues of what was given up from streams and topics, by the key of the function that did. */
  readonly deadLetters: Readonly<Record<string, string>>;
  /** What mail is sent by. */
  readonly configurationSet: string;
  /** Absent: there is no probe at this rung. */
  readonly probe: boolean;
  readonly distributionId: string | undefined;
  readonly healthCheckId: string | undefined;
}

export interface WorkQueueNames {
  readonly queueName: string;
  /** Where what was given up lies. */
  readonly deadLetterName: string;
  readonly alarmAgeSeconds: number;
}
