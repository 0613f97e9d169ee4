import type { DataSourceAnswer } from '../dataSources/dataSource.ts';
import type { FieldError } from '../javascript/runtime.ts';
import type { CompiledResolver } from './compiledApi.ts';
import { info, type ResolverRun } from './resolver.ts';

/**
 * The request of a Lambda resolver without code: the whole context is the payload.
 * https://docs.aws.amazon.com/appsync/latest/devguide/direct-lambda-reference.html
 */
export function directLambdaRequest(run: ResolverRun): unknown {
  const { state, resolver } = run;
  return {
    operation: resolver.maxBatchSize > 0 ? 'BatchInvoke' : 'Invoke',
    payload: {
      arguments: run.args,
      identity: state.caller.identity,
      source: run.source,
      request: state.contextRequest,
      prev: null,
      info: info(run, true),
      stash: run.stash,
    },
  };
}

type Unwrapped = { readonly value: unknown } | { readonly error: Pick<FieldError, 'message' | 'errorType'> };

/** The value or the error in the function's answer; elements of a batch say which by themselves. */
export function directLambdaAnswer(resolver: CompiledResolver, { result, error }: DataSourceAnswer): Unwrapped {
  if (error !== undefined) return { error: withoutPrefix(error) };
  if (resolver.maxBatchSize === 0) return { value: result };
  if (typeof result !== 'object' || result === null) return { value: null };
  const element = result as Readonly<Record<string, unknown>>;
  if (element.errorMessage === null || element.errorMessage === undefined) return { value: element.data ?? null };
  const errorType = typeof element.errorType === 'string' ? element.errorType : null;
  return { error: { message: String(element.errorMessage), errorType } };
}

function withoutPrefix({ type, message }: { readonly type: string; readonly message: string }) {
  const unauthorized = type === 'UnauthorizedException';
  return { errorType: type, message: unauthorized ? 'You are not authorized to make this call.' : message };
}
