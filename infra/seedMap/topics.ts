import { answered, command, file, open, type SeedRow, terraform } from './row.ts';

/** Further topics. */
export const topics: readonly SeedRow[] = [
  answered('D1', 'P1', 'Where to cache: client, CDN, server, database, application', [
    file('docs/caching.md'),
    file('infra/caching.ts'),
    file('infra/caching.test.ts'),
  ]),
  answered('D2', 'P1', 'What to cache: whole answers or single objects', [
    file('docs/architecture/README.md'),
    file('infra/caching.ts'),
    terraform('api/aws_appsync_api_cache.cache', 'users+++'),
  ]),
  open('D3', 'P1', {
    asks: 'When to renew a cache',
    missing: 'eviction on write; ages, counters written behind and a list kept ready are there',
    evidence: [file('infra/caching.ts'), file('lambdas/counters/handler.ts'), file('lambdas/trending/handler.ts')],
  }),
  open('D4', 'P1', {
    asks: 'Queues, tasks, back pressure, services',
    missing: 'refusing new posts while workers are behind',
    evidence: [file('infra/functions.ts'), file('infra/observability/alarms.ts')],
  }),
  answered('D5', 'P2', 'How clients and parts talk, and find each other', [
    file('docs/architecture/README.md'),
    file('infra/stacks/api.ts'),
  ]),
  answered('D6', 'P2', 'Kinds of NoSQL, and which is which here', [file('docs/architecture/README.md')]),
  answered('D7', 'P1', 'Security, and latency numbers', [
    file('SECURITY.md'),
    file('packages/ladder/src/latency/latency.ts'),
    file('docs/ladder.md'),
  ]),
  answered('E1', 'P0', 'Scales out by itself', [
    file('packages/ladder/test/models.test.ts'),
    file('docs/ladder.md'),
    file('infra/rungs.ts'),
    terraform('data/aws_appautoscaling_policy.posts_read_tracking', 'users++++'),
  ]),
  answered('E2', 'P0', 'Scales in; costs nearly nothing when nobody comes', [
    command('npm run bill'),
    file('infra/rules/services/serverless.ts'),
  ]),
  open('E3', 'P1', {
    asks: 'Updates arrive by themselves and safely',
    missing: 'a gate that lets the schema only grow',
    evidence: [terraform('api/aws_lambda_alias.counters_live', 'users++++'), file('infra/rules/services/lambda.ts')],
  }),
  answered('E4', 'P0', 'Secure at low cost: least privilege, enforced on the laptop too', [
    terraform('api/aws_iam_role_policy.posts_write'),
    file('packages/local/test/iam/authorize.test.ts'),
    file('infra/rules/services/iam.ts'),
  ]),
  answered('E5', 'P1', 'Fast for people', [
    command('npm run load'),
    file('packages/ladder/src/load/tally.ts'),
    file('infra/slo.ts'),
  ]),
  answered('E6', 'P1', 'Available at low cost', [command('npm run sla'), file('docs/sla.md')]),
  answered('E7', 'P0', 'No EC2', [file('infra/rules/services/serverless.ts')]),
  answered('E8', 'P0', 'DynamoDB is the database', [terraform('data/aws_dynamodb_table.users')]),
  answered('E9', 'P0', 'Files are in S3', [
    terraform('data/aws_s3_bucket.photos'),
    terraform('data/aws_s3_bucket.uploads'),
    terraform('api/aws_appsync_datasource.pages_read'),
    file('test/mutations/startPhotoUpload.test.ts'),
  ]),
  open('E10', 'P1', {
    asks: 'The front end is on CloudFront and S3',
    missing: 'the upload by npm run deploy; on a laptop it is published and served',
    evidence: [
      file('web/README.md'),
      file('web/test/journeys.test.ts'),
      terraform('edge/aws_cloudfront_distribution.site'),
      terraform('data/aws_s3_bucket.site'),
    ],
  }),
  open('E11', 'P0', {
    asks: 'Cognito signs people in',
    missing: 'triggers in the Terraform; the pool, its client and groups are there',
    evidence: [
      terraform('data/aws_cognito_user_pool.members'),
      terraform('data/aws_cognito_user_group.moderators'),
      file('packages/local/test/cognito-idp/amplify.test.ts'),
    ],
  }),
  answered('E12', 'P0', 'AppSync carries the data', [
    terraform('api/aws_appsync_graphql_api.graphql'),
    file('test/queries/viewer.test.ts'),
  ]),
  open('E13', 'P0', {
    asks: 'The figure with its numbered steps',
    missing: 'a test that walks the steps',
    evidence: [file('docs/architecture/users.puml'), command('npm run diagram')],
  }),
  answered('E14', 'P2', 'What servers cost in care: drift, idle money, peaks', [
    file('docs/ladder.md'),
    file('packages/ladder/src/servers/servers.ts'),
    command('npm run drift'),
    command('npm run bill'),
  ]),
  answered('E15', 'P1', '99.95 % is 21.6 minutes a month and 99.5 % is 216', [file('infra/sla/availability.test.ts')]),
];
