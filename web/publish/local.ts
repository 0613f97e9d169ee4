/**
 * Builds the site when its sources have changed, and puts it into the bucket of a local system, which serves it by its CloudFront.
 * `npm start` runs it; the system is found by `HIROBA_CONFIG_URL`, and the root key by AWS's variables.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ListBucketsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { buildSite } from '../build/build.ts';
import { configurationObject, siteObjects } from './objects.ts';

const root = join(import.meta.dirname, '..', '..');
/** As `infra/buckets.ts` calls it, with the account at its end. */
const SITE_BUCKET = /-site-\d+$/;

async function main(): Promise<void> {
  const { HIROBA_CONFIG_URL: url = 'http://localhost:4000/config.json' } = process.env;
  const [response] = await Promise.all([fetch(url), buildSite(console.log)]);
  const { awsEndpoint, region, amplify } = (await response.json()) as {
    readonly awsEndpoint: string;
    readonly region: string;
    readonly amplify: object;
  };
  const seeded: unknown = JSON.parse(readFileSync(join(root, 'seed', 'users.json'), 'utf8'));
  const s3 = new S3Client({ endpoint: awsEndpoint, region, forcePathStyle: true });
  try {
    const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
    const bucket = Buckets.find(({ Name = '' }) => SITE_BUCKET.test(Name))?.Name;
    if (bucket === undefined) throw new Error(`the system at ${url} has no bucket for the site`);
    for (const { key, body, contentType, cacheControl } of [
      ...siteObjects(join(root, 'web', 'out')),
      configurationObject({ amplify, seeded }),
    ])
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: body,
          ContentType: contentType,
          CacheControl: cacheControl,
        }),
      );
  } finally {
    s3.destroy();
  }
}

main().catch((error: unknown) => {
  console.error(`error: the site is not published: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
