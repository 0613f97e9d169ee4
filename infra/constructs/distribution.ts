import {
  CloudfrontDistribution,
  type CloudfrontDistributionConfig,
  type CloudfrontKeyGroup,
  CloudfrontOriginAccessControl,
  type LambdaFunctionUrl,
  LambdaPermission,
  type S3Bucket,
  S3BucketPolicy,
} from '../aws.ts';
import { policy } from '../iamPolicy.ts';
import type { Stack } from '../stacks/stack.ts';
import {
  assetHeaders,
  type Connections,
  pagesCachePolicy,
  publicReadsCachePolicy,
  publicReadsHeaders,
  siteHeaders,
  sitePageCachePolicy,
  sitePageHeaders,
} from './cdnPolicies.ts';
import type { PublicReads } from './publicReads.ts';
import type { MadePage } from './sitePage.ts';

/** Policies that AWS keeps: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html */
const SECURITY_HEADERS = '67f7725c-6f97-4210-82d7-5512b31e9d03';

/**
 * Errors that CloudFront would keep for ten seconds, whatever `cache-control` says. None is for the origin of public reads
 * to have answered a moment ago, so none is kept.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
 */
const NOT_KEPT = [400, 404, 405, 414, 500, 501, 502, 503, 504];

export interface DistributionProps {
  readonly site: S3Bucket;
  readonly photos: S3Bucket;
  readonly publicReads: PublicReads | undefined;
  readonly sitePages: readonly MadePage[];
  readonly connections: Connections;
  /** Whose cookies open what members alone may see. */
  readonly viewers: CloudfrontKeyGroup;
  /** Absent: it is served under the name that CloudFront gives. */
  readonly domain?: { readonly name: string; readonly certificateArn: string };
  readonly webAclArn?: string;
}

/**
 * The site at `/`; public reads at `/q/`; pages that functions make at their paths; photos that everyone may see under
 * `/media/public/`, and those for members under `/media/members/`, for signed cookies. A photo's key in its bucket is its
 * path. No behaviour has an origin request policy: an origin gets what is in the cache's key and nothing else.
 */
export function distribution(stack: Stack, props: DistributionProps): CloudfrontDistribution {
  const { site, photos, publicReads, sitePages, connections, viewers, domain, webAclArn } = props;
  const headers = siteHeaders(stack, connections).id;
  return new CloudfrontDistribution(stack, 'site', {
    comment: stack.named('site'),
    enabled: true,
    isIpv6Enabled: true,
    httpVersion: 'http2and3',
    // Without the regions that cost most; Japan is in this class.
    priceClass: 'PriceClass_200',
    defaultRootObject: 'index.html',
    ...(domain ? { aliases: [domain.name] } : {}),
    ...(webAclArn ? { webAclId: webAclArn } : {}),
    origin: [
      ...bucketOrigins(stack, { site, photos }),
      ...(publicReads ? [publicReadsOrigin(stack, publicReads)] : []),
      ...sitePages.map((page) => pageOrigin(stack, page)),
    ],
    defaultCacheBehavior: {
      ...read('site'),
      cachePolicyId: pagesCachePolicy(stack).id,
      responseHeadersPolicyId: headers,
    },
    orderedCacheBehavior: [
      ...(publicReads ? [publicReadsBehavior(stack)] : []),
      ...sitePages.map((page) => pageBehavior(stack, page)),
      { ...read('photos'), pathPattern: '/media/public/*' },
      { ...read('photos'), pathPattern: '/media/members/*', trustedKeyGroups: [viewers.id] },
      { ...read('site'), pathPattern: '/assets/*', responseHeadersPolicyId: assetHeaders(stack).id },
    ],
    customErrorResponse: [
      // Without the right to list a bucket, S3 says "forbidden" of what is not there.
      { errorCode: 403, responseCode: 404, responsePagePath: '/404.html', errorCachingMinTtl: 10 },
      ...NOT_KEPT.map((errorCode) => ({ errorCode, errorCachingMinTtl: 0 })),
    ],
    restrictions: { geoRestriction: { restrictionType: 'none' } },
    viewerCertificate: domain
      ? {
          acmCertificateArn: domain.certificateArn,
          sslSupportMethod: 'sni-only',
          minimumProtocolVersion: 'TLSv1.2_2021',
        }
      : { cloudfrontDefaultCertificate: true },
  });
}

type Origin = Extract<NonNullable<CloudfrontDistributionConfig['origin']>, readonly unknown[]>[number];

function bucketOrigins(stack: Stack, buckets: { readonly site: S3Bucket; readonly photos: S3Bucket }): Origin[] {
  const access = originAccess(stack, 'buckets', 's3');
  return Object.entries(buckets).map(([originId, bucket]) => ({
    originId,
    domainName: bucket.bucketRegionalDomainName,
    originAccessControlId: access.id,
  }));
}

function publicReadsOrigin(stack: Stack, { url }: PublicReads): Origin {
  return {
    ...functionOrigin(stack, 'public_reads', url),
    originAccessControlId: originAccess(stack, 'functions', 'lambda').id,
  };
}

/** What is posted has no hash that could be signed, so these requests are not: see `sitePage.ts`. */
function pageOrigin(stack: Stack, { key, url }: MadePage): Origin {
  return functionOrigin(stack, key, url);
}

function functionOrigin(stack: Stack, originId: string, url: LambdaFunctionUrl): Origin {
  return {
    originId,
    domainName: `${url.urlId}.lambda-url.${stack.config.region}.on.aws`,
    customOriginConfig: {
      httpPort: 80,
      httpsPort: 443,
      originProtocolPolicy: 'https-only',
      originSslProtocols: ['TLSv1.2'],
      // A little more than the function itself may take.
      originReadTimeout: 12,
    },
  };
}

function originAccess(stack: Stack, key: string, type: 's3' | 'lambda'): CloudfrontOriginAccessControl {
  return new CloudfrontOriginAccessControl(stack, key, {
    name: stack.named(key),
    originAccessControlOriginType: type,
    signingBehavior: 'always',
    signingProtocol: 'sigv4',
  });
}

function publicReadsBehavior(stack: Stack) {
  return {
    ...read('public_reads'),
    pathPattern: '/q/*',
    cachePolicyId: publicReadsCachePolicy(stack).id,
    responseHeadersPolicyId: publicReadsHeaders(stack).id,
  };
}

/** CloudFront takes POST only together with every other method; the function refuses those. */
function pageBehavior(stack: Stack, page: MadePage) {
  return {
    ...read(page.key),
    pathPattern: page.path,
    allowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
    cachePolicyId: sitePageCachePolicy(stack, page).id,
    responseHeadersPolicyId: sitePageHeaders(stack, page).id,
  };
}

function read(targetOriginId: string) {
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

/**
 * The function is called by this distribution only. A function URL asks for both permissions.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export function callableThrough(
  stack: Stack,
  key: string,
  { lambda }: PublicReads,
  edge: CloudfrontDistribution,
): void {
  const granted = {
    functionName: lambda.functionName,
    principal: 'cloudfront.amazonaws.com',
    sourceArn: edge.arn,
  };
  const scope = stack.group('function permissions');
  new LambdaPermission(scope, `${key}_url`, {
    ...granted,
    statementId: 'cdn-url',
    action: 'lambda:InvokeFunctionUrl',
    functionUrlAuthType: 'AWS_IAM',
  });
  new LambdaPermission(scope, key, { ...granted, statementId: 'cdn', action: 'lambda:InvokeFunction' });
}
