import type { Json } from '../../../../infra/targets.ts';
import type { Severity } from '../finding.ts';

/** An argument that protects something, and which of its changes take that away. */
export interface Protection {
  readonly type: string;
  readonly path: RegExp;
  readonly lost: (before: Json | undefined, after: Json | undefined) => boolean;
  readonly what: string;
  readonly severity: Exclude<Severity, 'safe'>;
}

const gone = (_before: Json | undefined, after: Json | undefined): boolean => after === undefined || after === null;
const off = (before: Json | undefined, after: Json | undefined): boolean => isOn(before) && !isOn(after);
const isOn = (value: Json | undefined): boolean =>
  value !== undefined &&
  value !== null &&
  value !== false &&
  value !== 'Disabled' &&
  value !== 'Suspended' &&
  value !== 'INACTIVE';
const less = (before: Json | undefined, after: Json | undefined): boolean =>
  typeof before === 'number' && (typeof after !== 'number' || (after !== 0 && after < before));
const more = (before: Json | undefined, after: Json | undefined): boolean =>
  typeof before === 'number' && before > 0 && (typeof after !== 'number' || after === 0 || after > before);
const grown = (before: Json | undefined, after: Json | undefined): boolean =>
  JSON.stringify(after ?? []).length > JSON.stringify(before ?? []).length;
const any = (before: Json | undefined, after: Json | undefined): boolean => before !== after;

/** The first that fits counts. */
export const protections: readonly Protection[] = [
  {
    type: 'aws_dynamodb_table',
    path: /^deletion_protection_enabled$/,
    lost: off,
    what: 'the table may be deleted',
    severity: 'blocking',
  },
  {
    type: 'aws_dynamodb_table',
    path: /^point_in_time_recovery(\.enabled)?$/,
    lost: off,
    what: 'the table can no longer be restored to a second',
    severity: 'blocking',
  },
  {
    type: 'aws_dynamodb_table',
    path: /^server_side_encryption(\.enabled|\.kms_key_arn)?$/,
    lost: any,
    what: 'the table is encrypted with another key',
    severity: 'blocking',
  },
  {
    type: 'aws_dynamodb_table',
    path: /^ttl(\.attribute_name|\.enabled)?$/,
    lost: any,
    what: 'other items expire',
    severity: 'blocking',
  },
  {
    type: 'aws_dynamodb_table',
    path: /^stream_(enabled|view_type)$/,
    lost: any,
    what: 'what reads the stream is told less or nothing',
    severity: 'blocking',
  },
  {
    type: 'aws_dynamodb_table',
    path: /^global_secondary_index\.[^.]+$/,
    lost: gone,
    what: 'queries of the index fail',
    severity: 'blocking',
  },
  {
    type: 'aws_dynamodb_table',
    path: /^global_secondary_index\.[^.]+\.(hash_key|range_key|projection_type|non_key_attributes)/,
    lost: any,
    what: 'the index is built anew, and queries of it fail meanwhile',
    severity: 'blocking',
  },
  {
    type: '*',
    path: /^lifecycle(\.prevent_destroy)?$/,
    lost: off,
    what: 'Terraform may destroy it',
    severity: 'blocking',
  },
  {
    type: 'aws_s3_bucket',
    path: /^force_destroy$/,
    lost: (_, after) => after === true,
    what: 'it is emptied when it is destroyed',
    severity: 'blocking',
  },
  {
    type: 'aws_s3_bucket_versioning',
    path: /^versioning_configuration(\.status)?$/,
    lost: off,
    what: 'overwritten objects are lost',
    severity: 'blocking',
  },
  {
    type: 'aws_s3_bucket_public_access_block',
    path: /./,
    lost: off,
    what: 'the bucket may be opened to the public',
    severity: 'blocking',
  },
  {
    type: 'aws_s3_bucket_server_side_encryption_configuration',
    path: /./,
    lost: any,
    what: 'new objects are encrypted in another way',
    severity: 'blocking',
  },
  {
    type: 'aws_s3_bucket_lifecycle_configuration',
    path: /./,
    lost: any,
    what: 'objects are kept for another time',
    severity: 'dangerous',
  },
  {
    type: 'aws_kms_key',
    path: /^(enable_key_rotation|is_enabled)$/,
    lost: off,
    what: 'the key is no longer turned, or no longer usable',
    severity: 'blocking',
  },
  {
    type: 'aws_kms_key',
    path: /^deletion_window_in_days$/,
    lost: less,
    what: 'less time to notice that the key goes',
    severity: 'blocking',
  },
  {
    type: 'aws_cognito_user_pool',
    path: /^deletion_protection$/,
    lost: off,
    what: 'the pool may be deleted',
    severity: 'blocking',
  },
  {
    type: 'aws_cognito_user_pool',
    path: /^schema\./,
    lost: any,
    what: 'attributes of a pool cannot be changed, and applying fails',
    severity: 'blocking',
  },
  {
    type: 'aws_cognito_user_pool',
    path: /^(password_policy|mfa_configuration|user_pool_add_ons)/,
    lost: any,
    what: 'other passwords or factors are asked for',
    severity: 'dangerous',
  },
  {
    type: 'aws_cognito_user_pool_client',
    path: /^(explicit_auth_flows|allowed_oauth_flows|allowed_oauth_scopes|callback_urls)/,
    lost: grown,
    what: 'there are more ways to sign in',
    severity: 'blocking',
  },
  {
    type: 'aws_cognito_identity_pool',
    path: /^(allow_unauthenticated_identities|allow_classic_flow)$/,
    lost: (_, after) => after === true,
    what: 'more callers are given keys',
    severity: 'blocking',
  },
  {
    type: 'aws_appsync_graphql_api',
    path: /^(additional_authentication_provider|authentication_type)/,
    lost: any,
    what: 'other callers are let in',
    severity: 'blocking',
  },
  {
    type: 'aws_appsync_graphql_api',
    path: /^introspection_config$/,
    lost: any,
    what: 'whether anybody may read the schema',
    severity: 'dangerous',
  },
  {
    type: 'aws_appsync_graphql_api',
    path: /^(query_depth_limit|resolver_count_limit)$/,
    lost: more,
    what: 'a request may do more',
    severity: 'dangerous',
  },
  {
    type: 'aws_appsync_graphql_api',
    path: /^(xray_enabled|log_config)/,
    lost: any,
    what: 'less is known of what went wrong',
    severity: 'dangerous',
  },
  {
    type: 'aws_cloudwatch_log_group',
    path: /^retention_in_days$/,
    lost: less,
    what: 'logs are kept for less time',
    severity: 'dangerous',
  },
  {
    type: 'aws_sqs_queue',
    path: /^(redrive_policy|message_retention_seconds)/,
    lost: any,
    what: 'what cannot be handled is kept elsewhere, or for another time',
    severity: 'dangerous',
  },
  {
    type: 'aws_lambda_function',
    path: /^reserved_concurrent_executions$/,
    lost: any,
    what: 'another number of runs at once',
    severity: 'dangerous',
  },
];
