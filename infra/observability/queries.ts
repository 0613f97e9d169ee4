/** Names of log groups. */
export interface LogGroups {
  readonly api: string;
  readonly functions: readonly string[];
}

/** A question to the logs that is asked again and again. */
export interface SavedQuery {
  readonly id: string;
  readonly title: string;
  readonly logGroupNames: readonly string[];
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html */
  readonly text: string;
}

/** A query takes at most 50 groups. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
export function savedQueries({ api, functions }: LogGroups): readonly SavedQuery[] {
  return [
    {
      id: 'slowest-operations',
      title: 'The slowest requests; latency is in nanoseconds',
      logGroupNames: [api],
      text: lines(
        'filter logType = "RequestSummary"',
        'fields @timestamp, requestId, statusCode, latency / 1000000 as milliseconds',
        'sort milliseconds desc',
        'limit 25',
      ),
    },
    {
      id: 'errors-by-field',
      title: 'Fields that answered with an error, most often first',
      logGroupNames: [api],
      text: lines(
        'filter ispresent(resolverArn) and fieldInError',
        'stats count(*) as errors, earliest(@timestamp) as first, latest(@timestamp) as last by resolverArn',
        'sort errors desc',
        'limit 25',
      ),
    },
    {
      id: 'denied-permissions',
      title: 'What callers or roles were not allowed to do',
      logGroupNames: [api, ...functions],
      text: lines(
        'filter @message like /Unauthorized|AccessDenied|not authorized to perform/',
        'fields @timestamp, @log, @message',
        'sort @timestamp desc',
        'limit 50',
      ),
    },
    {
      id: 'errors-of-functions',
      title: 'What functions logged as errors, most often first',
      logGroupNames: functions,
      text: lines(
        'filter level in ["ERROR", "FATAL"]',
        'stats count(*) as errors, latest(@message) as example by @log, errorType',
        'sort errors desc',
        'limit 25',
      ),
    },
    {
      id: 'cold-starts',
      title: 'How many invocations started an environment, and for how long',
      logGroupNames: functions,
      text: lines(
        'filter type = "platform.report"',
        'stats count(*) as invocations, count(record.metrics.initDurationMs) as started, max(record.metrics.initDurationMs) as slowestMs, max(record.metrics.maxMemoryUsedMB) as memoryMB by @log',
        'sort started desc',
      ),
    },
  ];
}

function lines(...parts: readonly string[]): string {
  return parts.join('\n| ');
}
