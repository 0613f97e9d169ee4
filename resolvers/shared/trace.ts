import { util } from '@aws-appsync/utils';
import type { Expression } from './requests.ts';

/** The part of a context that says what began a request; EvaluateCode may be given none. */
export type Traced = { request?: { headers?: Record<string, string | undefined> } };

/**
 * The root of AppSync's trace id (`1-67891233-abcdef012345678912345678`), which what a request writes carries to the last
 * worker. Null when AppSync sent none. https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
 */
export function traceOf(ctx: Traced): string | null {
  const parts = (ctx.request?.headers?.['x-amzn-trace-id'] ?? '').split(';');
  const root = parts.find((part) => part.startsWith('Root='));
  return root ? root.slice('Root='.length) : null;
}

/**
 * What an item carries whose writing sets something off. The client is told the same in the answer's header: AppSync's own
 * `x-amzn-requestid` leads no further than to the request.
 */
export function carriedTrace(ctx: Traced): { trace?: string } {
  const trace = traceOf(ctx);
  if (trace === null) {
    return {};
  }
  util.http.addResponseHeader('hiroba-trace', trace);
  return { trace };
}

/** The same for a change of an item, whose expression begins with SET. */
export function tracedUpdate(ctx: Traced, update: Expression): Expression {
  const { trace } = carriedTrace(ctx);
  if (trace === undefined) {
    return update;
  }
  return {
    expression: update.expression.replace('SET ', 'SET #trace = :trace, '),
    names: { ...update.names, '#trace': 'trace' },
    values: { ...update.values, ':trace': trace },
  };
}
