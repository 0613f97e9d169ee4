import type { Config } from '../config.ts';
import { isAtLeast } from '../rungs.ts';
import { burnOf, burnRules, strictest, type BurnRule } from '../slo.ts';
import {
  edgeMetric,
  functionMetric,
  graphqlMetric,
  healthCheckMetric,
  mailMetric,
  ownMetric,
  queueMetric,
  requestCount,
  tableMetric,
  type Metric,
  type Watched,
  type WorkQueueNames,
} from './metrics.ts';

/** `page`: people suffer now, and a person is called where the rung calls persons. `notice`: a person reads it this day. */
export type Severity = 'page' | 'notice';

/** An alarm: what is wrong as people notice it, and what a person does about it. */
export interface AlarmSpec {
  /** Ends the alarm's name and is its Terraform id, with hyphens. */
  readonly id: string;
  /** A heading of `docs/runbook.md`. */
  readonly runbook: string;
  readonly says: string;
  readonly does: string;
  readonly severity: Severity;
  /** One metric, or several by id and the expression over them. */
  readonly watches: Metric | { readonly metrics: Readonly<Record<string, Metric>>; readonly expression: string };
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  /** Of the evaluation periods, so many must be bad. Absent: all. */
  readonly datapointsToAlarm?: number;
  readonly comparison: 'GreaterThanThreshold' | 'GreaterThanOrEqualToThreshold' | 'LessThanThreshold';
  readonly threshold: number;
  /** Most metrics are not written while nothing happens, which is well; a probe that is silent is not. */
  readonly missingData: 'notBreaching' | 'breaching';
}

/** Alarms that are one incident together: who is told hears of the whole, not of each. */
export interface CompositeSpec {
  readonly id: string;
  readonly runbook: string;
  readonly says: string;
  readonly does: string;
  readonly severity: Severity;
  /** Any of these groups, of which every alarm must ring. */
  readonly anyOf: readonly (readonly string[])[];
}

export interface Alarms {
  readonly single: readonly AlarmSpec[];
  readonly composite: readonly CompositeSpec[];
}

const MINUTE = 60;

/** One failure of few requests is no rate: below so many, percentages say nothing. */
const MIN_FAILURES = 3;

/**
 * Every alarm of a stage at its rung. AWS asks $0.10 a month for each metric that an alarm reads, ten of an account being
 * free, and $0.50 for a composite one. So the lowest rung has one alarm for all tables, and hears of a failing function
 * by what people notice: that it falls behind on a stream or a queue, or gives up. Each error is told from the log there, too.
 */
export function alarms(config: Config, watched: Watched): Alarms {
  const each = isAtLeast(config.rung, 'users+');
  const combined = config.switches.canary;
  return {
    single: [
      serverErrors(watched),
      latency(watched),
      ...burns(watched, combined),
      ...(each ? tablesThrottled(watched) : [fieldsThrottled(watched)]),
      ...forEach(watched.streamFunctions, streamLag),
      ...forEach(each ? watched.streamFunctions : {}, functionErrors),
      ...forEach(each ? watched.queueFunctions : {}, functionErrors),
      ...forEach(watched.otherFunctions, functionErrors),
      ...forEach(watched.deadLetters, deadLetterAlarm),
      ...Object.entries(watched.workQueues).flatMap(([key, names]) => [
        lateQueue(key, names),
        deadLetterAlarm(key, names.deadLetterName),
      ]),
      ...(each ? reputation(watched) : []),
      ...outside(watched),
      ...edge(watched),
    ],
    composite: combined ? composites(watched) : [],
  };
}

function forEach(names: Readonly<Record<string, string>>, make: (key: string, name: string) => AlarmSpec): AlarmSpec[] {
  return Object.entries(names).map(([key, name]) => make(key, name));
}

function failedPercent({ apiId }: Watched): AlarmSpec['watches'] {
  return {
    metrics: { failed: graphqlMetric(apiId, '5XXError', 'Sum'), requests: requestCount(apiId) },
    expression: `IF(failed >= ${MIN_FAILURES}, 100 * failed / requests, 0)`,
  };
}

function serverErrors(watched: Watched): AlarmSpec {
  return {
    id: 'api-server-errors',
    runbook: 'api-server-errors',
    says: 'More than 5 % of GraphQL requests failed on our side for five minutes.',
    does: 'Find the field in the query errors-by-field; if a deployment came just before, take it back.',
    severity: 'page',
    watches: failedPercent(watched),
    periodSeconds: MINUTE,
    evaluationPeriods: 5,
    comparison: 'GreaterThanThreshold',
    threshold: 5,
    missingData: 'notBreaching',
  };
}

function latency({ apiId }: Watched): AlarmSpec {
  const { latencyP95 } = strictest('graphql');
  if (latencyP95 === null) throw new Error('GraphQL operations have no promised latency.');
  return {
    id: 'api-latency',
    runbook: 'api-latency',
    says: `One request in twenty takes longer than ${latencyP95} ms.`,
    does: 'Look for throttled tables and for the slowest requests in the query slowest-operations.',
    severity: 'notice',
    watches: graphqlMetric(apiId, 'Latency', 'p95'),
    periodSeconds: 5 * MINUTE,
    evaluationPeriods: 3,
    comparison: 'GreaterThanThreshold',
    threshold: latencyP95,
    missingData: 'notBreaching',
  };
}

/** The long window says that much is lost, the short one that it goes on; without composite alarms, the long one alone. */
function burns(watched: Watched, withShortWindow: boolean): AlarmSpec[] {
  return burnRules.flatMap((rule) => {
    const long = burn(watched, rule, 'long');
    return withShortWindow ? [long, burn(watched, rule, 'short')] : [long];
  });
}

function burn(watched: Watched, rule: BurnRule, window: 'long' | 'short'): AlarmSpec {
  const { availability } = strictest('graphql');
  const { failurePercent, rate, budgetPercent, longMinutes } = burnOf({ availability }, rule);
  const minutes = window === 'long' ? rule.longMinutes : rule.shortMinutes;
  return {
    id: `error-budget-${rule.name}-${window}`,
    runbook: 'error-budget',
    says: `In ${minutes} minutes, ${failurePercent} % of requests failed: ${rate} times what ${availability} % leaves room for. So ${budgetPercent} % of the month's budget go in ${longMinutes} minutes.`,
    does:
      rule.name === 'fast'
        ? 'Treat it as an outage: find the field in the query errors-by-field, take the last deployment back.'
        : 'Find what fails today; stop risky deployments until it is mended.',
    severity: rule.name === 'fast' ? 'page' : 'notice',
    watches: failedPercent(watched),
    periodSeconds: minutes * MINUTE,
    evaluationPeriods: 1,
    comparison: 'GreaterThanThreshold',
    threshold: failurePercent,
    missingData: 'notBreaching',
  };
}

const THROTTLED = {
  runbook: 'throttled-tables',
  severity: 'notice',
  periodSeconds: 5 * MINUTE,
  evaluationPeriods: 1,
  comparison: 'GreaterThanThreshold',
  threshold: 0,
  missingData: 'notBreaching',
} as const;

/** AppSync tries again by itself, so what is in its log was seen by someone. */
function fieldsThrottled({ namePrefix }: Watched): AlarmSpec {
  return {
    ...THROTTLED,
    id: 'throttled-fields',
    says: 'DynamoDB refused requests for being too many, and fields failed of it.',
    does: 'Find the table on the dashboard tables and the hot key; climb a rung when it is growth.',
    watches: ownMetric(namePrefix, 'ThrottledFields', 'Sum'),
  };
}

function tablesThrottled({ tables }: Watched): AlarmSpec[] {
  return Object.entries(tables).map(([key, tableName]) => ({
    ...THROTTLED,
    id: `throttled-${key}`,
    says: `The table ${key} refused reads or writes for being too many.`,
    does: 'Find the hot key; raise the capacity where it is provisioned; climb a rung when it is growth.',
    watches: {
      metrics: {
        reads: tableMetric(tableName, 'ReadThrottleEvents'),
        writes: tableMetric(tableName, 'WriteThrottleEvents'),
      },
      // A table that is only read has no numbers of throttled writes.
      expression: 'FILL(reads, 0) + FILL(writes, 0)',
    },
  }));
}

function functionErrors(key: string, functionName: string): AlarmSpec {
  return {
    id: `function-errors-${key}`,
    runbook: 'function-errors',
    says: `The function ${key} failed in three of five minutes.`,
    does: 'Read its errors in the query errors-of-functions; what it could not do is tried again for a while.',
    severity: 'notice',
    watches: functionMetric(functionName, 'Errors', 'Sum'),
    periodSeconds: MINUTE,
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
    comparison: 'GreaterThanThreshold',
    threshold: 0,
    missingData: 'notBreaching',
  };
}

function streamLag(key: string, functionName: string): AlarmSpec {
  const { freshnessSeconds } = strictest('streams');
  if (freshnessSeconds === null) throw new Error('What follows streams has no promised freshness.');
  return {
    id: `stream-lag-${key}`,
    runbook: 'stream-lag',
    says: `The function ${key} reads changes that are more than ${freshnessSeconds} s old: what it keeps is out of date.`,
    does: 'See whether it fails, is throttled or has too much to do; nothing is lost for 24 hours.',
    severity: 'notice',
    watches: functionMetric(functionName, 'IteratorAge', 'Maximum'),
    periodSeconds: MINUTE,
    evaluationPeriods: 5,
    comparison: 'GreaterThanThreshold',
    threshold: freshnessSeconds * 1000,
    missingData: 'notBreaching',
  };
}

/** For the queue of what was given up after all attempts. */
export function deadLetterAlarm(key: string, queueName: string): AlarmSpec {
  return {
    id: `given-up-${key}`,
    runbook: 'given-up-work',
    says: `The function ${key} gave work up after all its attempts: it is noted in the queue ${queueName}.`,
    does: 'Find out why, mend it, and do the work again within the days that the queue keeps it.',
    severity: 'notice',
    watches: queueMetric(queueName, 'ApproximateNumberOfMessagesVisible'),
    periodSeconds: 5 * MINUTE,
    evaluationPeriods: 1,
    comparison: 'GreaterThanThreshold',
    threshold: 0,
    missingData: 'notBreaching',
  };
}

/** For a queue of work, whose function may be late with it long before it gives it up. */
export function lateQueue(key: string, { queueName, alarmAgeSeconds }: WorkQueueNames): AlarmSpec {
  return {
    id: `queue-age-${key}`,
    runbook: 'late-queue',
    says: `The oldest message of the queue ${queueName} waits for more than ${alarmAgeSeconds} s.`,
    does: 'See whether its function fails, is throttled or has too much to do.',
    severity: 'notice',
    watches: queueMetric(queueName, 'ApproximateAgeOfOldestMessage'),
    periodSeconds: MINUTE,
    evaluationPeriods: 5,
    comparison: 'GreaterThanThreshold',
    threshold: alarmAgeSeconds,
    missingData: 'notBreaching',
  };
}

function outside({ probe, namePrefix, healthCheckId }: Watched): AlarmSpec[] {
  const failing: AlarmSpec = {
    id: 'probe-failing',
    runbook: 'not-reachable',
    says: 'The API did not answer from outside in three of five minutes.',
    does: 'Ask for serviceStatus yourself; look at AWS Health; take the last deployment back.',
    severity: 'page',
    watches: ownMetric(namePrefix, 'ProbeFailures', 'Sum'),
    periodSeconds: MINUTE,
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
    comparison: 'GreaterThanThreshold',
    threshold: 0,
    missingData: 'breaching',
  };
  const unhealthy = (id: string): AlarmSpec => ({
    id: 'site-unreachable',
    runbook: 'not-reachable',
    says: 'The site does not answer to the health checkers around the world.',
    does: 'Open it yourself; look at the certificate, the DNS records and AWS Health.',
    severity: 'page',
    watches: healthCheckMetric(id),
    periodSeconds: MINUTE,
    evaluationPeriods: 3,
    comparison: 'LessThanThreshold',
    threshold: 1,
    missingData: 'breaching',
  });
  return [...(probe ? [failing] : []), ...(healthCheckId ? [unhealthy(healthCheckId)] : [])];
}

/** Before SES reviews the account, at 5 % of bounces and 0.1 % of complaints, and long before it stops all mail. */
function reputation({ configurationSet }: Watched): AlarmSpec[] {
  const share = (what: 'bounces' | 'complaints', watches: Metric, threshold: number): AlarmSpec => ({
    id: `mail-${what}`,
    runbook: 'mail-reputation',
    says: `More than ${threshold * 100} % of the mails of late ended in ${what}.`,
    does: 'Find which kind of mail it is; stop it if it grows: SES stops all mail of the account in the end.',
    severity: 'notice',
    watches,
    periodSeconds: 60 * MINUTE,
    evaluationPeriods: 1,
    comparison: 'GreaterThanThreshold',
    threshold,
    missingData: 'notBreaching',
  });
  return [
    share('bounces', mailMetric(configurationSet, 'Reputation.BounceRate'), 0.03),
    share('complaints', mailMetric(configurationSet, 'Reputation.ComplaintRate'), 0.0008),
  ];
}

function edge({ distributionId }: Watched): AlarmSpec[] {
  if (!distributionId) return [];
  const { availability } = strictest('edge');
  const [fast] = burnRules;
  if (!fast) throw new Error('There is no rule of burning.');
  return [
    {
      id: 'edge-server-errors',
      runbook: 'edge-server-errors',
      says: `CloudFront answered so many requests with server errors that ${fast.budgetPercent} % of the month's budget go in ${fast.longMinutes} minutes.`,
      does: 'See which path fails; /q/ is the function persistedQuery, the rest are buckets.',
      severity: 'page',
      watches: edgeMetric(distributionId, '5xxErrorRate', 'Average'),
      periodSeconds: 5 * MINUTE,
      evaluationPeriods: 3,
      comparison: 'GreaterThanThreshold',
      threshold: burnOf({ availability }, fast).failurePercent,
      missingData: 'notBreaching',
    },
  ];
}

function composites({ probe, healthCheckId, distributionId }: Watched): CompositeSpec[] {
  return [
    {
      id: 'unavailable',
      runbook: 'unavailable',
      says: 'People cannot use the service: requests fail, or it does not answer at all.',
      does: 'Declare an incident, see which of its alarms ring, and follow their sections.',
      severity: 'page',
      anyOf: [
        ['error-budget-fast-long', 'error-budget-fast-short'],
        ['api-server-errors'],
        ...(probe ? [['probe-failing']] : []),
        ...(healthCheckId ? [['site-unreachable']] : []),
        ...(distributionId ? [['edge-server-errors']] : []),
      ],
    },
    {
      id: 'error-budget-slow',
      runbook: 'error-budget',
      says: 'Requests fail at a rate that uses the budget up before its month ends.',
      does: 'Find what fails today; stop risky deployments until it is mended.',
      severity: 'notice',
      anyOf: [['error-budget-slow-long', 'error-budget-slow-short']],
    },
  ];
}

/** What an alarm says to whom it wakes. @param runbook where the runbook is, without `#`. */
export function description(
  { says, does, runbook: section }: Pick<AlarmSpec, 'says' | 'does' | 'runbook'>,
  runbook: string,
): string {
  return `${says} ${does} ${runbook}#${section}`;
}
