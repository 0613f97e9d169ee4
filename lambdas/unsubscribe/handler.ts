import type { APIGatewayProxyStructuredResultV2, LambdaFunctionURLEvent } from 'aws-lambda';
import { writeLog } from '../shared/log.ts';
import { readKey, stateOf, stopDigests } from './digests.ts';
import { confirmationPage, pageHeaders, stoppedPage, unknownPage } from './pages.ts';

type Answer = APIGatewayProxyStructuredResultV2;
type Result = 'asked' | 'stopped' | 'stopped before' | 'unknown' | 'refused';

/**
 * `/unsubscribe?t=KEY`: ends the digests of the member whose key it is. GET only shows a button, since programs that look
 * at mail follow its links; POST does it, from the button or from a mail program that sends `List-Unsubscribe=One-Click`
 * (RFC 8058). Doing it twice is doing it once. Nothing that is posted is read.
 */
export async function handler(event: LambdaFunctionURLEvent): Promise<Answer> {
  const { method } = event.requestContext.http;
  const [result, answer] = await answerTo(method, event.queryStringParameters?.['t'] ?? '');
  writeLog({ level: 'INFO', function: 'unsubscribe', method, result });
  return method === 'HEAD' ? { ...answer, body: '' } : answer;
}

async function answerTo(method: string, text: string): Promise<readonly [Result, Answer]> {
  if (method !== 'GET' && method !== 'HEAD' && method !== 'POST') {
    return ['refused', { statusCode: 405, headers: { allow: 'GET, HEAD, POST' }, body: '' }];
  }
  const key = readKey(text);
  const state = key ? await stateOf(key) : 'unknown';
  if (!key || state === 'unknown') return ['unknown', html(404, unknownPage)];
  if (state === 'stopped') return ['stopped before', html(200, stoppedPage)];
  if (method !== 'POST') return ['asked', html(200, confirmationPage)];
  return (await stopDigests(key)) ? ['stopped', html(200, stoppedPage)] : ['unknown', html(404, unknownPage)];
}

function html(statusCode: number, body: string): Answer {
  return { statusCode, headers: pageHeaders, body };
}
