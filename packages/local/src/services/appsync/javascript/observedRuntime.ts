import type { Evaluation, EvaluationContext, HandlerName, JavaScriptRuntime } from './runtime.ts';

/** One run of a handler. `name` is the one that the module was loaded under: the resolver's or function's address. */
export interface ObservedEvaluation {
  readonly name: string;
  readonly handler: HandlerName;
  readonly context: EvaluationContext;
  readonly evaluation: Evaluation;
}

/** The same runtime, which tells of every run after it. The context is the handler's own: to keep it is to copy it. */
export function observedRuntime(
  runtime: JavaScriptRuntime,
  onEvaluation: (observed: ObservedEvaluation) => void,
): JavaScriptRuntime {
  return {
    load(code, name) {
      const module = runtime.load(code, name);
      return {
        has: (handler) => module.has(handler),
        evaluate(handler, context) {
          const evaluation = module.evaluate(handler, context);
          onEvaluation({ name, handler, context, evaluation });
          return evaluation;
        },
      };
    },
  };
}
