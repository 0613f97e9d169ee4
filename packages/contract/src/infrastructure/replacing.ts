/**
 * The arguments that Terraform's AWS provider cannot change in place ("Forces new resource" in its documentation,
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs): of what is declared here. A path stands for all below it.
 */
export const replacing: Readonly<Record<string, readonly string[]>> = {
  aws_acm_certificate: ['domain_name', 'validation_method'],
  aws_appsync_api_key: ['api_id'],
  aws_appsync_datasource: ['api_id', 'name'],
  aws_appsync_domain_name: ['domain_name', 'certificate_arn'],
  aws_appsync_function: ['api_id'],
  aws_appsync_graphql_api: ['visibility', 'api_type'],
  aws_appsync_resolver: ['api_id', 'type', 'field'],
  aws_backup_vault: ['name', 'kms_key_arn'],
  aws_cloudfront_key_group: [],
  aws_cloudfront_public_key: ['encoded_key', 'name'],
  aws_cloudwatch_log_group: ['name', 'log_group_class'],
  aws_cloudwatch_metric_alarm: ['alarm_name'],
  aws_cognito_identity_pool: ['identity_pool_name', 'developer_provider_name'],
  aws_cognito_user_group: ['name', 'user_pool_id'],
  aws_cognito_user_pool: ['alias_attributes', 'username_attributes', 'username_configuration'],
  aws_cognito_user_pool_client: ['user_pool_id', 'generate_secret'],
  aws_cognito_user_pool_domain: ['domain', 'user_pool_id'],
  aws_dynamodb_table: ['name', 'hash_key', 'range_key', 'local_secondary_index', 'import_table'],
  aws_iam_role: ['name', 'path'],
  aws_iam_role_policy: ['name', 'role'],
  aws_kms_alias: ['name'],
  aws_kms_key: ['key_usage', 'customer_master_key_spec', 'multi_region'],
  aws_lambda_event_source_mapping: ['event_source_arn', 'starting_position'],
  aws_lambda_function: ['function_name', 'package_type'],
  aws_lambda_permission: ['action', 'function_name', 'principal', 'source_arn', 'statement_id'],
  aws_route53_record: ['zone_id', 'name', 'type'],
  aws_route53_zone: ['name'],
  aws_s3_bucket: ['bucket', 'bucket_prefix', 'object_lock_enabled'],
  aws_scheduler_schedule: ['name', 'group_name'],
  aws_sesv2_email_identity: ['email_identity'],
  aws_sns_topic: ['name', 'fifo_topic'],
  aws_sqs_queue: ['name', 'name_prefix', 'fifo_queue'],
  aws_ssm_parameter: ['name'],
};

/** The type of a key's attribute is in another block than the key. */
export const keyAttributes: Readonly<Record<string, readonly string[]>> = {
  aws_dynamodb_table: ['hash_key', 'range_key'],
};
