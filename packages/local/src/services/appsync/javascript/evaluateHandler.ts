import type { Clock } from '../../../clock.ts';
import type { Random } from '../../../random.ts';
import { createJavaScriptRuntime } from './index.ts';
import type { Evaluation, EvaluationContext, HandlerName } from './runtime.ts';

/** A handler of a bundled module (its text), run with a context of which only what matters is given. */
export type EvaluateHandler = (code: string, handler: HandlerName, context?: Partial<EvaluationContext>) => Evaluation;

/** For unit tests of resolvers: milliseconds, no server, the refusals of AWS included (throws `CodeError`). */
export function createHandlerEvaluator(options: { readonly clock: Clock; readonly random: Random }): EvaluateHandler {
  const runtime = createJavaScriptRuntime(options);
  return (code, handler, context = {}) => runtime.load(code, 'code.js').evaluate(handler, completeContext(context));
}

/** Fills what a test leaves out with what a root field called with an API key has. */
export function completeContext(context: Partial<EvaluationContext>): EvaluationContext {
  return {
    args: {},
    identity: null,
    source: null,
    stash: {},
    request: { headers: {}, domainName: null },
    info: {
      fieldName: 'field',
      parentTypeName: 'Query',
      variables: {},
      selectionSetList: ['id'],
      selectionSetGraphQL: '{ id }',
    },
    env: {},
    outErrors: [],
    ...context,
  };
}
