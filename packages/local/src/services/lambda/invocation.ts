import { AwsError } from '../../aws/error.ts';
import type { Outcome } from './sandbox.ts';
import {
  MAX_ASYNCHRONOUS_REQUEST_BYTES,
  MAX_SYNCHRONOUS_REQUEST_BYTES,
  MAX_SYNCHRONOUS_RESPONSE_BYTES,
} from './limits.ts';

export type InvocationType = 'RequestResponse' | 'Event' | 'DryRun';

export interface InvocationResult {
  /** JSON text; empty for `Event` and `DryRun`. */
  readonly payload: string;
  /** Set when the function failed; the payload then describes the error. */
  readonly functionError?: 'Unhandled';
  /** As the lines of the log name it; none for `DryRun` and `Event`. */
  readonly requestId?: string;
}

/**
 * The event as JSON text; an empty payload is an empty object.
 *
 * Throws `AwsError` `InvalidRequestContentException` or `RequestTooLargeException` (413).
 */
export function checkPayload(payload: string, type: InvocationType): string {
  const limit = type === 'Event' ? MAX_ASYNCHRONOUS_REQUEST_BYTES : MAX_SYNCHRONOUS_REQUEST_BYTES;
  if (Buffer.byteLength(payload) > limit) {
    const message = `Request must be smaller than ${limit} bytes for the InvokeFunction operation`;
    throw new AwsError('RequestTooLargeException', message, { statusCode: 413 });
  }
  if (payload === '') return '{}';
  try {
    JSON.parse(payload);
    return payload;
  } catch (error) {
    throw new AwsError('InvalidRequestContentException', `Could not parse request body into json: ${String(error)}`);
  }
}

export function resultOf(outcome: Outcome): InvocationResult {
  if ('error' in outcome) return { payload: JSON.stringify(outcome.error), functionError: 'Unhandled' };
  if (Buffer.byteLength(outcome.payload) <= MAX_SYNCHRONOUS_RESPONSE_BYTES) return outcome;
  const error = {
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: `Response payload size exceeded maximum allowed payload size (${MAX_SYNCHRONOUS_RESPONSE_BYTES} bytes).`,
  };
  return { payload: JSON.stringify(error), functionError: 'Unhandled' };
}

export const tooManyRequests = (): AwsError =>
  new AwsError('TooManyRequestsException', 'Rate Exceeded.', {
    statusCode: 429,
    details: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' },
  });
