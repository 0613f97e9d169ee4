import type { Clock } from '../../../clock.ts';
import type { Random } from '../../../random.ts';
import type { RequestHeaders } from '../execution/request.ts';

/** Joins what one request sets off: resolvers, functions, messages. https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html */
export const TRACE_HEADER = 'x-amzn-trace-id';

/** `Root=1-679cbd60-0123456789abcdef01234567`: the second of its beginning, and 96 bits of chance. */
export function createTraceIds({ random, clock }: { readonly random: Random; readonly clock: Clock }): () => string {
  return () => {
    const seconds = Math.floor(clock.now() / 1000);
    return `Root=1-${seconds.toString(16).padStart(8, '0')}-${random.bytes(12).toString('hex')}`;
  };
}

const WELL_FORMED = /^(Self=[^;]{1,64};)?Root=1-[0-9a-f]{8}-[0-9a-f]{24}(;[A-Za-z]{1,16}=[A-Za-z0-9:.-]{1,64}){0,8}$/;

/** AWS's front end gives every request a trace id that does not bring one. */
export function withTraceId(headers: RequestHeaders, newTraceId: () => string): RequestHeaders {
  return traceIdOf(headers) === undefined ? { ...headers, [TRACE_HEADER]: newTraceId() } : headers;
}

export function traceIdOf(headers: RequestHeaders): string | undefined {
  const value = headers[TRACE_HEADER];
  return typeof value === 'string' && WELL_FORMED.test(value) ? value : undefined;
}
