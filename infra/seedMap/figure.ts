import { type Evidence, terraform } from './row.ts';

/** A part of the figure of the last rung, and what is in its place. */
export interface FigurePart {
  readonly part: string;
  readonly here: string;
  readonly evidence: readonly Evidence[];
}

export const figure: readonly FigurePart[] = [
  {
    part: 'Client',
    here: "the operations that clients send, signed in by the pool's client",
    evidence: [terraform('data/aws_cognito_user_pool_client.front_end')],
  },
  { part: 'DNS', here: 'Route 53', evidence: [terraform('edge/aws_route53_record.site_a', 'users+')] },
  { part: 'CDN', here: 'CloudFront', evidence: [terraform('edge/aws_cloudfront_distribution.site')] },
  {
    part: 'Load balancer',
    here: 'AppSync and CloudFront, each for itself',
    evidence: [terraform('api/aws_appsync_graphql_api.graphql')],
  },
  { part: 'Web server', here: 'a bucket behind the CDN', evidence: [terraform('data/aws_s3_bucket.site')] },
  {
    part: 'Write API',
    here: 'data sources that may write',
    evidence: [terraform('api/aws_appsync_datasource.posts_write')],
  },
  {
    part: 'Write API, asynchronous',
    here: "functions behind the tables' streams",
    evidence: [terraform('api/aws_lambda_event_source_mapping.counters_posts')],
  },
  {
    part: 'Read API',
    here: 'data sources that may only read',
    evidence: [terraform('api/aws_appsync_datasource.posts_read')],
  },
  {
    part: 'Memory cache',
    here: "AppSync's cache",
    evidence: [terraform('api/aws_appsync_api_cache.cache', 'users+++')],
  },
  {
    part: 'Queue',
    here: 'SQS, one queue for each worker',
    evidence: [terraform('api/aws_sqs_queue.fanOut_queue')],
  },
  { part: 'Worker', here: 'Lambda functions', evidence: [terraform('api/aws_lambda_function.counters')] },
  { part: 'NoSQL', here: 'DynamoDB', evidence: [terraform('data/aws_dynamodb_table.posts')] },
  {
    part: 'SQL, writing with a standby',
    here: 'no SQL: DynamoDB keeps three copies in three zones',
    evidence: [terraform('data/aws_dynamodb_table.users')],
  },
  {
    part: 'SQL read replicas',
    here: 'eventually consistent reads, and indexes',
    evidence: [terraform('data/aws_dynamodb_table.comments')],
  },
  { part: 'Shards A-M and N-Z', here: 'partition keys', evidence: [terraform('data/aws_dynamodb_table.edges')] },
  {
    part: 'Federation',
    here: 'a table for each lifecycle',
    evidence: [terraform('data/aws_dynamodb_table.media'), terraform('data/aws_dynamodb_table.ops')],
  },
  { part: 'Object store', here: 'S3', evidence: [terraform('data/aws_s3_bucket.photos')] },
];
