import { S3Client } from '@aws-sdk/client-s3';

/** See `dynamodb` for why it gives a request up after seconds; files take longer than items. */
export const s3 = new S3Client({
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
});
