import type { CachePolicy, HeaderRule } from '../services/cloudfront/index.ts';

const NOTHING: Pick<CachePolicy, 'queryStrings' | 'cookies' | 'headers'> = {
  queryStrings: { kind: 'none' },
  cookies: { kind: 'none' },
  headers: [],
};

/**
 * Policies that AWS keeps, by their ids.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 */
export const MANAGED_CACHE_POLICIES: ReadonlyMap<string, CachePolicy> = new Map([
  [
    // CachingOptimized
    '658327ea-f89d-4fab-a63d-7e88639e58f6',
    { ...NOTHING, minTtl: 1, defaultTtl: 86_400, maxTtl: 31_536_000, encodings: ['br', 'gzip'] },
  ],
  [
    // CachingDisabled
    '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
    { ...NOTHING, minTtl: 0, defaultTtl: 0, maxTtl: 0, encodings: [] },
  ],
]);

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html */
export const MANAGED_HEADER_RULES: ReadonlyMap<string, readonly HeaderRule[]> = new Map([
  [
    // SecurityHeadersPolicy
    '67f7725c-6f97-4210-82d7-5512b31e9d03',
    [
      { name: 'referrer-policy', value: 'strict-origin-when-cross-origin', override: false },
      { name: 'strict-transport-security', value: 'max-age=31536000', override: false },
      { name: 'x-content-type-options', value: 'nosniff', override: true },
      { name: 'x-frame-options', value: 'SAMEORIGIN', override: false },
      { name: 'x-xss-protection', value: '1; mode=block', override: false },
    ],
  ],
]);
