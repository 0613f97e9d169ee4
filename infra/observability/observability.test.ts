import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type FunctionSpec, lambdaFunctions } from '../functions.ts';
import { rungNames, type RungName } from '../rungs.ts';
import { synthesizeTarget } from '../targets.ts';
import { repository } from '../testing/application.ts';
import { ofType, resourcesOf, statementsOf, type Resource } from '../testing/terraform.ts';

/** Every resource of prod, by rung. */
const prod = new Map<RungName, readonly Resource[]>();

beforeAll(async () => {
  for (const rung of rungNames) prod.set(rung, resourcesOf((await synthesizeTarget({ stage: 'prod', rung })).files));
}, 120_000);

function at(rung: RungName, type?: string): readonly Resource[] {
  const all = prod.get(rung) ?? [];
  return type ? ofType(all, type) : all;
}

/** Functions by what calls them. */
const rows = Object.entries<FunctionSpec>(lambdaFunctions);
const keysOf = (chosen: (spec: FunctionSpec) => boolean) =>
  rows.flatMap(([key, spec]) => (chosen(spec) ? key : [])).sort();
const followingStreams = keysOf(({ streams }) => streams !== undefined);
const workingOnQueues = keysOf(({ queue }) => queue !== undefined);
const called = keysOf(({ streams, queue }) => streams === undefined && queue === undefined);

const ids = (resources: readonly Resource[]) => resources.map(({ id }) => id).sort();
const alarmsAt = (rung: RungName) => at(rung, 'aws_cloudwatch_metric_alarm');
const compositesAt = (rung: RungName) => at(rung, 'aws_cloudwatch_composite_alarm');

interface Query {
  readonly metric?: { readonly dimensions?: Readonly<Record<string, string>> };
}
const queriesOf = ({ args }: Resource) => (args.metric_query ?? []) as readonly Query[];

/** What AWS asks money for: https://aws.amazon.com/cloudwatch/pricing/ */
const metricsRead = (alarm: Resource) => Math.max(1, queriesOf(alarm).filter(({ metric }) => metric).length);

/** The kinds of monitoring that a system of this size has, and what each is here. */
const KINDS: Readonly<Record<string, (resource: Resource) => boolean>> = {
  'metrics of what runs: functions and tables': ({ type, id }) =>
    type === 'aws_cloudwatch_dashboard' && (id === 'functions' || id === 'tables'),
  'the whole at a glance': ({ type, id }) => type === 'aws_cloudwatch_dashboard' && id === 'api',
  'analysis of logs': ({ type }) => type === 'aws_cloudwatch_query_definition',
  'telling people of incidents': ({ type, args }) =>
    type === 'aws_sns_topic_subscription' && args.protocol === 'lambda',
  'reporting of errors': ({ type }) => type === 'aws_cloudwatch_log_subscription_filter',
  'a limit of spending': ({ type }) => type === 'aws_budgets_budget',
};
const FROM_OUTSIDE: Readonly<Record<string, (resource: Resource) => boolean>> = {
  'the API from outside': ({ type, id }) => type === 'aws_scheduler_schedule' && id === 'probe',
  'the site from around the world': ({ type }) => type === 'aws_route53_health_check',
};

describe('monitoring', () => {
  test.each(rungNames)('has one resource of each kind at %s', (rung) => {
    for (const [kind, is] of Object.entries(KINDS)) expect([kind, at(rung).some(is)]).toEqual([kind, true]);
  });

  test.each(rungNames)('asks from outside from users++ on: %s', (rung) => {
    const expected = rung !== 'users' && rung !== 'users+';
    for (const [kind, is] of Object.entries(FROM_OUTSIDE)) expect([kind, at(rung).some(is)]).toEqual([kind, expected]);
  });

  test('records who changed the account and which persons touched data from users+ on, and never what the service reads', () => {
    expect(at('users', 'aws_cloudtrail')).toEqual([]);
    const [trail] = at('users+', 'aws_cloudtrail');
    const selectors = trail?.args.advanced_event_selector as { field_selector: Record<string, unknown>[] }[];
    const data = selectors.filter(({ field_selector }) =>
      field_selector.some(({ equals }) => String(equals) === 'Data'),
    );
    expect(data).toHaveLength(2);
    for (const { field_selector } of data) {
      const who = field_selector.find(({ field }) => field === 'userIdentity.arn');
      expect(JSON.stringify(who?.not_starts_with)).toMatch(/:assumed-role\/hiroba-prod-"\]$/);
      // CloudFront and CloudTrail itself have no ARN: without this, the trail would record its own writing.
      expect(who?.starts_with).toHaveLength(2);
    }
  });
});

describe('alarms', () => {
  test('are few at the lowest rung', () => {
    const found = ids(alarmsAt('users'));
    const kinds = ['given_up_', 'stream_lag_', 'queue_age_', 'function_errors_'];
    const [givenUp, lag, late, errors] = kinds.map((kind) => found.filter((id) => id.startsWith(kind)));
    expect(found.filter((id) => !kinds.some((kind) => id.startsWith(kind)))).toEqual([
      'api_latency',
      'api_server_errors',
      'error_budget_fast_long',
      'error_budget_slow_long',
      'throttled_fields',
    ]);
    expect(lag).toEqual(followingStreams.map((key) => `stream_lag_${key}`));
    expect(late).toEqual(workingOnQueues.map((key) => `queue_age_${key}`));
    expect(givenUp).toEqual(
      [...followingStreams, ...workingOnQueues, 'incidents'].map((key) => `given_up_${key}`).sort(),
    );
    expect(errors).toEqual([...called, 'incidents', 'persistedQuery'].map((key) => `function_errors_${key}`).sort());
    expect(compositesAt('users')).toEqual([]);
    // At $0.10 each, ten of them free: $4 a month at most.
    expect(alarmsAt('users').reduce((sum, alarm) => sum + metricsRead(alarm), 0)).toBeLessThanOrEqual(50);
  });

  test('are for each table, function and queue from users+ on', () => {
    const found = ids(alarmsAt('users+'));
    const of = (kind: string) => found.filter((id) => id.startsWith(kind)).length;
    expect(of('throttled_')).toBe(8);
    expect(of('function_errors_')).toBe(Object.keys(lambdaFunctions).length + 2);
    expect(of('queue_age_')).toBe(workingOnQueues.length);
  });

  test('are combined from users++ on, so that one outage is one message', () => {
    const rules = Object.fromEntries(compositesAt('users++').map(({ id, args }) => [id, String(args.alarm_rule)]));
    const ring = (id: string) => `ALARM("\${aws_cloudwatch_metric_alarm.${id}.alarm_name}")`;
    expect(rules).toEqual({
      unavailable: [
        `(${ring('error_budget_fast_long')} AND ${ring('error_budget_fast_short')})`,
        `(${ring('api_server_errors')})`,
        `(${ring('probe_failing')})`,
        `(${ring('site_unreachable')})`,
        `(${ring('edge_server_errors')})`,
      ].join(' OR '),
      error_budget_slow: `(${ring('error_budget_slow_long')} AND ${ring('error_budget_slow_short')})`,
    });
  });

  test.each(rungNames)(
    'tell someone of their beginning and end, by themselves or as part of another, at %s',
    (rung) => {
      const rules = compositesAt(rung)
        .map(({ args }) => String(args.alarm_rule))
        .join();
      for (const { id, args } of [...alarmsAt(rung), ...compositesAt(rung)]) {
        const part = rules.includes(`aws_cloudwatch_metric_alarm.${id}.alarm_name`);
        const told = [args.alarm_actions, args.ok_actions].every(
          (actions) => Array.isArray(actions) && actions.length === 1,
        );
        expect([id, part, told]).toEqual([id, part, !part]);
      }
    },
  );

  test('call a person where the rung does, and only for what cannot wait', () => {
    const paging = (rung: RungName) =>
      ids(
        [...alarmsAt(rung), ...compositesAt(rung)].filter(({ args }) =>
          JSON.stringify(args.alarm_actions ?? '').includes('aws_sns_topic.pages'),
        ),
      );
    expect(paging('users+++')).toEqual([]);
    expect(paging('users++++')).toEqual(['unavailable']);
    expect(ids(at('users+++', 'aws_sns_topic'))).toEqual(['notices']);
  });

  test('burn as fast as the objective of 99.9 % says', () => {
    const thresholds = alarmsAt('users++')
      .filter(({ id }) => id.startsWith('error_budget'))
      .map(({ id, args }) => [
        id,
        args.threshold,
        (args.metric_query as { metric?: { period: number } }[])[0]?.metric?.period,
      ]);
    expect(thresholds).toEqual([
      ['error_budget_fast_long', 1.44, 3600],
      ['error_budget_fast_short', 1.44, 300],
      ['error_budget_slow_long', 0.6, 21600],
      ['error_budget_slow_short', 0.6, 1800],
    ]);
  });

  test.each(rungNames)('look at no more than a day, and at what there is, at %s', (rung) => {
    const named = new Set(
      ['aws_dynamodb_table', 'aws_sqs_queue', 'aws_lambda_function'].flatMap((type) =>
        at(rung, type).map(({ args }) => String(args.function_name ?? args.name)),
      ),
    );
    for (const alarm of alarmsAt(rung)) {
      const period = Number(
        alarm.args.period ?? (queriesOf(alarm)[0]?.metric as { period?: number } | undefined)?.period,
      );
      expect([alarm.id, period * Number(alarm.args.evaluation_periods) <= 86_400]).toEqual([alarm.id, true]);
      const dimensions = [
        (alarm.args.dimensions ?? {}) as Record<string, string>,
        ...queriesOf(alarm).map(({ metric }) => metric?.dimensions ?? {}),
      ];
      const names = dimensions.flatMap(({ TableName, QueueName, FunctionName }) => [
        TableName,
        QueueName,
        FunctionName,
      ]);
      const unknown = names.filter((name) => name !== undefined && !name.startsWith('${') && !named.has(name));
      expect([alarm.id, unknown]).toEqual([alarm.id, []]);
    }
  });
});

describe('incidents', () => {
  test('are told by a function whose channel is in no Terraform', () => {
    for (const rung of rungNames) {
      const parameters = at(rung, 'aws_ssm_parameter').map(({ args }) => String(args.name));
      expect(parameters.filter((name) => name.includes('incidents'))).toEqual([]);
      const adapter = at(rung, 'aws_lambda_function').find(({ id }) => id === 'incidents');
      const { variables } = adapter?.args.environment as { variables: Record<string, string> };
      expect(variables.CHANNEL_PARAMETER).toBe('/hiroba-prod/incidents/channel');
      expect(JSON.stringify(variables)).not.toContain('://');
    }
  });

  test('may come from alarms and budgets of this account, encrypted from users+ on', () => {
    const [policy] = at('users', 'aws_sns_topic_policy');
    expect(statementsOf(policy?.args.policy)[0]).toMatchObject({
      Principal: { Service: ['budgets.amazonaws.com', 'cloudwatch.amazonaws.com'] },
      Action: 'sns:Publish',
      Condition: { StringEquals: { 'aws:SourceAccount': '${data.aws_caller_identity.current.account_id}' } },
    });
    expect(at('users', 'aws_sns_topic')[0]?.args.kms_master_key_id).toBeUndefined();
    expect(at('users+', 'aws_sns_topic')[0]?.args.kms_master_key_id).toBe('${aws_kms_key.operations.arn}');
  });

  test.each(rungNames)('are kept in a queue when nobody could be told, at %s', (rung) => {
    const adapter = at(rung, 'aws_lambda_function').find(({ id }) => id === 'incidents');
    expect(adapter?.args.dead_letter_config).toEqual({ target_arn: '${aws_sqs_queue.incidents_undelivered.arn}' });
    const rights = at(rung, 'aws_iam_role_policy').find(({ id }) => id === 'incidents');
    const actions = statementsOf(rights?.args.policy).flatMap(({ Action }) => Action);
    expect(actions).toEqual(expect.arrayContaining(['sqs:SendMessage', 'ssm:GetParameter']));
  });
});

describe('logs', () => {
  test.each(rungNames)('tell of the errors of each function but the one that tells, at %s', (rung) => {
    const functions = ids(at(rung, 'aws_lambda_function')).filter((id) => id !== 'incidents');
    expect(ids(at(rung, 'aws_cloudwatch_log_subscription_filter'))).toEqual([...functions, 'graphql'].sort());
    const permitted = at(rung, 'aws_lambda_permission').filter(({ args }) => args.principal === 'logs.amazonaws.com');
    expect(permitted).toHaveLength(functions.length + 1);
    expect(permitted.filter(({ args }) => !args.source_arn || !args.source_account)).toEqual([]);
  });

  test.each(rungNames)('are forgotten after a time, and encrypted from users+ on, at %s', (rung) => {
    const groups = at(rung, 'aws_cloudwatch_log_group').filter(({ stack }) => stack === 'observability');
    expect(groups.length).toBeGreaterThan(0);
    for (const { args } of groups) {
      expect(args.retention_in_days).toBe(365);
      expect(args.kms_key_id === undefined).toBe(rung === 'users');
    }
  });

  test('are asked saved questions', () => {
    expect(ids(at('users', 'aws_cloudwatch_query_definition'))).toEqual([
      'cold_starts',
      'denied_permissions',
      'errors_by_field',
      'errors_of_functions',
      'slowest_operations',
    ]);
    for (const { args } of at('users', 'aws_cloudwatch_query_definition')) {
      expect((args.log_group_names as string[]).length).toBeLessThanOrEqual(50);
      expect(args.name).toMatch(/^hiroba-prod\/[a-z-]+$/);
    }
  });
});

describe('spending', () => {
  test.each([
    ['users', '45.0'],
    ['users+', '487.0'],
    ['users+++++', '589858.0'],
  ] as const)('is told of at %s when it passes $%s a month', (rung, limit) => {
    const [budget] = at(rung, 'aws_budgets_budget');
    expect(budget?.args).toMatchObject({ limit_amount: limit, limit_unit: 'USD', time_unit: 'MONTHLY' });
    expect(budget?.args.notification).toHaveLength(3);
  });
});

const runbook = readFileSync(join(repository, 'docs/runbook.md'), 'utf8');

/** As GitHub makes an anchor of a heading. */
const anchors = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading = '']) =>
  heading
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-'),
);

/** How to be told, what tells without an alarm, and what a queue of work will have. */
const WITHOUT_ALARM = ['who-is-told', 'late-queue', 'errors', 'spending'];

const LINK = /^.{60,} https:\/\/github\.com\/hiroba-social\/hiroba\/blob\/main\/docs\/runbook\.md#([a-z-]+)$/;

const descriptionsAt = (rung: RungName) =>
  [...alarmsAt(rung), ...compositesAt(rung)].map(({ args }) => String(args.alarm_description));

describe('the runbook', () => {
  test.each(rungNames)('has a section for each alarm at %s', (rung) => {
    for (const description of descriptionsAt(rung)) {
      const [, anchor] = LINK.exec(description) ?? [];
      expect([description, anchors.includes(anchor ?? 'none')]).toEqual([description, true]);
      expect(description.length).toBeLessThanOrEqual(1024);
    }
  });

  test('has no section that no alarm leads to', () => {
    const led = rungNames.flatMap(descriptionsAt).map((description) => description.split('#').at(-1) ?? '');
    const reachable = new Set([...led, ...WITHOUT_ALARM]);
    expect(anchors.filter((anchor) => !reachable.has(anchor))).toEqual([]);
  });

  test.each(['Symptom', 'Look', 'Do'])('says **%s.** in each section', (part) => {
    const sections = runbook
      .split(/^## /m)
      .slice(1)
      .filter((section) => !section.startsWith('Who is told'));
    const without = sections.filter((section) => !section.includes(`**${part}.**`));
    expect(without.map((section) => section.split('\n')[0])).toEqual([]);
  });

  test('leads within itself to sections that it has', () => {
    const links = [...runbook.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor);
    expect(links.length).toBeGreaterThan(3);
    expect(links.filter((anchor) => !anchors.includes(anchor))).toEqual([]);
  });
});
