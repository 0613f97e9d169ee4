import {
  type CloudfrontDistribution,
  CloudwatchLogDelivery,
  CloudwatchLogDeliveryDestination,
  CloudwatchLogDeliverySource,
  type S3Bucket,
  S3BucketPolicy,
} from '../aws.ts';
import { policy } from '../iamPolicy.ts';
import type { Stack } from '../stacks/stack.ts';
import { bucket } from './bucket.ts';
import type { ProviderChoice } from './usEast1.ts';

/** All that helps to find an error or an abuser. Cookies are left out: they will open photos. */
const FIELDS = [
  'date',
  'time',
  'x-edge-location',
  'sc-bytes',
  'c-ip',
  'cs-method',
  'cs(Host)',
  'cs-uri-stem',
  'sc-status',
  'cs(Referer)',
  'cs(User-Agent)',
  'cs-uri-query',
  'x-edge-result-type',
  'x-edge-request-id',
  'cs-protocol',
  'cs-bytes',
  'time-taken',
  'ssl-protocol',
  'sc-content-type',
];

/**
 * The CDN's requests in a bucket. This is the log delivery that needs no access lists in the bucket.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html
 */
export function cdnLog(stack: Stack, edge: CloudfrontDistribution, usEast1: ProviderChoice): void {
  const kept = bucket(stack, 'cdn_logs', {
    name: `${stack.named('cdn-logs')}-${stack.accountId}`,
    keepReplacedDays: 1,
    expireDays: stack.config.logRetentionDays,
  });
  const writable = writableByDelivery(stack, kept);
  const source = new CloudwatchLogDeliverySource(stack.group('log sources'), 'cdn', {
    ...usEast1,
    name: stack.named('cdn'),
    logType: 'ACCESS_LOGS',
    resourceArn: edge.arn,
  });
  const destination = new CloudwatchLogDeliveryDestination(stack.group('log destinations'), 'cdn', {
    ...usEast1,
    name: stack.named('cdn'),
    outputFormat: 'json',
    deliveryDestinationConfiguration: [{ destinationResourceArn: kept.arn }],
    dependsOn: [writable],
  });
  new CloudwatchLogDelivery(stack.group('log deliveries'), 'cdn', {
    ...usEast1,
    deliverySourceName: source.name,
    deliveryDestinationArn: destination.arn,
    recordFields: FIELDS,
    s3DeliveryConfiguration: [
      { suffixPath: '/{DistributionId}/{yyyy}/{MM}/{dd}/{HH}', enableHiveCompatiblePath: false },
    ],
  });
}

function writableByDelivery(stack: Stack, kept: S3Bucket): S3BucketPolicy {
  const write = {
    Effect: 'Allow',
    Principal: { Service: 'delivery.logs.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: `${kept.arn}/AWSLogs/${stack.accountId}/CloudFront/*`,
    Condition: {
      StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceAccount': stack.accountId },
      ArnLike: { 'aws:SourceArn': `arn:aws:logs:us-east-1:${stack.accountId}:delivery-source:${stack.named('cdn')}` },
    },
  };
  const refusePlainHttp = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [kept.arn, `${kept.arn}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  return new S3BucketPolicy(stack.group('bucket policies'), 'cdn_logs', {
    bucket: kept.id,
    policy: policy([write, refusePlainHttp]),
  });
}
