import {
  apiAttributes,
  apiKeyAttributes,
  dataSourceAttributes,
  functionAttributes,
  resolverAttributes,
} from './resources/appsync.ts';
import {
  clientAttributes,
  domainAttributes,
  groupAttributes,
  identityProviderAttributes,
  identityPoolAttributes,
  identityRolesAttributes,
  userPoolAttributes,
} from './resources/cognito.ts';
import { eventBusAttributes } from './resources/eventBridge.ts';
import { tableAttributes } from './resources/dynamodb.ts';
import { roleAttributes, rolePolicyAttributes } from './resources/iam.ts';
import {
  distributionAttributes,
  logGroupAttributes,
  named,
  oidcProviderAttributes,
  onlyAnId,
  publicKeyAttributes,
} from './resources/inert.ts';
import { apiDomainAttributes, certificateAttributes, recordAttributes, zoneAttributes } from './resources/names.ts';
import {
  aliasAttributes,
  eventInvokeConfigAttributes,
  eventSourceMappingAttributes,
  functionUrlAttributes,
  lambdaFunctionAttributes,
} from './resources/lambda.ts';
import { ofQueueAttributes, queueAttributes } from './resources/sqs.ts';
import type { ResourceType } from './resources/resourceType.ts';
import { bucketAttributes, objectAttributes, ofBucket } from './resources/s3.ts';
import { scheduleAttributes } from './resources/scheduler.ts';
import {
  accountSuppressionAttributes,
  configurationSetAttributes,
  emailIdentityAttributes,
  templateAttributes,
} from './resources/ses.ts';
import { parameterAttributes } from './resources/ssm.ts';

/**
 * Every resource type that is known here and who needs it. Nothing is added because AWS has it: a test fails on an entry
 * that neither the backend's Terraform nor the test application declares.
 */
export const supportedResources: Readonly<Record<string, ResourceType>> = {
  aws_appsync_api_cache: runs('AppSync', onlyAnId, 'infra'),
  aws_appsync_api_key: runs('AppSync', apiKeyAttributes),
  aws_appsync_datasource: runs('AppSync', dataSourceAttributes),
  aws_appsync_function: runs('AppSync', functionAttributes, 'infra'),
  aws_appsync_graphql_api: runs('AppSync', apiAttributes),
  aws_appsync_resolver: runs('AppSync', resolverAttributes),
  aws_cloudfront_cache_policy: runs('CloudFront', onlyAnId, 'infra'),
  aws_cloudfront_distribution: runs('CloudFront', distributionAttributes, 'infra'),
  aws_cloudfront_key_group: runs('CloudFront', onlyAnId, 'infra'),
  aws_cloudfront_origin_access_control: runs('CloudFront', onlyAnId, 'infra'),
  aws_cloudfront_public_key: runs('CloudFront', publicKeyAttributes, 'infra'),
  aws_cloudfront_response_headers_policy: runs('CloudFront', onlyAnId, 'infra'),
  aws_cloudwatch_event_bus: runs('EventBridge', eventBusAttributes, 'test application'),
  aws_cloudwatch_log_group: runs('CloudWatch Logs', logGroupAttributes),
  aws_cognito_identity_provider: runs('Cognito', identityProviderAttributes, 'infra'),
  aws_cognito_identity_pool: runs('Cognito', identityPoolAttributes, 'infra'),
  aws_cognito_identity_pool_roles_attachment: runs('Cognito', identityRolesAttributes, 'infra'),
  aws_cognito_user_group: runs('Cognito', groupAttributes, 'infra'),
  aws_cognito_user_pool: runs('Cognito', userPoolAttributes, 'infra'),
  aws_cognito_user_pool_domain: runs('Cognito', domainAttributes, 'infra'),
  aws_cognito_user_pool_client: runs('Cognito', clientAttributes, 'infra'),
  aws_dynamodb_table: runs('DynamoDB', tableAttributes),
  aws_iam_role: runs('IAM', roleAttributes),
  aws_iam_role_policy: runs('IAM', rolePolicyAttributes),
  aws_lambda_alias: runs('Lambda', aliasAttributes, 'infra'),
  aws_lambda_event_source_mapping: runs('Lambda', eventSourceMappingAttributes),
  aws_lambda_function: runs('Lambda', lambdaFunctionAttributes),
  aws_lambda_function_event_invoke_config: runs('Lambda', eventInvokeConfigAttributes, 'test application'),
  aws_lambda_function_url: runs('CloudFront', functionUrlAttributes, 'infra'),
  aws_lambda_permission: runs('IAM', onlyAnId),
  aws_scheduler_schedule: runs('EventBridge Scheduler', scheduleAttributes),
  aws_ses_template: runs('SES', templateAttributes),
  aws_sesv2_account_suppression_attributes: runs('SES', accountSuppressionAttributes, 'test application'),
  aws_sesv2_configuration_set: runs('SES', configurationSetAttributes),
  aws_sesv2_email_identity: runs('SES', emailIdentityAttributes),
  aws_sqs_queue: runs('SQS', queueAttributes),
  aws_sqs_queue_policy: runs('SQS', ofQueueAttributes),
  aws_sqs_queue_redrive_allow_policy: runs('SQS', ofQueueAttributes, 'test application'),
  aws_s3_bucket: runs('S3', bucketAttributes),
  aws_s3_bucket_cors_configuration: runs('S3', ofBucket),
  aws_s3_bucket_lifecycle_configuration: runs('S3', ofBucket),
  aws_s3_bucket_notification: runs('S3', ofBucket),
  aws_s3_bucket_ownership_controls: runs('S3', ofBucket),
  aws_s3_bucket_policy: runs('S3', ofBucket),
  aws_s3_bucket_public_access_block: runs('S3', ofBucket),
  aws_s3_bucket_server_side_encryption_configuration: runs('S3', ofBucket),
  aws_s3_bucket_versioning: runs('S3', ofBucket),
  aws_s3_object: runs('S3', objectAttributes),
  aws_ssm_parameter: runs('SSM', parameterAttributes),
  aws_acm_certificate: inert('this machine serves plain HTTP on loopback', certificateAttributes),
  aws_acm_certificate_validation: inert('this machine serves plain HTTP on loopback', onlyAnId),
  aws_appautoscaling_policy: inert('tables here take all that the machine gives', onlyAnId),
  aws_appautoscaling_scheduled_action: inert('tables here take all that the machine gives', onlyAnId),
  aws_appautoscaling_target: inert('tables here take all that the machine gives', onlyAnId),
  aws_appsync_domain_name: inert('the API is on localhost', apiDomainAttributes),
  aws_appsync_domain_name_api_association: inert('the API is on localhost', onlyAnId),
  aws_athena_workgroup: inert('files of the warehouse are written here and asked by nobody', onlyAnId),
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
  aws_cloudwatch_log_metric_filter: inert('log lines are not counted here', onlyAnId),
  aws_cloudwatch_log_subscription_filter: inert('log lines go to their group and no further', onlyAnId),
  aws_cloudwatch_metric_alarm: inert('there are no metrics here to watch', onlyAnId),
  aws_cloudwatch_query_definition: inert('groups are searched by filter patterns alone', onlyAnId),
  aws_dynamodb_contributor_insights: inert('keys that are read most are not counted here', onlyAnId),
  aws_glue_catalog_database: inert('belongs to Athena', onlyAnId),
  aws_glue_catalog_table: inert('belongs to Athena', onlyAnId),
  aws_iam_openid_connect_provider: inert('nobody deploys to this machine', oidcProviderAttributes),
  aws_iam_role_policy_attachment: inert("for roles that only AWS's own services act as", onlyAnId),
  aws_kms_alias: inert('belongs to KMS', named('kms', 'alias')),
  aws_kms_key: inert(
    "the machine's own disk encryption protects what is stored here; its policy counts",
    named('kms', 'key'),
  ),
  aws_lambda_function_recursion_config: inert('a function here may go on by itself as long as it likes', onlyAnId),
  aws_route53_health_check: inert('nobody asks for this machine from outside', onlyAnId),
  aws_route53_record: inert('names of this machine are localhost', recordAttributes),
  aws_route53_zone: inert('names of this machine are localhost', zoneAttributes),
  aws_sns_topic: inert('nobody is told of alarms, of which there are none here', named('sns', '')),
  aws_sns_topic_policy: inert('belongs to SNS', onlyAnId),
  aws_sns_topic_subscription: inert('belongs to SNS', onlyAnId),
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
