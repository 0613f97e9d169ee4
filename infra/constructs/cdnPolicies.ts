import { MAX_CACHE_SECONDS } from '../../schema/persistedOperations.ts';
import {
  type AppsyncGraphqlApi,
  CloudfrontCachePolicy,
  CloudfrontResponseHeadersPolicy,
  type S3Bucket,
} from '../aws.ts';
import type { Stack } from '../stacks/stack.ts';
import type { MadePage } from './sitePage.ts';

const YEAR_SECONDS = 31_536_000;
const TWO_YEARS_SECONDS = 2 * YEAR_SECONDS;
/** What a page that says nothing about it is kept for: a new version shows after that long. */
const PAGE_SECONDS = 60;

/** Pages are what their path says, for everybody. */
export function pagesCachePolicy(stack: Stack): CloudfrontCachePolicy {
  return cachePolicy(stack, 'pages', { defaultTtl: PAGE_SECONDS, maxTtl: YEAR_SECONDS, queryStrings: [] });
}

/**
 * A public read is what its path and `v` say: no cookie, no header and no other parameter reaches the origin, so nothing
 * of a viewer can be in an answer. What the origin does not let be kept is not kept.
 */
export function publicReadsCachePolicy(stack: Stack): CloudfrontCachePolicy {
  return cachePolicy(stack, 'public_reads', { defaultTtl: 0, maxTtl: MAX_CACHE_SECONDS, queryStrings: ['v'] });
}

/** The function says of each answer that it is not kept. With no time at all CloudFront would pass on no parameter. */
export function sitePageCachePolicy(stack: Stack, { key, parameters }: MadePage): CloudfrontCachePolicy {
  return cachePolicy(stack, key, { defaultTtl: 0, maxTtl: 1, queryStrings: parameters });
}

interface Kept {
  readonly defaultTtl: number;
  readonly maxTtl: number;
  readonly queryStrings: readonly string[];
}

function cachePolicy(stack: Stack, key: string, { defaultTtl, maxTtl, queryStrings }: Kept): CloudfrontCachePolicy {
  return new CloudfrontCachePolicy(stack.group('cache policies'), key, {
    name: stack.named(key.replaceAll('_', '-')),
    minTtl: 0,
    defaultTtl,
    maxTtl,
    parametersInCacheKeyAndForwardedToOrigin: {
      cookiesConfig: { cookieBehavior: 'none' },
      headersConfig: { headerBehavior: 'none' },
      queryStringsConfig:
        queryStrings.length === 0
          ? { queryStringBehavior: 'none' }
          : { queryStringBehavior: 'whitelist', queryStrings: { items: [...queryStrings] } },
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
    },
  });
}

/** Where a page of the site may connect to beside itself. */
export interface Connections {
  readonly api: AppsyncGraphqlApi;
  /** The API's own name, where it has one. */
  readonly apiDomain: string | undefined;
  /** Where files are posted. */
  readonly forms: readonly S3Bucket[];
}

export function siteHeaders(stack: Stack, connections: Connections): CloudfrontResponseHeadersPolicy {
  return new CloudfrontResponseHeadersPolicy(stack.group('response headers'), 'site', {
    name: stack.named('site'),
    securityHeadersConfig: {
      ...securityHeaders(),
      contentSecurityPolicy: { contentSecurityPolicy: contentSecurityPolicy(stack, connections), override: true },
    },
    customHeadersConfig: {
      items: [{ header: 'permissions-policy', value: 'camera=(), geolocation=(), microphone=()', override: true }],
    },
  });
}

/**
 * The address of a page may be a key, and is told to no other site. What the page may load it says itself. (With `no-referrer`
 * browsers would send its own form with the origin `null`.)
 */
export function sitePageHeaders(stack: Stack, { key }: MadePage): CloudfrontResponseHeadersPolicy {
  return new CloudfrontResponseHeadersPolicy(stack.group('response headers'), key, {
    name: stack.named(key),
    securityHeadersConfig: {
      ...securityHeaders(),
      referrerPolicy: { referrerPolicy: 'same-origin', override: true },
    },
  });
}

/** Files whose names change with their content. */
export function assetHeaders(stack: Stack): CloudfrontResponseHeadersPolicy {
  return new CloudfrontResponseHeadersPolicy(stack.group('response headers'), 'assets', {
    name: stack.named('assets'),
    securityHeadersConfig: securityHeaders(),
    customHeadersConfig: {
      items: [{ header: 'cache-control', value: `public, max-age=${YEAR_SECONDS}, immutable`, override: true }],
    },
  });
}

/** Pages of other sites may read what everybody may; credentials are not sent along. */
export function publicReadsHeaders(stack: Stack): CloudfrontResponseHeadersPolicy {
  return new CloudfrontResponseHeadersPolicy(stack.group('response headers'), 'public_reads', {
    name: stack.named('public-reads'),
    securityHeadersConfig: {
      ...securityHeaders(),
      contentSecurityPolicy: { contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'", override: true },
    },
    corsConfig: {
      accessControlAllowCredentials: false,
      accessControlAllowHeaders: { items: ['*'] },
      accessControlAllowMethods: { items: ['GET', 'HEAD'] },
      accessControlAllowOrigins: { items: ['*'] },
      accessControlExposeHeaders: { items: ['age', 'etag', 'x-cache'] },
      accessControlMaxAgeSec: 86_400,
      originOverride: true,
    },
  });
}

function securityHeaders() {
  return {
    strictTransportSecurity: { accessControlMaxAgeSec: TWO_YEARS_SECONDS, includeSubdomains: true, override: true },
    contentTypeOptions: { override: true },
    frameOptions: { frameOption: 'DENY', override: true },
    referrerPolicy: { referrerPolicy: 'strict-origin-when-cross-origin', override: true },
  };
}

function contentSecurityPolicy(stack: Stack, { api, apiDomain, forms }: Connections): string {
  const { region } = stack.config;
  const connections = [
    api.uris.lookup('GRAPHQL'),
    api.uris.lookup('REALTIME'),
    ...(apiDomain ? [`https://${apiDomain}`, `wss://${apiDomain}`] : []),
    `https://cognito-idp.${region}.amazonaws.com`,
    ...forms.map(({ bucketRegionalDomainName }) => `https://${bucketRegionalDomainName}`),
  ];
  return [
    "default-src 'self'",
    `connect-src 'self' ${connections.join(' ')}`,
    "img-src 'self' data: blob:",
    // Frameworks write style attributes; scripts come from files.
    "style-src 'self' 'unsafe-inline'",
    "script-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
