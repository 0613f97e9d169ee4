import { createHash } from 'node:crypto';
import type { APIGatewayProxyStructuredResultV2, LambdaFunctionURLEvent } from 'aws-lambda';
import { writeLog } from '../shared/log.ts';
import { askAsPublic, NoAnswer } from './askAsPublic.ts';
import { publicOperation } from './operations.ts';
import { BadVariables, readVariables } from './variables.ts';

type Answer = APIGatewayProxyStructuredResultV2;

/**
 * `GET /q/{hash}?v={variables}`: a public operation of the manifest, asked of AppSync when the CDN has no answer kept.
 * Answers without errors may be kept by everyone for as long as the operation says; nothing else may be kept.
 */
export async function handler(event: LambdaFunctionURLEvent): Promise<Answer> {
  const { method } = event.requestContext.http;
  if (method !== 'GET' && method !== 'HEAD')
    return refusal(405, 'MethodNotAllowed', 'Only GET and HEAD.', { allow: 'GET, HEAD' });
  try {
    const answer = await answerTo(event);
    return method === 'HEAD' ? { ...answer, body: '' } : answer;
  } catch (error) {
    if (error instanceof BadVariables) return refusal(400, 'BadVariables', error.message);
    if (error instanceof NoAnswer) return withoutAnswer(error);
    throw error;
  }
}

async function answerTo(event: LambdaFunctionURLEvent): Promise<Answer> {
  const [, hash] = /^\/q\/([0-9a-f]{64})$/.exec(event.rawPath) ?? [];
  const operation = hash === undefined ? undefined : publicOperation(hash);
  if (!operation) return refusal(404, 'PersistedQueryNotFound', 'No public operation has this hash.');
  const variables = readVariables(event.rawQueryString, operation.variables);
  const { body, hasErrors } = await askAsPublic({ query: operation.document, variables });
  // A part may be missing for a moment only: whoever asks next is asked for again.
  if (hasErrors) return { statusCode: 200, headers: { ...JSON_TYPE, ...NEVER_KEPT }, body };
  const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  // Browsers ask each time, and are told by the ETag; only the CDN keeps it.
  const headers = { 'cache-control': `public, max-age=0, s-maxage=${operation.cacheSeconds}`, etag };
  if (matches(event.headers['if-none-match'], etag)) return { statusCode: 304, headers };
  return { statusCode: 200, headers: { ...JSON_TYPE, ...headers }, body };
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const NEVER_KEPT = { 'cache-control': 'no-store' };

/** The CDN makes an ETag weak when it compresses, and for this comparison that is the same one. RFC 9110, 13.1.2. */
function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  const listed = (ifNoneMatch ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  return listed.includes(etag) || listed.includes('*');
}

function withoutAnswer({ status, message }: NoAnswer): Answer {
  writeLog({ level: status === 429 ? 'WARN' : 'ERROR', function: 'persistedQuery', status, message });
  const headers = { 'retry-after': '1' };
  if (status === 429) return refusal(429, 'Throttled', 'Too many requests at the moment.', headers);
  return refusal(status, 'NoAnswer', 'The API did not answer.', headers);
}

/** In the form of GraphQL's own errors, so that clients read one form. */
function refusal(statusCode: number, errorType: string, message: string, headers: Record<string, string> = {}): Answer {
  return {
    statusCode,
    headers: { ...JSON_TYPE, ...NEVER_KEPT, ...headers },
    body: JSON.stringify({ data: null, errors: [{ errorType, message }] }),
  };
}
