import { util, type HTTPRequest } from '@aws-appsync/utils';
import { fail } from './errors.ts';

/** What an HTTP data source was answered. A status other than 2xx is no error to AppSync. */
export type HttpAnswer = { statusCode: number; headers: Record<string, string>; body: string };

type HttpContext = { result: unknown; error?: { message: string; type: string } };

/** An object by its name. The key must be checked: it becomes a path. */
export function getObject(key: string): HTTPRequest<string> {
  return { method: 'GET', resourcePath: `/${key}` };
}

/** The object that S3 answered, or null when there is none. What else S3 says ends the request. */
export function objectOf(ctx: HttpContext): HttpAnswer | null {
  if (ctx.error) {
    fail(ctx.error);
  }
  const answer = ctx.result as HttpAnswer;
  if (answer.statusCode === 404) {
    return null;
  }
  if (answer.statusCode !== 200) {
    util.error(`The store for files answered ${answer.statusCode}. Send the request again later.`, 'StoreUnavailable');
  }
  return answer;
}

/** Names of headers have no case, and servers differ in theirs. */
export function headerOf(answer: HttpAnswer, name: string): string | null {
  const found = Object.keys(answer.headers).find((key) => key.toLowerCase() === name);
  return found === undefined ? null : (answer.headers[found] as string);
}

/** As RFC 9110, 5.6.7 writes times, and `Last-Modified` among them: `Sun, 06 Nov 1994 08:49:37 GMT`. */
export function httpDateToISO(text: string): string {
  const milliseconds = util.time.parseFormattedToEpochMilliSeconds(text, 'EEE, dd MMM yyyy HH:mm:ss zzz');
  return util.time.epochMilliSecondsToISO8601(milliseconds);
}
