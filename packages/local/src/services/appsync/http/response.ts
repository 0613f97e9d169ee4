import { AwsError } from '../../../aws/error.ts';

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Response headers that scripts of other origins must be able to read: Amplify looks at the error type. */
export const EXPOSED_HEADERS = ['x-amzn-errortype', 'x-amzn-requestid'] as const;

const CONTENT_TYPE = 'application/json;charset=UTF-8';

export function jsonResponse(
  result: unknown,
  requestId: string,
  headers: Readonly<Record<string, string>>,
): HttpResponse {
  return bodyResponse(JSON.stringify(result), requestId, headers);
}

export function bodyResponse(body: string, requestId: string, headers: Readonly<Record<string, string>>): HttpResponse {
  return {
    status: 200,
    headers: { ...headers, 'content-type': CONTENT_TYPE, 'x-amzn-requestid': requestId },
    body,
  };
}

/** A request that never became a GraphQL execution. */
export function errorResponse({ code, message, statusCode }: AwsError, requestId: string): HttpResponse {
  // The service prints the two members in this order for 401, in the other for the rest.
  const error = statusCode === 401 ? { errorType: code, message } : { message, errorType: code };
  return {
    status: statusCode,
    headers: { 'content-type': CONTENT_TYPE, 'x-amzn-requestid': requestId, 'x-amzn-errortype': code },
    body: JSON.stringify({ errors: [error] }),
  };
}

/** What the client gets to know of a defect of this package. */
export const internalFailure = (): AwsError =>
  new AwsError('InternalFailure', 'An internal failure occurred.', { statusCode: 500 });
