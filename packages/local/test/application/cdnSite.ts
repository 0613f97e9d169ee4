import { PutObjectCommand, type PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
import { get as httpGet } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { LocalOptions, LocalSystem } from '../../src/index.ts';
import type { Greenhouse } from './greenhouse.ts';
import { startGreenhouse } from './start.ts';

export const BUCKET = 'greenhouse-site';

const read = {
  target_origin_id: 'site',
  allowed_methods: ['GET', 'HEAD'],
  // CachingOptimized and SecurityHeadersPolicy, which AWS keeps.
  cache_policy_id: '658327ea-f89d-4fab-a63d-7e88639e58f6',
  response_headers_policy_id: '67f7725c-6f97-4210-82d7-5512b31e9d03',
};

const policyFor = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

export const lettingIn = (source: string) => ({
  Effect: 'Allow',
  Principal: { Service: 'cloudfront.amazonaws.com' },
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::${BUCKET}/*`,
  Condition: { StringEquals: { 'aws:SourceArn': source } },
});

/** The resources of a site behind a CDN, by type. */
export interface SiteResources {
  [type: string]: Record<string, Record<string, unknown>>;
}

/** A bucket whose objects only the CDN may read. `change` comes last. */
export const withSite =
  (change: (resources: SiteResources) => void = () => undefined) =>
  ({ resource }: Greenhouse): void => {
    const site: SiteResources = {
      aws_s3_bucket: { site: { bucket: BUCKET } },
      aws_s3_bucket_policy: {
        site: { bucket: BUCKET, policy: policyFor(lettingIn('${aws_cloudfront_distribution.site.arn}')) },
      },
      aws_cloudfront_origin_access_control: {
        site: {
          name: 'site',
          origin_access_control_origin_type: 's3',
          signing_behavior: 'always',
          signing_protocol: 'sigv4',
        },
      },
      aws_cloudfront_distribution: {
        site: {
          enabled: true,
          default_root_object: 'index.html',
          origin: [
            {
              origin_id: 'site',
              domain_name: `${BUCKET}.s3.eu-central-1.amazonaws.com`,
              origin_access_control_id: '${aws_cloudfront_origin_access_control.site.id}',
            },
          ],
          ordered_cache_behavior: [{ ...read, path_pattern: '/plants/*' }],
          default_cache_behavior: read,
        },
      },
    };
    change(site);
    const all = resource as unknown as SiteResources;
    for (const [type, byName] of Object.entries(site)) all[type] = { ...all[type], ...byName };
  };

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface Site {
  readonly system: LocalSystem;
  /** Before the end of the test, as for a restart. */
  stop(): Promise<void>;
  put(key: string, body: string, more?: Partial<PutObjectCommandInput>): Promise<unknown>;
  /** By the distribution's own name, which is only a header here. */
  get(path: string, headers?: Record<string, string>, method?: string): Promise<Answer>;
}

export async function startSite(
  change?: (resources: SiteResources) => void,
  options: Partial<LocalOptions> = {},
): Promise<Site> {
  const { system, stop } = await startGreenhouse(withSite(change), options);
  const { credentials, endpoints } = system;
  const s3 = new S3Client({ endpoint: endpoints.aws, region: 'eu-central-1', credentials, forcePathStyle: true });
  return {
    system,
    stop,
    put: (Key, Body, more = {}) => s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body, ...more })),
    get: (path, headers = {}, method = 'GET') => request(`${system.url}${path}`, headers, method),
  };
}

/** Unlike `fetch` it sends the path as it is, and any `Host`. */
export function request(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const { port, origin } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = httpGet(
      {
        host: '127.0.0.1',
        port,
        path: url.slice(origin.length),
        headers: { host: `localhost:${port}`, ...headers },
        method,
      },
      (response) => {
        buffer(response).then(
          (body) =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers as Answer['headers'],
              body: body.toString(),
            }),
          reject,
        );
      },
    );
    sent.on('error', reject);
  });
}
