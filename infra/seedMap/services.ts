import { answered, command, file, notApplicable, open, type SeedRow, terraform } from './row.ts';

/** The services, and what a deployment owes to those who run it. */
export const services: readonly SeedRow[] = [
  open('F1', 'P0', {
    asks: 'Lambda: billed by the millisecond, starts fast',
    missing: 'cold starts counted under load',
    evidence: [terraform('api/aws_lambda_function.counters'), file('infra/lambdaPackages.ts')],
  }),
  answered('F2', 'P1', 'Cold starts are not bought off; reads do not wait for one', [
    file('infra/rules/services/lambda.ts'),
    terraform('api/aws_appsync_datasource.posts_read'),
  ]),
  open('F3', 'P0', {
    asks: 'Sign-up, confirmation by mail and phone, sign-in with other accounts',
    missing: 'phone, other identity providers, the hosted pages, and the trigger that makes the profile',
    evidence: [
      terraform('data/aws_cognito_user_pool.members'),
      file('packages/local/test/cognito-idp/sign-up.test.ts'),
      file('packages/local/test/outbox/outbox.test.ts'),
    ],
  }),
  answered('F4', 'P0', 'Public files, through CloudFront only', [
    terraform('edge/aws_s3_bucket_policy.site'),
    terraform('edge/aws_cloudfront_origin_access_control.buckets'),
  ]),
  answered('F5', 'P0', 'A bucket that people may write and not read', [
    terraform('data/aws_s3_bucket.evidence'),
    file('infra/buckets.ts'),
    file('test/mutations/startEvidenceUpload.test.ts'),
  ]),
  answered('F6', 'P0', 'S3 as a data source, keyed by file name', [
    terraform('api/aws_appsync_datasource.pages_read'),
    file('resolvers/Query.page.ts'),
    file('test/queries/page.test.ts'),
  ]),
  answered('F7', 'P0', 'CloudFront everywhere, with policies of caching and headers', [
    terraform('edge/aws_cloudfront_distribution.site'),
    file('infra/rules/services/cloudfront.ts'),
  ]),
  answered('F8', 'P0', 'DynamoDB, AppSync, SQS and SES each do their part', [
    terraform('data/aws_dynamodb_table.posts'),
    terraform('api/aws_appsync_graphql_api.graphql'),
    terraform('api/aws_sqs_queue.mail_queue'),
    terraform('api/aws_ses_template.welcome-ja'),
  ]),
  answered('F9', 'P2', 'Aurora Serverless as the second choice, and its price at rest', [
    file('docs/decisions/0025-relational-second.md'),
  ]),
  notApplicable('F10', 'RDS calls itself serverless', 'there is no relational database'),
  answered('F11', 'P2', 'Spot, ECS and Fargate for long and heavy work', [
    file('docs/decisions/0026-when-work-leaves-lambda.md'),
  ]),
  answered('F12', 'P0', 'Static types, and a language for the interface', [
    file('tsconfig.base.json'),
    file('schema/schema.graphql'),
    file('eslint.config.js'),
    command('npm run codegen'),
  ]),
  notApplicable(
    'F13',
    'Knative, Docker, the Serverless Framework, React and Next',
    'no containers; CDKTF is the framework; clients choose their own front end',
  ),
  answered('F14', 'P0', 'CI that builds, checks and tests everything', [
    file('.ci/run'),
    file('infra/rules/rules.ts'),
    command('npm run check'),
    command('npm run review'),
  ]),
  answered('G1', 'P0', 'The availability that each service promises', [
    file('infra/sla/agreements.ts'),
    command('npm run sla'),
  ]),
  answered('G2', 'P0', 'Downtime a month for each promise', [file('infra/sla/availability.test.ts')]),
  answered('G3', 'P2', 'Promises for instances and for Regions', [file('infra/sla/availability.test.ts')]),
  answered('G4', 'P1', 'Regions differ in price: N. Virginia and Tokyo', [command('npm run bill')]),
  answered('G5', 'P0', "CloudFront's certificate is in us-east-1", [
    terraform('edge/aws_acm_certificate.site', 'users+'),
    file('infra/rules/services/cloudfront.ts'),
  ]),
  notApplicable(
    'G6',
    'VPC, subnets, security groups, machine images, zones',
    'services without machines: roles replace security groups, packages replace images, the services replace zones',
  ),
  answered('G7', 'P0', 'Differences between stages can be read, and nobody edits by hand', [
    command('npm run env:diff'),
    file('infra/stages.ts'),
    file('infra/commands/environmentDiff.test.ts'),
  ]),
  open('G8', 'P1', {
    asks: 'Route 53: aliases, failover across Regions',
    missing: 'failover records, which need a second Region',
    evidence: [terraform('edge/aws_route53_record.site_a', 'users+')],
  }),
  notApplicable('G9', 'Kinds of load balancers', 'AppSync and CloudFront balance their own load'),
  answered('G10', 'P0', 'ACM issues certificates, validated by DNS', [
    terraform('edge/aws_acm_certificate.site', 'users+'),
    terraform('edge/aws_acm_certificate_validation.site_validation', 'users+'),
  ]),
  open('G11', 'P1', {
    asks: 'CloudFront does not cache what is private, and makes traffic cheaper',
    missing: 'the price of the traffic without it',
    evidence: [terraform('edge/aws_cloudfront_distribution.site'), file('schema/persistedOperations.ts')],
  }),
  answered('G12', 'P2', 'Endpoints', [file('infra/stacks/api.ts'), file('infra/stacks/edge.ts')]),
  answered('G13', 'P1', 'Agreed downtime', [
    file('infra/slo.ts'),
    file('infra/slo.test.ts'),
    file('infra/observability/alarms.ts'),
  ]),
  answered('G14', 'P1', 'Eventual consistency, and where it shows', [file('docs/consistency.md')]),
  answered('G15', 'P0', 'Reminders at a time, and announcements by mail', [
    terraform('api/aws_scheduler_schedule.morning'),
    terraform('api/aws_lambda_function.mail'),
    file('test/later/digest.test.ts'),
    file('test/later/announcement.test.ts'),
  ]),
  answered('G16', 'P1', 'Beyond functions: availability, security, accessibility', [
    file('SECURITY.md'),
    file('infra/slo.ts'),
    file('web/test/journeys.test.ts'),
  ]),
  answered('G17', 'P1', 'External services with an attestation; operators managed and told', [
    file('dependencies.yml'),
    file('infra/dependencies.test.ts'),
    terraform('data/aws_cognito_user_group.operators'),
    terraform('observability/aws_lambda_function.incidents'),
    terraform('observability/aws_cloudtrail.trail', 'users+'),
  ]),
  answered('G18', 'P2', 'Who else runs on such services', [file('docs/architecture/README.md')]),
  notApplicable('G19', 'Notes on WordPress and KUSANAGI', 'there is no WordPress'),
];
