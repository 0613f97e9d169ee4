import { CloudfrontDistribution, CloudfrontOriginAccessControl, type S3Bucket, S3BucketPolicy } from '../aws.ts';
import { policy } from '../iamPolicy.ts';
import type { Stack } from '../stacks/stack.ts';

/** Policies that AWS keeps: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html */
const SECURITY_HEADERS = '67f7725c-6f97-4210-82d7-5512b31e9d03';

export interface Origins {
  readonly site: S3Bucket;
  readonly photos: S3Bucket;
}

/** The site at `/`; photos under `/media/public/`. Other photos have no path until viewers carry signed cookies. */
export function distribution(stack: Stack, { site, photos }: Origins): CloudfrontDistribution {
  const access = new CloudfrontOriginAccessControl(stack, 'buckets', {
    name: stack.named('buckets'),
    originAccessControlOriginType: 's3',
    signingBehavior: 'always',
    signingProtocol: 'sigv4',
  });
  const origin = (originId: string, from: S3Bucket) => ({
    originId,
    domainName: from.bucketRegionalDomainName,
    originAccessControlId: access.id,
  });
  return new CloudfrontDistribution(stack, 'site', {
    comment: stack.named('site'),
    enabled: true,
    isIpv6Enabled: true,
    httpVersion: 'http2and3',
    // Without the regions that cost most; Japan is in this class.
    priceClass: 'PriceClass_200',
    defaultRootObject: 'index.html',
    origin: [origin('site', site), origin('photos', photos)],
    defaultCacheBehavior: cached('site'),
    orderedCacheBehavior: [{ ...cached('photos'), pathPattern: '/media/public/*' }],
    restrictions: { geoRestriction: { restrictionType: 'none' } },
    viewerCertificate: { cloudfrontDefaultCertificate: true },
  });
}

function cached(targetOriginId: string) {
  return {
    targetOriginId,
    viewerProtocolPolicy: 'https-only',
    allowedMethods: ['GET', 'HEAD'],
    cachedMethods: ['GET', 'HEAD'],
    compress: true,
    cachePolicyId: CACHING_OPTIMIZED,
    responseHeadersPolicyId: SECURITY_HEADERS,
  };
}

/** Objects are read by this distribution only, and by nobody without TLS. */
export function readableThrough(stack: Stack, key: string, bucket: S3Bucket, edge: CloudfrontDistribution): void {
  const objects = `${bucket.arn}/*`;
  const read = {
    Effect: 'Allow',
    Principal: { Service: 'cloudfront.amazonaws.com' },
    Action: 's3:GetObject',
    Resource: objects,
    Condition: { StringEquals: { 'aws:SourceArn': edge.arn } },
  };
  const refusePlainHttp = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [bucket.arn, objects],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  new S3BucketPolicy(stack.group('bucket policies'), key, {
    bucket: bucket.id,
    policy: policy([read, refusePlainHttp]),
  });
}
