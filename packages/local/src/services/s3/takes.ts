import type { Headers } from '../../aws/canonicalRequest.ts';
import type { RequestHead } from '../../aws/streamedService.ts';
import { type HostNames, hostOf } from './addressing.ts';

/**
 * Whether a request is for S3: by the host's name, else by the service that its signature names, else (for pages and for
 * whoever does not sign) by its path, which begins with a bucket, or by being a form with a file.
 */
export function takesRequest(
  { method, path, query, headers }: RequestHead,
  names: HostNames,
  buckets: ReadonlyMap<string, unknown>,
): boolean {
  if (headers['x-amz-target'] !== undefined) return false;
  if (names.bucketOf(hostOf(headers)) !== null) return true;
  const service = signedService(headers, query);
  if (service !== null) return service === 's3';
  const [, first = ''] = path.split('/', 2);
  if (buckets.has(first)) return true;
  return method === 'POST' && text(headers['content-type']).startsWith('multipart/form-data');
}

/** What the credential scope says; null without a signature. */
function signedService(headers: Headers, query: string): string | null {
  const scope = /Credential=[^/,]*\/[^/]*\/[^/]*\/([a-z0-9-]+)\/aws4_request/;
  const inHeader = scope.exec(text(headers['authorization']))?.[1];
  return inHeader ?? scope.exec(query.replaceAll('%2F', '/').replaceAll('%2f', '/'))?.[1] ?? null;
}

const text = (value: Headers[string]): string => (typeof value === 'string' ? value : (value?.join(',') ?? ''));
