/** What is lost with the resource, by type: what nobody can make again by applying the Terraform. All else is made again. */
export const stateful: Readonly<Record<string, string>> = {
  aws_appsync_graphql_api: 'every client has its address',
  aws_backup_vault: 'the backups in it',
  aws_cloudfront_distribution: 'its domain name, which addresses that were given out have in them',
  aws_cloudfront_public_key: 'cookies that were signed for it',
  aws_cognito_identity_pool: 'the identities of its guests',
  aws_cognito_user_group: 'who is in it',
  aws_cognito_user_pool: 'the accounts and passwords of all members',
  aws_cognito_user_pool_client: 'its id, which every client has, and all sessions',
  aws_cognito_user_pool_domain: 'the address that people sign in at',
  aws_dynamodb_table: 'the items in it',
  aws_kms_key: 'everything that is encrypted with it',
  aws_route53_zone: 'its name servers, which the registrar points to',
  aws_s3_bucket: 'the objects in it',
  aws_sesv2_email_identity: 'its reputation and its DKIM keys',
  aws_sqs_queue: 'the messages in it',
};

/** Requests fail between destroying one of these and making the other. */
export const serving: ReadonlySet<string> = new Set([
  'aws_appsync_datasource',
  'aws_appsync_domain_name',
  'aws_appsync_domain_name_api_association',
  'aws_appsync_function',
  'aws_appsync_resolver',
  'aws_iam_role',
  'aws_iam_role_policy',
  'aws_lambda_event_source_mapping',
  'aws_lambda_function',
  'aws_lambda_permission',
  'aws_route53_record',
  'aws_scheduler_schedule',
]);
