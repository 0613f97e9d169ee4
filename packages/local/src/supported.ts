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
import { bucketAttributes, distributionAttributes, logGroupAttributes, onlyAnId } from './resources/inert.ts';
import { eventSourceMappingAttributes, lambdaFunctionAttributes } from './resources/lambda.ts';
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
  aws_cognito_user_group: runs('Cognito', groupAttributes, 'infra'),
  aws_cognito_user_pool: runs('Cognito', userPoolAttributes, 'infra'),
  aws_cognito_user_pool_client: runs('Cognito', clientAttributes, 'infra'),
  aws_dynamodb_table: runs('DynamoDB', tableAttributes),
  aws_iam_role: runs('IAM', roleAttributes),
  aws_iam_role_policy: runs('IAM', rolePolicyAttributes),
  aws_lambda_event_source_mapping: runs('Lambda', eventSourceMappingAttributes),
  aws_lambda_function: runs('Lambda', lambdaFunctionAttributes),
  aws_cloudfront_distribution: inert('a browser on this machine needs no edge', distributionAttributes),
  aws_cloudfront_origin_access_control: inert('belongs to CloudFront', onlyAnId),
  aws_cloudwatch_log_group: inert('log lines go to the terminal', logGroupAttributes),
  aws_s3_bucket: inert('objects are not stored here yet; what needs them refuses', bucketAttributes),
  aws_s3_bucket_lifecycle_configuration: inert('belongs to S3', onlyAnId),
  aws_s3_bucket_policy: inert('belongs to S3', onlyAnId),
  aws_s3_bucket_public_access_block: inert('belongs to S3', onlyAnId),
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
