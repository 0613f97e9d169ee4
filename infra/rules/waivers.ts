import type { Waiver } from './waiver.ts';

/** Half a year: to be built, or to be asked about again. */
const SOON = '2027-05-31';
/** A year: decided, and looked at again. */
const DECIDED = '2027-10-31';

const LOWEST = ['users'] as const;
const BELOW_WEB_ACL = ['users', 'users+'] as const;

/** Keys of our own cost a dollar a month each, and the lowest rung costs nothing while nobody calls. */
function awsKeysAtLowestRung(rule: string, resource: string): Waiver {
  return {
    rule,
    resource,
    rungs: LOWEST,
    reason: 'Customer managed keys begin at the rung users+. Here data is encrypted with keys that AWS owns.',
    expires: DECIDED,
  };
}

/** What rules find and is to stay for now. One that has expired, that covers nothing or that lasts over a year fails. */
export const waivers: readonly Waiver[] = [
  awsKeysAtLowestRung('dynamodb/customer-key', 'data/aws_dynamodb_table.*'),
  awsKeysAtLowestRung('lambda/environment-key', '*/aws_lambda_function.*'),
  awsKeysAtLowestRung('sqs/customer-key', '*/aws_sqs_queue.*'),
  awsKeysAtLowestRung('logs/customer-key', '*/aws_cloudwatch_log_group.*'),
  awsKeysAtLowestRung('s3/customer-key', 'data/aws_s3_bucket.*'),
  awsKeysAtLowestRung('scheduler/customer-key', 'api/aws_scheduler_schedule.*'),
  awsKeysAtLowestRung('sns/customer-key', '*/aws_sns_topic.*'),
  {
    rule: 's3/customer-key',
    resource: 'bootstrap/aws_s3_bucket.terraform_state',
    reason:
      'The state is there before the stack that makes keys, and must be readable when that stack is broken. S3 encrypts it.',
    expires: DECIDED,
  },
  {
    rule: 's3/customer-key',
    resource: 'edge/aws_s3_bucket.cdn_logs',
    reason: 'Log lines without members in them. S3 encrypts them, and a key would have to let the delivery service in.',
    expires: DECIDED,
  },
  {
    rule: 's3/access-log',
    resource: '*/aws_s3_bucket.*',
    reason:
      'Objects are read through CloudFront, whose log has each request; from users+ on CloudTrail records the rest. A log of logs has no reader.',
    expires: DECIDED,
  },
  {
    rule: 'dynamodb/point-in-time-recovery',
    resource: 'data/aws_dynamodb_table.timelines',
    reason: 'Timelines are made again from posts and follows; to restore them would take longer.',
    expires: DECIDED,
  },
  {
    rule: 'iam/no-wildcards',
    resource: 'bootstrap/aws_iam_role_policy.apply_changes',
    reason:
      'The role that deploys makes and removes everything of these services; its account limits it, and only protected environments assume it.',
    expires: DECIDED,
  },
  {
    rule: 'appsync/web-acl',
    resource: 'api/aws_appsync_graphql_api.graphql',
    rungs: BELOW_WEB_ACL,
    reason:
      'A web ACL costs from 5 dollars a month whether anybody calls or not, and begins at users++. Depth, resolvers and page sizes are limited everywhere.',
    expires: DECIDED,
  },
  {
    rule: 'cloudfront/web-acl',
    resource: 'edge/aws_cloudfront_distribution.site',
    rungs: BELOW_WEB_ACL,
    reason: 'A web ACL costs from 5 dollars a month whether anybody calls or not, and begins at users++.',
    expires: DECIDED,
  },
  {
    rule: 'cloudfront/tls-version',
    resource: 'edge/aws_cloudfront_distribution.site',
    rungs: LOWEST,
    reason: 'The lowest rung may have no domain, and under cloudfront.net AWS decides the TLS versions.',
    expires: DECIDED,
  },
  {
    rule: 'cloudfront/custom-certificate',
    resource: 'edge/aws_cloudfront_distribution.site',
    rungs: LOWEST,
    reason: 'The lowest rung may have no domain.',
    expires: DECIDED,
  },
  {
    rule: 'iam/no-wildcards',
    resource: 'data/aws_iam_role_policy.text_messages',
    reason: 'A text message goes to a phone number, which has no ARN to name; topics, which have one, are denied.',
    expires: DECIDED,
  },
  {
    rule: 'lambda/tracing',
    resource: '*/aws_lambda_function.*',
    rungs: ['users', 'users+', 'users++', 'users+++'],
    reason: 'X-Ray begins at users++++. Below, logs and metrics of each function say enough.',
    expires: DECIDED,
  },
  {
    rule: 'lambda/async-destination',
    resource: 'observability/aws_lambda_function.probe',
    reason:
      'A probe that fails is what its alarm waits for, and the next one runs a minute later: there is nothing to do again.',
    expires: DECIDED,
  },
  {
    rule: 'lambda/url-authorization',
    resource: 'api/aws_lambda_function_url.unsubscribe_url',
    reason:
      'Mail programs post to it, and CloudFront can sign a request for Lambda only with a hash of the body that they do not send. It takes nothing on trust: the link has 128 random bits of one member.',
    expires: DECIDED,
  },
  {
    rule: 'lambda/permission-source',
    resource: 'api/aws_lambda_permission.unsubscribe_call*',
    reason:
      'What a function URL without authorization needs; provider 6.25 cannot say that the call must come by the URL. To call it otherwise does the same.',
    expires: DECIDED,
  },
  {
    rule: 'logs/retention-year',
    resource: '*/aws_cloudwatch_log_group.*',
    stages: ['dev', 'staging'],
    reason: 'No members of the public are in dev and staging, so their logs are kept for a month.',
    expires: DECIDED,
  },
  {
    rule: 'route53/dnssec',
    resource: 'edge/aws_route53_zone.domain',
    reason: 'A person must put the DS record at the registrar, and a mistake there takes the domain away for a day.',
    expires: SOON,
  },
  {
    rule: 'route53/query-log',
    resource: 'edge/aws_route53_zone.domain',
    reason: 'Who looked a name up is not needed for anything and would be kept about strangers.',
    expires: DECIDED,
  },
];
