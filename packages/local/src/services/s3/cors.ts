import type { StreamedReply } from '../../aws/streamedService.ts';
import type { BucketDefinition, CorsRule } from './definition.ts';
import { s3Error } from './errors.ts';

type HeaderValues = ReadonlyMap<string, string>;

/**
 * Answers a preflight by the bucket's rules, of which the first that fits decides.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html
 *
 * Throws `BadRequest`, `AccessForbidden`.
 */
export function preflight(headers: HeaderValues, bucket: BucketDefinition | null): StreamedReply {
  const origin = headers.get('origin');
  const method = headers.get('access-control-request-method');
  if (origin === undefined) throw s3Error('BadRequest', 'Insufficient information. Origin request header needed.');
  if (method === undefined) throw s3Error('BadRequest', 'Invalid Access-Control-Request-Method: null');
  const requested = (headers.get('access-control-request-headers') ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const details = { Method: method, ResourceType: 'OBJECT' };
  if (!bucket || bucket.cors.length === 0) {
    throw s3Error('AccessForbidden', 'CORSResponse: CORS is not enabled for this bucket.', details);
  }
  const rule = ruleFor(bucket.cors, origin, method, requested);
  if (!rule) {
    const message =
      "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.";
    throw s3Error('AccessForbidden', message, details);
  }
  const allowed = { ...headersOf(rule, origin) };
  if (requested.length > 0) allowed['access-control-allow-headers'] = requested.join(', ');
  return { statusCode: 200, headers: allowed, body: '' };
}

/** What lets a page read the answer; nothing when no rule fits, and then the browser keeps it from the page. */
export function corsHeaders(
  headers: HeaderValues,
  method: string,
  bucket: BucketDefinition | null,
): Record<string, string> {
  const origin = headers.get('origin');
  if (!bucket || bucket.cors.length === 0) return {};
  const rule = origin === undefined ? undefined : ruleFor(bucket.cors, origin, method, []);
  return rule && origin !== undefined ? headersOf(rule, origin) : {};
}

function ruleFor(
  rules: readonly CorsRule[],
  origin: string,
  method: string,
  requested: readonly string[],
): CorsRule | undefined {
  return rules.find(
    ({ allowedOrigins, allowedMethods, allowedHeaders }) =>
      allowedMethods.includes(method) &&
      allowedOrigins.some((pattern) => matches(pattern, origin)) &&
      requested.every((name) => allowedHeaders.some((pattern) => matches(pattern.toLowerCase(), name))),
  );
}

/** One `*` stands for any characters. */
function matches(pattern: string, text: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === text;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
}

function headersOf(rule: CorsRule, origin: string): Record<string, string> {
  const isForAll = rule.allowedOrigins.includes('*');
  return {
    'access-control-allow-origin': isForAll ? '*' : origin,
    'access-control-allow-methods': rule.allowedMethods.join(', '),
    ...(rule.exposeHeaders.length === 0 ? {} : { 'access-control-expose-headers': rule.exposeHeaders.join(', ') }),
    ...(rule.maxAgeSeconds === undefined ? {} : { 'access-control-max-age': String(rule.maxAgeSeconds) }),
    ...(isForAll ? {} : { 'access-control-allow-credentials': 'true' }),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}
