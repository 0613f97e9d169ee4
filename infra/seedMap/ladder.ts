import { answered, command, file, open, type SeedRow, terraform } from './row.ts';

/** One box, and the first rungs. */
export const ladder: readonly SeedRow[] = [
  answered('B1', 'P0', 'One or two users need little: nothing is billed by the hour at the lowest rung', [
    file('infra/rules/services/serverless.ts'),
    command('npm run bill'),
    file('docs/architecture/users.svg'),
  ]),
  open('B2', 'P2', {
    asks: 'A bigger machine, and where that ends',
    missing: 'a table of memory against time for the functions, which is the only knob of that kind',
  }),
  open('B3', 'P0', {
    asks: 'Basic monitoring',
    missing: 'metrics of the local system',
    evidence: [terraform('observability/aws_cloudwatch_dashboard.api'), file('infra/observability/alarms.ts')],
  }),
  answered('B4', 'P1', 'SQL first, NoSQL considered: a decision with its access patterns', [
    file('docs/decisions/0003-tables-by-lifecycle.md'),
    file('docs/decisions/0025-relational-second.md'),
  ]),
  answered('B5', 'P1', 'An address that stays when what is behind it changes', [
    terraform('edge/aws_appsync_domain_name.api', 'users+'),
    terraform('edge/aws_route53_record.site_a', 'users+'),
  ]),
  answered('B6', 'P0', 'DNS', [terraform('edge/aws_route53_record.site_a', 'users+')]),
  answered('B7', 'P0', 'Only the ports that are needed, nothing open by accident', [
    file('infra/rules/services/serverless.ts'),
    file('infra/rules/services/s3.ts'),
    terraform('data/aws_s3_bucket_public_access_block.photos'),
  ]),
  answered('C1', 'P0', 'Static content in an object store, encrypted', [
    terraform('data/aws_s3_bucket.site'),
    terraform('data/aws_s3_bucket_server_side_encryption_configuration.photos'),
    terraform('edge/aws_cloudfront_origin_access_control.buckets'),
    file('infra/rules/services/s3.ts'),
  ]),
  answered('C2', 'P0', 'A managed database over several zones, encrypted, with recovery and protection', [
    terraform('data/aws_dynamodb_table.posts'),
    terraform('data/aws_kms_key.data', 'users+'),
    terraform('data/aws_backup_plan.backups', 'users+'),
    file('infra/rules/services/dynamodb.ts'),
  ]),
  open('C3', 'P1', {
    asks: 'A rung costs money, parts and permissions: say how much',
    missing: 'the difference of two rungs as resources, dollars and statements',
    evidence: [file('infra/rungs.ts'), command('npm run env:diff')],
  }),
  answered('C4', 'P0', 'Encrypted on the way and at rest; each part reaches only what it must', [
    terraform('api/aws_iam_role_policy.posts_read'),
    terraform('bootstrap/aws_s3_bucket_policy.terraform_state'),
    file('infra/rules/services/iam.ts'),
    file('SECURITY.md'),
  ]),
  answered('C5', 'P1', 'Load balancing and TLS in front of many servers', [
    terraform('edge/aws_acm_certificate.site', 'users+'),
    terraform('edge/aws_wafv2_web_acl.cdn', 'users++'),
  ]),
  answered('C6', 'P2', 'Servers in several zones with failover', [command('npm run sla'), file('docs/sla.md')]),
  answered('C7', 'P1', 'Reading and writing scale apart, and what can wait is apart from both', [
    terraform('api/aws_appsync_datasource.posts_read'),
    terraform('api/aws_appsync_datasource.posts_write'),
    terraform('api/aws_lambda_event_source_mapping.counters_posts'),
  ]),
  open('C8', 'P0', {
    asks: 'A CDN for static and for some dynamic content',
    missing: 'a measured hit ratio',
    evidence: [
      terraform('edge/aws_cloudfront_distribution.site'),
      file('lambdas/persistedQuery/handler.ts'),
      file('schema/operations/manifest.json'),
    ],
  }),
  answered('C9', 'P0', 'A hundred reads for each write, and the database suffers', [
    file('packages/ladder/test/scenarios.test.ts'),
    command('npm run advise'),
    file('docs/ladder.md'),
  ]),
  open('C10', 'P0', {
    asks: 'A memory cache for what is hot; sessions outside the servers',
    missing: 'eviction when a cached item is written',
    evidence: [
      terraform('api/aws_appsync_api_cache.cache', 'users+++'),
      file('infra/caching.ts'),
      terraform('data/aws_cognito_user_pool_client.front_end'),
    ],
  }),
  answered('C11', 'P2', 'Memory, SSD and disk differ by factors', [
    file('packages/ladder/src/latency/latency.ts'),
    file('packages/ladder/src/constants.ts'),
  ]),
  open('C12', 'P1', {
    asks: 'Read replicas; reads apart from writes',
    missing: 'a way for a client to ask for a consistent read where it matters',
    evidence: [file('infra/tables.ts'), file('resolvers/shared/lists.ts')],
  }),
  answered('C13', 'P1', 'Business hours are busy and nights are not', [
    file('packages/ladder/src/load/pattern.ts'),
    file('packages/ladder/src/scenarios/scenarios.ts'),
    terraform('data/aws_appautoscaling_scheduled_action.posts_read_begin', 'users++++'),
  ]),
  answered('C14', 'P0', 'Autoscaling between bounds, by the clock and by metrics', [
    terraform('data/aws_appautoscaling_policy.posts_read_tracking', 'users++++'),
    terraform('data/aws_appautoscaling_target.posts_read', 'users++++'),
    file('infra/capacity.ts'),
    file('packages/ladder/src/models/capacity.ts'),
  ]),
  answered('C15', 'P0', 'Operations as code', [
    file('.ci/run'),
    command('npm run deploy'),
    command('npm run plan'),
    command('npm run drift'),
    file('infra/rules/rules.ts'),
    file('.github/workflows/contract-review.yml'),
  ]),
  answered('C16', 'P1', 'Each kind of monitoring: part, whole, logs, from outside, incidents, errors', [
    terraform('observability/aws_cloudwatch_dashboard.api'),
    terraform('observability/aws_lambda_function.probe', 'users++'),
    terraform('observability/aws_route53_health_check.site', 'users++'),
    terraform('observability/aws_cloudwatch_query_definition.errors_by_field'),
    terraform('observability/aws_cloudtrail.trail', 'users+'),
    terraform('observability/aws_lambda_function.incidents'),
    file('infra/observability/observability.test.ts'),
  ]),
  answered('C17', 'P0', 'Recent content in the database, the rest in a warehouse', [
    terraform('api/aws_lambda_function.archive'),
    terraform('data/aws_s3_bucket.warehouse'),
    terraform('data/aws_glue_catalog_table.warehouse_posts', 'users+++++'),
    file('test/later/archive.test.ts'),
  ]),
  answered('C18', 'P0', '40,000 reads a second: a larger cache, and what happens when it is cold', [
    file('packages/ladder/src/scenarios/scenarios.ts'),
    file('packages/local/bench/paced.bench.ts'),
    terraform('api/aws_appsync_api_cache.cache', 'users+++++'),
    file('infra/caching.ts'),
  ]),
  answered('C19', 'P0', '400 writes a second, with peaks', [
    file('packages/ladder/src/load/units.ts'),
    file('packages/local/bench/paced.bench.ts'),
    file('packages/ladder/test/throttling.test.ts'),
  ]),
  open('C20', 'P1', {
    asks: 'Federation, sharding, denormalization, tuned queries',
    missing: 'the shards of hot keys, and a budget of read units for each operation',
    evidence: [file('docs/decisions/0003-tables-by-lifecycle.md'), file('docs/decisions/0008-feed-merged-at-read.md')],
  }),
  answered('C21', 'P0', 'NoSQL for what SQL cannot carry', [terraform('data/aws_dynamodb_table.posts')]),
  answered('C22', 'P0', 'Queues and workers for what can wait', [
    terraform('api/aws_sqs_queue.fanOut_queue'),
    terraform('api/aws_sqs_queue.jobs_queue'),
    terraform('api/aws_lambda_event_source_mapping.counters_posts'),
    command('npm run redrive'),
    file('test/operations/redrive.test.ts'),
    file('test/streams/fanOut.test.ts'),
  ]),
  answered('C23', 'P0', 'A photo is uploaded, queued, made into a thumbnail, recorded and stored', [
    terraform('data/aws_s3_bucket.uploads'),
    terraform('api/aws_sqs_queue.photos_queue'),
    terraform('api/aws_lambda_function.photos'),
    file('test/mutations/startPhotoUpload.test.ts'),
    file('test/streams/photos.test.ts'),
  ]),
  answered('C24', 'P1', 'Every part of the figure of Users+++++ has its place here', [file('docs/seed-map.md')]),
  answered('C25', 'P1', 'Measured for ever: CI fails when cost or capacity gets worse', [
    command('npm run review'),
    file('packages/contract/src/cost/budget.ts'),
    file('infra/bill/measured.json'),
  ]),
];
