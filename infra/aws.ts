/**
 * The only file that imports cdktf or a provider. Deep paths, because the provider's index loads every AWS resource
 * (seconds and hundreds of megabytes). `cdktn` has the same classes: to move there, change the two package names here.
 */
export {
  App,
  LocalBackend,
  S3Backend,
  TerraformElement,
  TerraformOutput,
  TerraformResource,
  type TerraformResourceLifecycle,
  TerraformStack,
  TerraformVariable,
} from 'cdktf';
export { Construct } from 'constructs';
export { AcmCertificateValidation } from '@cdktf/provider-aws/lib/acm-certificate-validation/index.js';
export { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate/index.js';
export { AppautoscalingPolicy } from '@cdktf/provider-aws/lib/appautoscaling-policy/index.js';
export { AppautoscalingScheduledAction } from '@cdktf/provider-aws/lib/appautoscaling-scheduled-action/index.js';
export { AppautoscalingTarget } from '@cdktf/provider-aws/lib/appautoscaling-target/index.js';
export { AppsyncApiCache } from '@cdktf/provider-aws/lib/appsync-api-cache/index.js';
export { AppsyncApiKey } from '@cdktf/provider-aws/lib/appsync-api-key/index.js';
export { AppsyncDatasource } from '@cdktf/provider-aws/lib/appsync-datasource/index.js';
export { AppsyncDomainNameApiAssociation } from '@cdktf/provider-aws/lib/appsync-domain-name-api-association/index.js';
export { AppsyncDomainName } from '@cdktf/provider-aws/lib/appsync-domain-name/index.js';
export { AppsyncFunction } from '@cdktf/provider-aws/lib/appsync-function/index.js';
export { AppsyncGraphqlApi } from '@cdktf/provider-aws/lib/appsync-graphql-api/index.js';
export { AppsyncResolver } from '@cdktf/provider-aws/lib/appsync-resolver/index.js';
export { AthenaWorkgroup } from '@cdktf/provider-aws/lib/athena-workgroup/index.js';
export { BackupPlan } from '@cdktf/provider-aws/lib/backup-plan/index.js';
export { BackupSelection } from '@cdktf/provider-aws/lib/backup-selection/index.js';
export { BackupVault } from '@cdktf/provider-aws/lib/backup-vault/index.js';
export { BudgetsBudget } from '@cdktf/provider-aws/lib/budgets-budget/index.js';
export { CloudfrontCachePolicy } from '@cdktf/provider-aws/lib/cloudfront-cache-policy/index.js';
export {
  CloudfrontDistribution,
  type CloudfrontDistributionConfig,
} from '@cdktf/provider-aws/lib/cloudfront-distribution/index.js';
export { CloudfrontKeyGroup } from '@cdktf/provider-aws/lib/cloudfront-key-group/index.js';
export { CloudfrontOriginAccessControl } from '@cdktf/provider-aws/lib/cloudfront-origin-access-control/index.js';
export { CloudfrontPublicKey } from '@cdktf/provider-aws/lib/cloudfront-public-key/index.js';
export { CloudfrontResponseHeadersPolicy } from '@cdktf/provider-aws/lib/cloudfront-response-headers-policy/index.js';
export { Cloudtrail } from '@cdktf/provider-aws/lib/cloudtrail/index.js';
export { CloudwatchCompositeAlarm } from '@cdktf/provider-aws/lib/cloudwatch-composite-alarm/index.js';
export { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard/index.js';
export { CloudwatchLogDeliveryDestination } from '@cdktf/provider-aws/lib/cloudwatch-log-delivery-destination/index.js';
export { CloudwatchLogDeliverySource } from '@cdktf/provider-aws/lib/cloudwatch-log-delivery-source/index.js';
export { CloudwatchLogDelivery } from '@cdktf/provider-aws/lib/cloudwatch-log-delivery/index.js';
export { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
export { CloudwatchLogMetricFilter } from '@cdktf/provider-aws/lib/cloudwatch-log-metric-filter/index.js';
export { CloudwatchLogSubscriptionFilter } from '@cdktf/provider-aws/lib/cloudwatch-log-subscription-filter/index.js';
export { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js';
export { CloudwatchQueryDefinition } from '@cdktf/provider-aws/lib/cloudwatch-query-definition/index.js';
export {
  CognitoIdentityProvider,
  type CognitoIdentityProviderConfig,
} from '@cdktf/provider-aws/lib/cognito-identity-provider/index.js';
export { CognitoIdentityPool } from '@cdktf/provider-aws/lib/cognito-identity-pool/index.js';
export { CognitoIdentityPoolRolesAttachment } from '@cdktf/provider-aws/lib/cognito-identity-pool-roles-attachment/index.js';
export { CognitoUserGroup } from '@cdktf/provider-aws/lib/cognito-user-group/index.js';
export { CognitoUserPoolClient } from '@cdktf/provider-aws/lib/cognito-user-pool-client/index.js';
export { CognitoUserPoolDomain } from '@cdktf/provider-aws/lib/cognito-user-pool-domain/index.js';
export { CognitoUserPool } from '@cdktf/provider-aws/lib/cognito-user-pool/index.js';
export { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity/index.js';
export { DataAwsIamOpenidConnectProvider } from '@cdktf/provider-aws/lib/data-aws-iam-openid-connect-provider/index.js';
export { DynamodbContributorInsights } from '@cdktf/provider-aws/lib/dynamodb-contributor-insights/index.js';
export { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table/index.js';
export { GlueCatalogDatabase } from '@cdktf/provider-aws/lib/glue-catalog-database/index.js';
export { GlueCatalogTable } from '@cdktf/provider-aws/lib/glue-catalog-table/index.js';
export { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider/index.js';
export { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js';
export { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
export { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
export { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias/index.js';
export { KmsKey } from '@cdktf/provider-aws/lib/kms-key/index.js';
export { LambdaAlias } from '@cdktf/provider-aws/lib/lambda-alias/index.js';
export { LambdaEventSourceMapping } from '@cdktf/provider-aws/lib/lambda-event-source-mapping/index.js';
export { LambdaFunctionUrl } from '@cdktf/provider-aws/lib/lambda-function-url/index.js';
export { LambdaFunctionRecursionConfig } from '@cdktf/provider-aws/lib/lambda-function-recursion-config/index.js';
export { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function/index.js';
export { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission/index.js';
export { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
export { Route53HealthCheck } from '@cdktf/provider-aws/lib/route53-health-check/index.js';
export { Route53Record } from '@cdktf/provider-aws/lib/route53-record/index.js';
export { Route53Zone } from '@cdktf/provider-aws/lib/route53-zone/index.js';
export { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js';
export { S3BucketCorsConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-cors-configuration/index.js';
export { S3BucketNotification } from '@cdktf/provider-aws/lib/s3-bucket-notification/index.js';
export { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls/index.js';
export { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy/index.js';
export { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js';
export { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js';
export { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning/index.js';
export { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket/index.js';
export { S3Object } from '@cdktf/provider-aws/lib/s3-object/index.js';
export { SchedulerSchedule } from '@cdktf/provider-aws/lib/scheduler-schedule/index.js';
export { SesTemplate } from '@cdktf/provider-aws/lib/ses-template/index.js';
export { Sesv2ConfigurationSet } from '@cdktf/provider-aws/lib/sesv2-configuration-set/index.js';
export { Sesv2EmailIdentity } from '@cdktf/provider-aws/lib/sesv2-email-identity/index.js';
export { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy/index.js';
export { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription/index.js';
export { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic/index.js';
export { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy/index.js';
export { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue/index.js';
export { SsmParameter } from '@cdktf/provider-aws/lib/ssm-parameter/index.js';
export { Wafv2WebAclAssociation } from '@cdktf/provider-aws/lib/wafv2-web-acl-association/index.js';
export { Wafv2WebAclLoggingConfiguration } from '@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration/index.js';
export { Wafv2WebAcl } from '@cdktf/provider-aws/lib/wafv2-web-acl/index.js';
export { XraySamplingRule } from '@cdktf/provider-aws/lib/xray-sampling-rule/index.js';
