import { blocksOf, type Resource, type TerraformGraph, textOf } from '../diagram/terraformGraph.ts';
import { MONTH_HOURS } from './arithmetic.ts';
import type { Usage } from './line.ts';
import type { PriceName } from './prices.ts';

/** What a resource costs by the hour or month, whether it is used or not. */
interface FixedPrice {
  /** By the hour, which the lowest rung has nothing of. */
  readonly hourly: boolean;
  readonly usages: (resource: Resource, graph: TerraformGraph) => readonly Usage[];
}

const CACHE_PRICES: Readonly<Record<string, PriceName>> = {
  SMALL: 'appsyncCacheSmall',
  MEDIUM: 'appsyncCacheMedium',
  LARGE: 'appsyncCacheLarge',
  XLARGE: 'appsyncCacheXlarge',
  LARGE_2X: 'appsyncCacheLarge2x',
  LARGE_4X: 'appsyncCacheLarge4x',
  LARGE_8X: 'appsyncCacheLarge8x',
  LARGE_12X: 'appsyncCacheLarge12x',
};

/** AppSync's metrics of a resolver, and of a data source: requests, errors and latency (enhanced metrics). */
const METRICS_EACH = 3;

const fixedPrices: Readonly<Record<string, FixedPrice>> = {
  aws_appsync_api_cache: {
    hourly: true,
    usages: ({ args }) => {
      const price = CACHE_PRICES[textOf(args['type'])];
      if (!price) throw new Error(`the cache size ${textOf(args['type'])} has no price in infra/bill/prices.ts`);
      return [{ service: 'AppSync cache', price, amount: MONTH_HOURS, what: `${textOf(args['type'])} cache` }];
    },
  },
  aws_appautoscaling_target: {
    hourly: true,
    // The least that is provisioned; what more is used under load is the load's.
    usages: ({ args, id }) => {
      const reads = textOf(args['scalable_dimension']).includes('Read');
      const price = reads ? 'dynamodbReadHour' : 'dynamodbWriteHour';
      return [
        {
          service: 'DynamoDB requests',
          price,
          amount: Number(args['min_capacity']) * MONTH_HOURS,
          what: `least capacity of ${id}`,
        },
      ];
    },
  },
  aws_dynamodb_contributor_insights: monthly(({ id }) => [
    { service: 'CloudWatch', price: 'dynamodbInsightsRule', amount: 2, what: `contributor insights of ${id}` },
  ]),
  aws_wafv2_web_acl: monthly(({ args, id }) => [
    { service: 'WAF', price: 'wafAcl', amount: 1, what: `web ACL ${id}` },
    { service: 'WAF', price: 'wafRule', amount: blocksOf(args['rule']).length, what: `rules of ${id}` },
  ]),
  aws_cloudwatch_metric_alarm: monthly(({ args }) => {
    // An alarm over an expression is billed by the metrics in it.
    const metrics = blocksOf(args['metric_query']).filter(({ metric }) => metric !== undefined).length;
    return [{ service: 'CloudWatch', price: 'alarm', amount: Math.max(1, metrics), what: 'alarms' }];
  }),
  aws_cloudwatch_composite_alarm: monthly(() => [
    { service: 'CloudWatch', price: 'compositeAlarm', amount: 1, what: 'composite alarms' },
  ]),
  aws_cloudwatch_dashboard: monthly(() => [
    { service: 'CloudWatch', price: 'dashboard', amount: 1, what: 'dashboards' },
  ]),
  aws_cloudwatch_log_metric_filter: monthly(() => [
    { service: 'CloudWatch', price: 'metric', amount: 1, what: 'metrics made from logs' },
  ]),
  aws_kms_key: monthly(({ id }) => [{ service: 'KMS', price: 'kmsKey', amount: 1, what: `key ${id}` }]),
  aws_route53_zone: monthly(() => [{ service: 'Route 53', price: 'zone', amount: 1, what: 'hosted zone' }]),
  aws_route53_health_check: monthly(() => [
    { service: 'Route 53', price: 'healthCheck', amount: 1, what: 'health check from outside' },
  ]),
  aws_secretsmanager_secret: monthly(() => [{ service: 'Other', price: 'secret', amount: 1, what: 'secrets' }]),
  aws_synthetics_canary: monthly(({ args, id }) => {
    const [, minutes] = /^rate\((\d+) minutes?\)$/.exec(textOf(blocksOf(args['schedule'])[0]?.['expression'])) ?? [];
    if (!minutes) throw new Error(`the schedule of the canary ${id} is not a rate in minutes`);
    return [
      { service: 'CloudWatch', price: 'canaryRun', amount: (MONTH_HOURS * 60) / Number(minutes), what: `canary ${id}` },
    ];
  }),
  aws_appsync_graphql_api: monthly(({ args }, graph) => {
    const [metrics = {}] = blocksOf(args['enhanced_metrics_config']);
    const counted = [
      ...(metrics['resolver_level_metrics_behavior'] === 'FULL_REQUEST_RESOLVER_METRICS'
        ? ['aws_appsync_resolver']
        : []),
      ...(metrics['data_source_level_metrics_behavior'] === 'FULL_REQUEST_DATA_SOURCE_METRICS'
        ? ['aws_appsync_datasource']
        : []),
    ];
    return counted.map((type) => ({
      service: 'CloudWatch',
      price: 'metric',
      amount: METRICS_EACH * graph.ofType(type).length,
      what: `metrics of each ${type.replace('aws_appsync_', '')}`,
    }));
  }),
};

function monthly(usages: FixedPrice['usages']): FixedPrice {
  return { hourly: false, usages };
}

/** What costs nothing while nobody uses it. What is used of them is in `usage.ts`. */
const free: ReadonlySet<string> = new Set([
  'aws_acm_certificate',
  'aws_acm_certificate_validation',
  'aws_appautoscaling_policy',
  'aws_appautoscaling_scheduled_action',
  'aws_appsync_api_key',
  'aws_appsync_datasource',
  'aws_appsync_domain_name',
  'aws_appsync_domain_name_api_association',
  'aws_appsync_function',
  'aws_appsync_resolver',
  'aws_backup_plan',
  'aws_backup_selection',
  'aws_backup_vault',
  'aws_budgets_budget',
  'aws_cloudfront_cache_policy',
  'aws_cloudfront_distribution',
  'aws_cloudfront_function',
  'aws_cloudfront_key_group',
  'aws_cloudfront_origin_access_control',
  'aws_cloudfront_origin_request_policy',
  'aws_cloudfront_public_key',
  'aws_cloudfront_response_headers_policy',
  // The first trail of management events is free; of data, it records what persons do.
  'aws_cloudtrail',
  'aws_cloudwatch_log_delivery',
  'aws_cloudwatch_log_delivery_destination',
  'aws_cloudwatch_log_delivery_source',
  'aws_cloudwatch_log_group',
  'aws_cloudwatch_log_resource_policy',
  'aws_cloudwatch_log_subscription_filter',
  'aws_cloudwatch_query_definition',
  'aws_cognito_identity_pool',
  'aws_cognito_identity_pool_roles_attachment',
  'aws_cognito_identity_provider',
  'aws_cognito_user_group',
  'aws_cognito_user_pool',
  'aws_cognito_user_pool_client',
  'aws_cognito_user_pool_domain',
  'aws_dynamodb_table',
  // By what questions read; a catalog of a million objects is free.
  'aws_athena_workgroup',
  'aws_glue_catalog_database',
  'aws_glue_catalog_table',
  'aws_iam_openid_connect_provider',
  'aws_iam_policy',
  'aws_iam_role',
  'aws_iam_role_policy',
  'aws_iam_role_policy_attachment',
  'aws_kms_alias',
  'aws_lambda_alias',
  'aws_lambda_event_source_mapping',
  'aws_lambda_function',
  'aws_lambda_function_recursion_config',
  'aws_lambda_function_url',
  'aws_lambda_permission',
  'aws_route53_record',
  'aws_s3_bucket',
  'aws_s3_bucket_cors_configuration',
  'aws_s3_bucket_lifecycle_configuration',
  'aws_s3_bucket_notification',
  'aws_s3_bucket_ownership_controls',
  'aws_s3_bucket_policy',
  'aws_s3_bucket_public_access_block',
  'aws_s3_bucket_server_side_encryption_configuration',
  'aws_s3_bucket_versioning',
  'aws_s3_object',
  'aws_scheduler_schedule',
  'aws_ses_template',
  'aws_sesv2_configuration_set',
  'aws_sesv2_email_identity',
  'aws_sns_topic',
  'aws_sns_topic_policy',
  'aws_sns_topic_subscription',
  'aws_sqs_queue',
  'aws_sqs_queue_policy',
  // Standard parameters, at the standard rate.
  'aws_ssm_parameter',
  'aws_wafv2_web_acl_association',
  'aws_wafv2_web_acl_logging_configuration',
  'aws_xray_sampling_rule',
]);

/**
 * What the resources cost without any traffic.
 * @throws Error for a type that nobody has priced: a forgotten one would be a bill that is too low.
 */
export function fixedUsages(graph: TerraformGraph): readonly Usage[] {
  const unpriced = [...new Set(graph.resources.map(({ type }) => type))].filter(
    (type) => !free.has(type) && !Object.hasOwn(fixedPrices, type),
  );
  if (unpriced.length > 0)
    throw new Error(`nobody has said what ${unpriced.join(', ')} cost: add a row to infra/bill/fixed.ts`);
  return graph.resources.flatMap((resource) => fixedPrices[resource.type]?.usages(resource, graph) ?? []);
}

/** Resources with a price by the hour, as `api.aws_appsync_api_cache.cache`. */
export function hourlyResources(graph: TerraformGraph): readonly string[] {
  const provisioned = graph.ofType('aws_dynamodb_table').filter(({ args }) => args['billing_mode'] === 'PROVISIONED');
  const hourly = graph.resources.filter(({ type }) => fixedPrices[type]?.hourly);
  const warm = graph.resources.filter(({ type }) => type === 'aws_lambda_provisioned_concurrency_config');
  return [...provisioned, ...hourly, ...warm].map(({ stack, type, id }) => `${stack}.${type}.${id}`);
}
