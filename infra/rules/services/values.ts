import { blocks, number, type Block, type Json } from '../model/json.ts';
import type { Resource } from '../model/system.ts';
import type { Fault, Rule } from '../rule.ts';
import { resourceRule } from '../rule.ts';

/** `type path` to the words that AWS takes there; a dot enters a nested block. From the API reference of each service. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  'aws_appsync_api_cache api_caching_behavior': [
    'FULL_REQUEST_CACHING',
    'PER_RESOLVER_CACHING',
    'OPERATION_LEVEL_CACHING',
  ],
  'aws_appsync_api_cache type': [
    ...['SMALL', 'MEDIUM', 'LARGE', 'XLARGE', 'LARGE_2X', 'LARGE_4X', 'LARGE_8X', 'LARGE_12X'],
  ],
  'aws_appsync_datasource type': [
    ...['NONE', 'AMAZON_DYNAMODB', 'AWS_LAMBDA', 'HTTP', 'AMAZON_EVENTBRIDGE', 'AMAZON_OPENSEARCH_SERVICE'],
    ...['RELATIONAL_DATABASE', 'AMAZON_BEDROCK_RUNTIME'],
  ],
  'aws_appsync_graphql_api introspection_config': ['ENABLED', 'DISABLED'],
  'aws_appsync_graphql_api visibility': ['GLOBAL', 'PRIVATE'],
  'aws_appsync_graphql_api user_pool_config.default_action': ['ALLOW', 'DENY'],
  'aws_appsync_resolver kind': ['UNIT', 'PIPELINE'],
  'aws_cloudfront_function runtime': ['cloudfront-js-1.0', 'cloudfront-js-2.0'],
  'aws_cloudfront_origin_access_control origin_access_control_origin_type': [
    's3',
    'lambda',
    'mediastore',
    'mediapackagev2',
  ],
  'aws_cloudfront_origin_access_control signing_behavior': ['always', 'never', 'no-override'],
  'aws_cloudfront_origin_access_control signing_protocol': ['sigv4'],
  'aws_cloudwatch_metric_alarm comparison_operator': [
    ...['GreaterThanOrEqualToThreshold', 'GreaterThanThreshold', 'LessThanThreshold', 'LessThanOrEqualToThreshold'],
    ...['LessThanLowerOrGreaterThanUpperThreshold', 'LessThanLowerThreshold', 'GreaterThanUpperThreshold'],
  ],
  'aws_cloudwatch_metric_alarm statistic': ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'],
  'aws_cognito_user_pool deletion_protection': ['ACTIVE', 'INACTIVE'],
  'aws_cognito_user_pool mfa_configuration': ['ON', 'OFF', 'OPTIONAL'],
  'aws_cognito_user_pool user_pool_tier': ['LITE', 'ESSENTIALS', 'PLUS'],
  'aws_cognito_user_pool_client explicit_auth_flows': [
    ...[
      'ALLOW_USER_SRP_AUTH',
      'ALLOW_REFRESH_TOKEN_AUTH',
      'ALLOW_USER_PASSWORD_AUTH',
      'ALLOW_CUSTOM_AUTH',
      'ALLOW_USER_AUTH',
    ],
    'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  ],
  'aws_dynamodb_table attribute.type': ['S', 'N', 'B'],
  'aws_dynamodb_table billing_mode': ['PAY_PER_REQUEST', 'PROVISIONED'],
  'aws_dynamodb_table global_secondary_index.projection_type': ['ALL', 'KEYS_ONLY', 'INCLUDE'],
  'aws_dynamodb_table stream_view_type': ['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES', ''],
  'aws_dynamodb_table table_class': ['STANDARD', 'STANDARD_INFREQUENT_ACCESS'],
  'aws_lambda_event_source_mapping function_response_types': ['ReportBatchItemFailures'],
  'aws_lambda_event_source_mapping starting_position': ['TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP'],
  'aws_lambda_function architectures': ['arm64', 'x86_64'],
  'aws_lambda_function logging_config.log_format': ['JSON', 'Text'],
  'aws_lambda_function tracing_config.mode': ['Active', 'PassThrough'],
  'aws_s3_bucket_lifecycle_configuration rule.status': ['Enabled', 'Disabled'],
  'aws_s3_bucket_versioning versioning_configuration.status': ['Enabled', 'Suspended', 'Disabled'],
  'aws_scheduler_schedule flexible_time_window.mode': ['OFF', 'FLEXIBLE'],
  'aws_scheduler_schedule state': ['ENABLED', 'DISABLED'],
  'aws_wafv2_web_acl scope': ['CLOUDFRONT', 'REGIONAL'],
};

/** `type path` to the numbers that AWS takes there. */
const RANGES: Readonly<Record<string, readonly [from: number, to: number]>> = {
  'aws_appsync_api_cache ttl': [1, 3_600],
  'aws_appsync_function max_batch_size': [0, 2_000],
  'aws_appsync_resolver caching_config.ttl': [1, 3_600],
  'aws_appsync_resolver max_batch_size': [0, 2_000],
  'aws_cognito_user_pool password_policy.temporary_password_validity_days': [0, 365],
  'aws_cognito_user_pool_client auth_session_validity': [3, 15],
  'aws_dynamodb_table point_in_time_recovery.recovery_period_in_days': [1, 35],
  'aws_kms_key deletion_window_in_days': [7, 30],
  'aws_kms_key rotation_period_in_days': [90, 2_560],
  'aws_lambda_event_source_mapping batch_size': [1, 10_000],
  'aws_lambda_event_source_mapping maximum_batching_window_in_seconds': [0, 300],
  'aws_lambda_event_source_mapping maximum_retry_attempts': [-1, 10_000],
  'aws_lambda_event_source_mapping parallelization_factor': [1, 10],
  'aws_lambda_event_source_mapping scaling_config.maximum_concurrency': [2, 1_000],
  'aws_scheduler_schedule retry_policy.maximum_retry_attempts': [0, 185],
  'aws_scheduler_schedule target.retry_policy.maximum_retry_attempts': [0, 185],
  'aws_sqs_queue delay_seconds': [0, 900],
  'aws_sqs_queue message_retention_seconds': [60, 1_209_600],
  'aws_sqs_queue receive_wait_time_seconds': [0, 20],
  'aws_sqs_queue visibility_timeout_seconds': [0, 43_200],
};

const typesOf = (table: Readonly<Record<string, unknown>>) => [
  ...new Set(Object.keys(table).map((key) => key.split(' ')[0] ?? '')),
];

export const values: readonly Rule[] = [
  resourceRule({
    id: 'values/words',
    scanners: [],
    reason: 'The bindings take any text where AWS takes one of a few words.',
    types: typesOf(WORDS),
    inspect: (resource) => overRows(WORDS, resource, wordFault),
  }),
  resourceRule({
    id: 'values/ranges',
    scanners: [],
    reason: 'The bindings take any number where AWS takes a range.',
    types: typesOf(RANGES),
    inspect: (resource) => overRows(RANGES, resource, rangeFault),
  }),
];

function overRows<T>(
  table: Readonly<Record<string, T>>,
  { type, args }: Resource,
  fault: (path: string, value: Json, row: T) => Fault | undefined,
): readonly Fault[] {
  return Object.entries(table).flatMap(([key, row]) => {
    const [of, path = ''] = key.split(' ');
    if (of !== type) return [];
    return valuesAt([args], path.split('.')).flatMap((value) => fault(path, value, row) ?? []);
  });
}

function valuesAt(within: readonly Block[], [first = '', ...rest]: readonly string[]): readonly Json[] {
  if (rest.length > 0)
    return valuesAt(
      within.flatMap((each) => blocks(each[first])),
      rest,
    );
  return within.flatMap((each) => {
    const value = each[first];
    return value === undefined ? [] : Array.isArray(value) ? (value as readonly Json[]) : [value];
  });
}

function wordFault(path: string, value: Json, words: readonly string[]): Fault | undefined {
  if (typeof value === 'string' && (words.includes(value) || value.startsWith('${'))) return undefined;
  return {
    problem: `has "${String(value)}" in ${path}`,
    fix: `use one of ${words.filter((word) => word !== '').join(', ')}`,
  };
}

function rangeFault(path: string, value: Json, [from, to]: readonly [number, number]): Fault | undefined {
  if (typeof value === 'string' && value.startsWith('${')) return undefined;
  const size = number(value);
  return size !== undefined && Number.isInteger(size) && size >= from && size <= to
    ? undefined
    : { problem: `has ${String(value)} in ${path}`, fix: `set it from ${from} to ${to}` };
}
