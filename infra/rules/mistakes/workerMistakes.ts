import type { Draft, Mistake } from './draft.ts';

const FUNCTION = 'api/aws_lambda_function.mistake (api/aws_lambda_function.mistake)';
const MAPPING = 'api/aws_lambda_event_source_mapping.mistake (api/aws_lambda_event_source_mapping.mistake)';
const QUEUE = 'api/aws_sqs_queue.mistake (api/aws_sqs_queue.mistake)';
const GROUP = 'api/aws_cloudwatch_log_group.mistake (api/aws_cloudwatch_log_group.mistake)';
const ALARM = 'api/aws_cloudwatch_metric_alarm.mistake (api/aws_cloudwatch_metric_alarm.mistake)';
const SCHEDULE = 'api/aws_scheduler_schedule.mistake (api/aws_scheduler_schedule.mistake)';
const RUNTIMES =
  'nodejs22.x, nodejs24.x, python3.11, python3.12, python3.13, python3.14, java11, java17, java21, java25, dotnet8, dotnet10, ruby3.3, ruby3.4, provided.al2023';
const RETENTIONS =
  '1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653';

/** A function of 60 seconds that takes jobs from a queue. */
function worker({ add }: Draft, queue: Readonly<Record<string, string | number>>): void {
  add('api/aws_lambda_function.mistake', { timeout: 60 });
  add('api/aws_sqs_queue.mistake', queue);
  add('api/aws_lambda_event_source_mapping.mistake', {
    event_source_arn: '${aws_sqs_queue.mistake.arn}',
    function_name: '${aws_lambda_function.mistake.arn}',
  });
}

/** Functions, queues, logs, alarms and schedules. */
export const workerMistakes: readonly Mistake[] = [
  {
    title: 'a function is not traced',
    rule: 'lambda/tracing',
    lines: [
      `${FUNCTION} is not traced: set tracingConfig.mode to 'PassThrough', or 'Active' where it begins the trace`,
    ],
    make: ({ add }) => add('api/aws_lambda_function.mistake', {}),
  },
  {
    title: 'an environment is encrypted with a key of AWS',
    rule: 'lambda/environment-key',
    lines: [`${FUNCTION} has an environment encrypted with a key of AWS: set kmsKeyArn`],
    make: ({ add }) => add('api/aws_lambda_function.mistake', { environment: { variables: { A: 'b' } } }),
  },
  {
    title: 'a runtime does not exist',
    rule: 'lambda/runtime',
    lines: [`${FUNCTION} has the runtime nodejs19.x: use one of ${RUNTIMES}`],
    make: ({ add }) => add('api/aws_lambda_function.mistake', { runtime: 'nodejs19.x' }),
  },
  {
    title: 'a password is in the environment',
    rule: 'lambda/no-secrets',
    lines: [`${FUNCTION} has a secret in MAIL_PASSWORD: keep it in SSM or Secrets Manager and pass its name`],
    make: ({ add }) => add('api/aws_lambda_function.mistake', { environment: { variables: { MAIL_PASSWORD: 'x' } } }),
  },
  {
    title: 'S3 may invoke a function for any customer',
    rule: 'lambda/permission-source',
    lines: [
      'api/aws_lambda_permission.mistake (api/aws_lambda_permission.mistake) lets s3.amazonaws.com invoke for anybody: set sourceArn',
    ],
    make: ({ add }) => add('api/aws_lambda_permission.mistake', { principal: 's3.amazonaws.com' }),
  },
  {
    title: 'a function URL is open',
    rule: 'lambda/url-authorization',
    lines: [
      "api/aws_lambda_function_url.mistake (api/aws_lambda_function_url.mistake) is open to everyone: set authorizationType to 'AWS_IAM' and let CloudFront sign",
    ],
    make: ({ add }) => add('api/aws_lambda_function_url.mistake', { authorization_type: 'NONE' }),
  },
  {
    title: 'events of a schedule that fail are lost',
    rule: 'lambda/async-destination',
    lines: [`${FUNCTION} loses events of aws_scheduler_schedule.mistake that fail: set deadLetterConfig`],
    make: ({ add }) => {
      add('api/aws_lambda_function.mistake', {});
      add('api/aws_scheduler_schedule.mistake', { target: { arn: '${aws_lambda_function.mistake.arn}' } });
    },
  },
  {
    title: 'instances are kept warm by the hour',
    rule: 'lambda/no-provisioned-concurrency',
    lines: [
      'api/aws_lambda_provisioned_concurrency_config.mistake (api/aws_lambda_provisioned_concurrency_config.mistake) keeps instances warm by the hour: remove it; answer by a direct resolver',
    ],
    make: ({ add }) => add('api/aws_lambda_provisioned_concurrency_config.mistake', {}),
  },
  {
    title: 'a function may run for an hour',
    rule: 'lambda/limits',
    lines: [`${FUNCTION} has a timeout of 3600: set it from 1 to 900`],
    make: ({ add }) => add('api/aws_lambda_function.mistake', { timeout: 3_600 }),
  },
  {
    title: 'a stream retries for ever and fails whole batches',
    rule: 'lambda/stream-failures',
    lines: [
      `${MAPPING} fails whole batches: set functionResponseTypes ['ReportBatchItemFailures']`,
      `${MAPPING} retries for ever: set maximumRetryAttempts`,
    ],
    make: ({ add }) => add('api/aws_lambda_event_source_mapping.mistake', { starting_position: 'LATEST' }),
  },
  {
    title: 'a queue does not say that it is encrypted',
    rule: 'sqs/encrypted',
    lines: [`${QUEUE} does not say that it is encrypted: set sqsManagedSseEnabled or kmsMasterKeyId`],
    make: ({ add }) => add('api/aws_sqs_queue.mistake', {}),
  },
  {
    title: 'a queue is encrypted with a key of AWS',
    rule: 'sqs/customer-key',
    lines: [`${QUEUE} is not encrypted with a key of our own: set kmsMasterKeyId`],
    make: ({ add }) => add('api/aws_sqs_queue.mistake', { sqs_managed_sse_enabled: true }),
  },
  {
    title: 'everyone may send to a queue',
    rule: 'sqs/policy',
    lines: [`${QUEUE} allows everyone: name the principal`],
    make: ({ add }) => {
      const Statement = [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }];
      add('api/aws_sqs_queue.mistake', { policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
    },
  },
  {
    title: 'a job comes back while it is still worked on',
    rule: 'sqs/visibility',
    lines: [
      `${MAPPING} takes jobs from aws_sqs_queue.mistake that come back after 30 s, and aws_lambda_function.mistake may take 60 s: set visibilityTimeoutSeconds to 360 or more`,
    ],
    make: (draft) => worker(draft, {}),
  },
  {
    title: 'jobs that always fail stay in the queue',
    rule: 'sqs/dead-letters',
    lines: [`${MAPPING} takes jobs from aws_sqs_queue.mistake, which has no dead-letter queue: set redrivePolicy`],
    make: (draft) => worker(draft, { visibility_timeout_seconds: 360 }),
  },
  {
    title: 'logs are kept for a number of days that does not exist',
    rule: 'logs/retention',
    lines: [`${GROUP} keeps its logs 42 days: set retentionInDays to one of ${RETENTIONS}`],
    make: ({ add }) => add('api/aws_cloudwatch_log_group.mistake', { retention_in_days: 42 }),
  },
  {
    title: 'logs of prod are kept for a week',
    rule: 'logs/retention-year',
    lines: [`${GROUP} keeps its logs 7 days: set logRetentionDays to 365 or more`],
    make: ({ add }) => add('api/aws_cloudwatch_log_group.mistake', { retention_in_days: 7 }),
  },
  {
    title: 'logs are encrypted with a key of AWS',
    rule: 'logs/customer-key',
    lines: [`${GROUP} is encrypted with a key that AWS owns: set kmsKeyId`],
    make: ({ add }) => add('api/aws_cloudwatch_log_group.mistake', { retention_in_days: 365 }),
  },
  {
    title: 'an alarm is silenced',
    rule: 'alarms/actions',
    lines: [`${ALARM} has its actions off: remove actionsEnabled: false`],
    make: ({ add }) => add('api/aws_cloudwatch_metric_alarm.mistake', { actions_enabled: false }),
  },
  {
    title: 'an alarm tells nobody',
    rule: 'alarms/has-action',
    lines: [`${ALARM} tells nobody: set alarmActions`],
    make: ({ add }) => add('api/aws_cloudwatch_metric_alarm.mistake', { alarm_name: 'mistake' }),
  },
  {
    title: 'an alarm does not know what silence means',
    rule: 'alarms/missing-data',
    lines: [`${ALARM} does not say what missing data means: set treatMissingData to 'notBreaching' or 'breaching'`],
    make: ({ add }) => add('api/aws_cloudwatch_metric_alarm.mistake', {}),
  },
  {
    title: 'a schedule is encrypted with a key of AWS',
    rule: 'scheduler/customer-key',
    lines: [`${SCHEDULE} is encrypted with a key of AWS: set kmsKeyArn`],
    make: ({ add }) => add('api/aws_scheduler_schedule.mistake', {}),
  },
  {
    title: 'a schedule has five fields, as cron has elsewhere',
    rule: 'scheduler/expression',
    lines: [
      `${SCHEDULE} has the schedule "cron(0 9 * * *)", which has 5 of the 6 fields of AWS, the year among them: correct the expression`,
    ],
    make: ({ add }) => add('api/aws_scheduler_schedule.mistake', { schedule_expression: 'cron(0 9 * * *)' }),
  },
  {
    title: 'a rate has the wrong number',
    rule: 'scheduler/expression',
    lines: [`${SCHEDULE} has the schedule "rate(5 minute)", whose unit should be minutes: correct the expression`],
    make: ({ add }) => add('api/aws_scheduler_schedule.mistake', { schedule_expression: 'rate(5 minute)' }),
  },
];
