import {
  apiAttributes,
  apiKeyAttributes,
  dataSourceAttributes,
  functionAttributes,
  resolverAttributes,
} from './resources/appsync.ts';
import { clientAttributes, groupAttributes, userPoolAttributes } from './resources/cognito.ts';
import { tableAttributes } from './resources/dynamodb.ts';
import { roleAttributes, rolePolicyAttributes } from './resources/iam.ts';
import {
  bucketAttributes,
  distributionAttributes,
  logGroupAttributes,
  named,
  oidcProviderAttributes,
  onlyAnId,
  queueAttributes,
} from './resources/inert.ts';
import { apiDomainAttributes, certificateAttributes, recordAttributes, zoneAttributes } from './resources/names.ts';
import {
  aliasAttributes,
  eventSourceMappingAttributes,
  functionUrlAttributes,
  lambdaFunctionAttributes,
} from './resources/lambda.ts';
import type { ResourceType } from './resources/resourceType.ts';

/**
 * Every resource type that is known here and who needs it. Nothing is added because AWS has it: a test fails on an entry
 * that neither the backend's Terraform nor the test application declares.
 */
export const supportedResources: Readonly<Record<string, ResourceType>> = {
  aws_appsync_api_key: runs('AppSync', apiKeyAttributes),
  aws_appsync_datasource: runs('AppSync', dataSourceAttributes),
  aws_appsync_function: runs('AppSync', functionAttributes, 'infra'),
  aws_appsync_graphql_api: runs('AppSync', apiAttributes),
  aws_appsync_resolver: runs('AppSync', resolverAttributes),
  aws_cloudfront_cache_policy: runs('CloudFront', onlyAnId, 'infra'),
  aws_cloudfront_distribution: runs('CloudFront', distributionAttributes, 'infra'),
  aws_cloudfront_origin_access_control: runs('CloudFront', onlyAnId, 'infra'),
  aws_cloudfront_response_headers_policy: runs('CloudFront', onlyAnId, 'infra'),
  aws_cognito_user_group: runs('Cognito', groupAttributes, 'infra'),
  aws_cognito_user_pool: runs('Cognito', userPoolAttributes, 'infra'),
  aws_cognito_user_pool_client: runs('Cognito', clientAttributes, 'infra'),
  aws_dynamodb_table: runs('DynamoDB', tableAttributes),
  aws_iam_role: runs('IAM', roleAttributes),
  aws_iam_role_policy: runs('IAM', rolePolicyAttributes),
  aws_lambda_alias: runs('Lambda', aliasAttributes, 'infra'),
  aws_lambda_event_source_mapping: runs('Lambda', eventSourceMappingAttributes),
  aws_lambda_function: runs('Lambda', lambdaFunctionAttributes),
  aws_lambda_function_url: runs('CloudFront', functionUrlAttributes, 'infra'),
  aws_lambda_permission: runs('IAM', onlyAnId, 'infra'),
  aws_acm_certificate: inert('this machine serves plain HTTP on loopback', certificateAttributes),
  aws_acm_certificate_validation: inert('this machine serves plain HTTP on loopback', onlyAnId),
  aws_appautoscaling_policy: inert('tables here take all that the machine gives', onlyAnId),
  aws_appautoscaling_scheduled_action: inert('tables here take all that the machine gives', onlyAnId),
  aws_appautoscaling_target: inert('tables here take all that the machine gives', onlyAnId),
  aws_appsync_api_cache: inert('every request is answered anew, so nothing here is stale', onlyAnId),
  aws_appsync_domain_name: inert('the API is on localhost', apiDomainAttributes),
  aws_appsync_domain_name_api_association: inert('the API is on localhost', onlyAnId),
  aws_backup_plan: inert('data here is a folder, which is copied as files are', named('backup', 'backup-plan')),
  aws_backup_selection: inert('belongs to AWS Backup', onlyAnId),
  aws_backup_vault: inert('belongs to AWS Backup', named('backup', 'backup-vault')),
  aws_budgets_budget: inert('nothing here costs money', onlyAnId),
  aws_cloudtrail: inert('calls of the AWS endpoint are told in the terminal', onlyAnId),
  aws_cloudwatch_composite_alarm: inert('belongs to the alarms', onlyAnId),
  aws_cloudwatch_dashboard: inert('there are no metrics here to draw', onlyAnId),
  aws_cloudwatch_log_delivery: inert('the log of the edge is not written here', onlyAnId),
  aws_cloudwatch_log_delivery_destination: inert(
    'the log of the edge is not written here',
    named('logs', 'delivery-destination'),
  ),
  aws_cloudwatch_log_delivery_source: inert(
    'the log of the edge is not written here',
    named('logs', 'delivery-source'),
  ),
  aws_cloudwatch_log_group: inert('log lines go to the terminal', logGroupAttributes),
  aws_cloudwatch_log_metric_filter: inert('log lines are not counted here', onlyAnId),
  aws_cloudwatch_log_subscription_filter: inert('log lines go to the terminal and no further', onlyAnId),
  aws_cloudwatch_metric_alarm: inert('there are no metrics here to watch', onlyAnId),
  aws_cloudwatch_query_definition: inert('log lines go to the terminal, which searches them', onlyAnId),
  aws_dynamodb_contributor_insights: inert('keys that are read most are not counted here', onlyAnId),
  aws_iam_openid_connect_provider: inert('nobody deploys to this machine', oidcProviderAttributes),
  aws_iam_role_policy_attachment: inert("for roles that only AWS's own services act as", onlyAnId),
  aws_kms_alias: inert('belongs to KMS', named('kms', 'alias')),
  aws_kms_key: inert("the machine's own disk encryption protects what is stored here", named('kms', 'key')),
  aws_route53_health_check: inert('nobody asks for this machine from outside', onlyAnId),
  aws_route53_record: inert('names of this machine are localhost', recordAttributes),
  aws_route53_zone: inert('names of this machine are localhost', zoneAttributes),
  aws_s3_bucket: inert('objects are not stored here yet; what needs them refuses', bucketAttributes),
  aws_s3_bucket_lifecycle_configuration: inert('belongs to S3', onlyAnId),
  aws_s3_bucket_ownership_controls: inert('belongs to S3', onlyAnId),
  aws_s3_bucket_policy: inert('belongs to S3', onlyAnId),
  aws_s3_bucket_public_access_block: inert('belongs to S3', onlyAnId),
  aws_s3_bucket_server_side_encryption_configuration: inert('belongs to S3', onlyAnId),
  aws_s3_bucket_versioning: inert('belongs to S3', onlyAnId),
  aws_scheduler_schedule: inert('what runs by the clock on AWS is not started here', onlyAnId),
  aws_sns_topic: inert('nobody is told of alarms, of which there are none here', named('sns', '')),
  aws_sns_topic_policy: inert('belongs to SNS', onlyAnId),
  aws_sns_topic_subscription: inert('belongs to SNS', onlyAnId),
  aws_sqs_queue: inert('batches that are given up are told in the terminal', queueAttributes),
  aws_wafv2_web_acl: inert('requests of this machine are not limited', named('wafv2', 'webacl')),
  aws_wafv2_web_acl_association: inert('belongs to WAF', onlyAnId),
  aws_wafv2_web_acl_logging_configuration: inert('belongs to WAF', onlyAnId),
  aws_xray_sampling_rule: inert('requests are told in the terminal', onlyAnId),
};

function runs(
  service: string,
  attributes: ResourceType['attributes'],
  neededBy: ResourceType['neededBy'] = 'infra, test application',
): ResourceType {
  return { status: 'runs', note: service, neededBy, attributes };
}

function inert(note: string, attributes: ResourceType['attributes']): ResourceType {
  return { status: 'inert', note, neededBy: 'infra', attributes };
}
