import { build } from 'esbuild';
import { type Clock, systemClock } from './clock.ts';
import { type Random, systemRandom } from './random.ts';
import { completeContext } from './services/appsync/javascript/evaluateHandler.ts';
import { createJavaScriptRuntime } from './services/appsync/javascript/index.ts';
import type {
  Evaluation,
  EvaluationContext,
  FieldError,
  HandlerName,
  JavaScriptRuntime,
} from './services/appsync/javascript/runtime.ts';

export type EvaluateOptions = ResolverCode & {
  readonly function: HandlerName;
  /** What the handler sees as `ctx`; what is left out is as for a root field that was asked for with an API key. */
  readonly context?: Partial<EvaluationContext>;
  /** Default: this machine's. */
  readonly clock?: Clock;
  /** Default: this machine's. */
  readonly random?: Random;
};

export type ResolverCode =
  /** A module as it is deployed. */
  | { readonly code: string }
  | {
      /** A source, in JavaScript or TypeScript, which is bundled first. */
      readonly file: string;
      /** Constants of the sources and the expressions that they become, as `{ 'TABLE.users': '"users"' }`; esbuild's `define`. */
      readonly define?: Readonly<Record<string, string>>;
    };

export interface Evaluated {
  readonly result: unknown;
  /** What ended the handler: `util.error`, `util.unauthorized`, a refused call of the library, or a crash. */
  readonly error?: Evaluation['error'];
  /** What `util.appendError` added. */
  readonly outErrors: readonly FieldError[];
  readonly stash: Record<string, unknown>;
  /** `INFO - code.js:5:3: "text"` */
  readonly logs: readonly string[];
  /** Set by `runtime.earlyReturn`, whose value is the result. */
  readonly earlyReturn?: Evaluation['earlyReturn'];
  readonly extensions: Evaluation['extensions'];
}

/**
 * Runs one handler of a resolver or function, in milliseconds, on the engine that serves the API: for unit tests. Throws
 * `CodeError` for what is not of AppSync's language; types are checked at synth, at the start and by EvaluateCode.
 */
export async function evaluate(options: EvaluateOptions): Promise<Evaluated> {
  const { function: handler, context = {}, clock = systemClock, random = systemRandom } = options;
  const code = 'code' in options ? options.code : await bundle(options.file, options.define);
  const module = runtimeOf(clock, random).load(code, 'code.js');
  const { result, stash, logs, extensions, ...rest } = module.evaluate(handler, completeContext(context));
  const { error, earlyReturn, appendedErrors: outErrors } = rest;
  return { result, outErrors, stash, logs, extensions, ...(error && { error }), ...(earlyReturn && { earlyReturn }) };
}

/** As AWS advises to. https://docs.aws.amazon.com/appsync/latest/devguide/additional-utilities.html */
async function bundle(file: string, define: Readonly<Record<string, string>> = {}): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [file],
    outdir: '.',
    bundle: true,
    write: false,
    format: 'esm',
    target: 'esnext',
    external: ['@aws-appsync/utils', '@aws-appsync/utils/*'],
    sourcemap: 'inline',
    sourcesContent: false,
    define: { ...define },
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

const runtimes = new WeakMap<Clock, WeakMap<Random, JavaScriptRuntime>>();

/** A sandbox takes longer to make than a handler to run. */
function runtimeOf(clock: Clock, random: Random): JavaScriptRuntime {
  const ofClock = runtimes.get(clock) ?? new WeakMap<Random, JavaScriptRuntime>();
  runtimes.set(clock, ofClock);
  const runtime = ofClock.get(random) ?? createJavaScriptRuntime({ clock, random });
  ofClock.set(random, runtime);
  return runtime;
}
