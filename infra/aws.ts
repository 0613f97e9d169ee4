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
  TerraformStack,
} from 'cdktf';
export { Construct } from 'constructs';
export { AppsyncApiKey } from '@cdktf/provider-aws/lib/appsync-api-key/index.js';
export { AppsyncDatasource } from '@cdktf/provider-aws/lib/appsync-datasource/index.js';
export { AppsyncFunction } from '@cdktf/provider-aws/lib/appsync-function/index.js';
export { AppsyncGraphqlApi } from '@cdktf/provider-aws/lib/appsync-graphql-api/index.js';
export { AppsyncResolver } from '@cdktf/provider-aws/lib/appsync-resolver/index.js';
export { CloudfrontDistribution } from '@cdktf/provider-aws/lib/cloudfront-distribution/index.js';
export { CloudfrontOriginAccessControl } from '@cdktf/provider-aws/lib/cloudfront-origin-access-control/index.js';
export { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
export { CognitoUserGroup } from '@cdktf/provider-aws/lib/cognito-user-group/index.js';
export { CognitoUserPool } from '@cdktf/provider-aws/lib/cognito-user-pool/index.js';
export { CognitoUserPoolClient } from '@cdktf/provider-aws/lib/cognito-user-pool-client/index.js';
export { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity/index.js';
export { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table/index.js';
export { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
export { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
export { LambdaEventSourceMapping } from '@cdktf/provider-aws/lib/lambda-event-source-mapping/index.js';
export { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function/index.js';
export { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
export { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket/index.js';
export { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js';
export { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy/index.js';
export { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js';
