import { block, number, text } from '../model/json.ts';
import { scheduleProblem } from '../model/schedule.ts';
import { resourceRule, type Rule } from '../rule.ts';

const LOG_GROUP = ['aws_cloudwatch_log_group'] as const;
/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTIONS = new Set([
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]);

/** Logs, alarms and schedules. */
export const operations: readonly Rule[] = [
  resourceRule({
    id: 'logs/retention',
    scanners: ['CKV_AWS_66'],
    reason:
      'Logs without an end are paid for and kept for ever, which nobody has agreed to. Only some numbers of days exist.',
    types: LOG_GROUP,
    inspect: ({ args }) => {
      const days = number(args.retention_in_days);
      if (days !== undefined && RETENTIONS.has(days)) return undefined;
      const problem = days === undefined || days === 0 ? 'keeps its logs for ever' : `keeps its logs ${days} days`;
      return { problem, fix: `set retentionInDays to one of ${[...RETENTIONS].join(', ')}` };
    },
  }),
  resourceRule({
    id: 'logs/retention-year',
    scanners: ['CKV_AWS_338'],
    reason: 'An intrusion is found months later; the logs of the time still exist.',
    types: LOG_GROUP,
    inspect: ({ args }) => {
      const days = number(args.retention_in_days) ?? 0;
      return RETENTIONS.has(days) && days < 365
        ? { problem: `keeps its logs ${days} days`, fix: 'set logRetentionDays to 365 or more' }
        : undefined;
    },
  }),
  resourceRule({
    id: 'logs/customer-key',
    scanners: ['CKV_AWS_158', 'AWS-0017'],
    reason: 'With a key of our own, access to the logs can be seen and ended in one place.',
    types: LOG_GROUP,
    inspect: ({ args }) =>
      text(args.kms_key_id) === ''
        ? { problem: 'is encrypted with a key that AWS owns', fix: 'set kmsKeyId' }
        : undefined,
  }),
  resourceRule({
    id: 'alarms/actions',
    scanners: ['CKV_AWS_319'],
    reason: 'An alarm that tells nobody is a drawing.',
    types: ['aws_cloudwatch_metric_alarm', 'aws_cloudwatch_composite_alarm'],
    inspect: ({ args }) =>
      args.actions_enabled === false
        ? { problem: 'has its actions off', fix: 'remove actionsEnabled: false' }
        : undefined,
  }),
  resourceRule({
    id: 'alarms/has-action',
    scanners: [],
    reason: 'An alarm tells somebody, or is part of a composite alarm that does.',
    types: ['aws_cloudwatch_metric_alarm', 'aws_cloudwatch_composite_alarm'],
    inspect: (alarm, { ofType }) => {
      const actions = alarm.args.alarm_actions;
      const composed = ofType('aws_cloudwatch_composite_alarm').some(({ args }) => names(text(args.alarm_rule), alarm));
      return composed || (Array.isArray(actions) && actions.length > 0)
        ? undefined
        : { problem: 'tells nobody', fix: 'set alarmActions' };
    },
  }),
  resourceRule({
    id: 'alarms/missing-data',
    scanners: [],
    reason: 'Nobody calling is not an incident, and a canary that stopped is one: each alarm says which it is.',
    types: ['aws_cloudwatch_metric_alarm'],
    inspect: ({ args }) =>
      ['breaching', 'notBreaching', 'ignore'].includes(text(args.treat_missing_data))
        ? undefined
        : {
            problem: 'does not say what missing data means',
            fix: "set treatMissingData to 'notBreaching' or 'breaching'",
          },
  }),
  resourceRule({
    id: 'scheduler/customer-key',
    scanners: ['CKV_AWS_297'],
    reason: 'With a key of our own, access to what schedules send can be ended in one place.',
    types: ['aws_scheduler_schedule'],
    inspect: ({ args }) =>
      text(args.kms_key_arn) === '' ? { problem: 'is encrypted with a key of AWS', fix: 'set kmsKeyArn' } : undefined,
  }),
  resourceRule({
    id: 'scheduler/expression',
    scanners: [],
    reason: 'EventBridge refuses what it cannot read; Terraform does not look.',
    types: [
      'aws_scheduler_schedule',
      'aws_cloudwatch_event_rule',
      'aws_synthetics_canary',
      'aws_appautoscaling_scheduled_action',
      'aws_backup_plan',
    ],
    inspect: ({ type, args }) => {
      const written = expressionsOf(type, args);
      return written.flatMap((expression) => {
        const problem = scheduleProblem(expression);
        return problem
          ? [{ problem: `has the schedule "${expression}", ${problem}`, fix: 'correct the expression' }]
          : [];
      });
    },
  }),
];

function expressionsOf(type: string, args: Parameters<typeof block>[0] & object): readonly string[] {
  const own = block(args);
  const rules = Array.isArray(own.rule) ? own.rule : [];
  const written =
    type === 'aws_synthetics_canary'
      ? [block(own.schedule).expression]
      : type === 'aws_backup_plan'
        ? rules.map((rule) => block(rule).schedule)
        : [own.schedule_expression ?? own.schedule];
  return written.flatMap((each) => (typeof each === 'string' ? [each] : []));
}

/** Rules name alarms by name or by reference: `ALARM(${aws_cloudwatch_metric_alarm.x.alarm_name})`. */
function names(
  rule: string,
  { address, args }: { address: string; args: { readonly alarm_name?: unknown } | object },
): boolean {
  const name = 'alarm_name' in args ? String(args.alarm_name) : '';
  return rule.includes(`${address}.`) || (name !== '' && rule.includes(name));
}
