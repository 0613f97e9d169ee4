/** Where the host enters the sandbox. */
import type { EvaluationContext } from '../runtime.ts';
import { context } from './context.ts';
import { dynamodbModule } from './dynamodb.ts';
import { begin, endLoop, type ErrorEntry, errorEntry, type Extensions, type Run, step, STOP } from './evaluation.ts';
import { type Bridge, callHost, connect } from './host.ts';
import { lockDown, spread } from './intrinsics.ts';
import { jsonCopier, type JsonCopier, type Makers } from './jsonCopy.ts';
import { aiModule, rdsModule } from './rds.ts';
import { extensions, runtime, util } from './util.ts';

type Handler = (context: unknown) => unknown;
/** What the instrumented script of a module evaluates to. */
export type ModuleFunction = (
  modules: object,
  logAt: (level: string, position: string) => (...values: unknown[]) => void,
  stepCounter: () => void,
  loopEnd: () => never,
  spreadGuard: (value: unknown) => unknown,
) => Record<string, unknown>;

/** Runs a handler. The context is the host's, and so is everything in the outcome but the outcome itself. */
export type Evaluate = (module: ModuleFunction, handler: string, given: EvaluationContext) => Outcome;

/** Most runs have nothing but a result. */
export interface Outcome {
  readonly result: unknown;
  readonly stash: EvaluationContext['stash'];
  readonly appendedErrors: readonly ErrorEntry[] | undefined;
  readonly logs: readonly string[] | undefined;
  readonly extensions: Extensions | undefined;
  readonly error: Run['error'] | undefined;
  /** Line and column of the script where the error came from. */
  readonly place: readonly [number, number] | undefined;
  readonly skipTo: string | undefined;
}

const { stringify } = JSON;
const { isArray } = Array;
const EvaluationError = Error;
const text = String;

const MAX_RESULT_BYTES = 5 * 1024 * 1024;
/** Enough to get past the library's own functions to the code that called them. */
const STACK_FRAMES = 20;

const modules = {
  '@aws-appsync/utils': { util, runtime, extensions },
  '@aws-appsync/utils/dynamodb': dynamodbModule,
  '@aws-appsync/utils/rds': rdsModule,
  '@aws-appsync/utils/ai': aiModule,
};

let current: Run | undefined;
let outward: JsonCopier;

/**
 * @param hosts make objects of the host, which resolver code never gets
 * @param scriptPrefix what the names of all resolver scripts start with
 */
export function start(bridge: Bridge, hosts: Makers, scriptPrefix: string): Evaluate {
  connect(bridge);
  outward = jsonCopier(hosts);
  lockDown({ util, runtime, extensions, Error: errorTracing(scriptPrefix) }, modules);
  return evaluate;
}

/**
 * Stacks become lists of `[line, column]` in resolver code. Node looks for the formatter on the global `Error`; that one
 * makes no errors, since APPSYNC_JS has none to make.
 */
function errorTracing(scriptPrefix: string): object {
  EvaluationError.stackTraceLimit = STACK_FRAMES;
  const prepareStackTrace = (_error: unknown, trace: readonly NodeJS.CallSite[]): unknown => {
    const places: (readonly [number, number])[] = [];
    for (const site of trace) {
      if (site.getScriptNameOrSourceURL()?.startsWith(scriptPrefix)) {
        places.push([site.getLineNumber() ?? 1, site.getColumnNumber() ?? 1]);
      }
    }
    return places;
  };
  return { prepareStackTrace };
}

function log(level: string, position: string): (...values: unknown[]) => void {
  return (...values) => {
    const parts: string[] = [];
    for (const value of values) parts.push((stringify(value) as string | undefined) ?? 'undefined');
    current?.logs.push(`${level} - ${position}: ${parts.join(' ')}`);
  };
}

function evaluate(module: ModuleFunction, handler: string, given: EvaluationContext): Outcome {
  const run = begin(given);
  current = run;
  let result: unknown = null;
  let place: unknown;
  try {
    result = resultOf(call(module, handler));
  } catch (thrown) {
    if (thrown !== STOP) {
      run.error = { ...crash(thrown), unauthorized: false };
      place = placeOf(thrown);
    }
  }
  try {
    if (run.earlyReturn && !run.error) result = resultOf(run.earlyReturn.value);
    return outcome(run, run.error ? null : result, place);
  } catch (thrown) {
    // A stash with a cycle has no JSON.
    run.error = { ...crash(thrown), unauthorized: false };
    delete run.earlyReturn;
    run.read.stash = {};
    return outcome(run, null, undefined);
  }
}

function call(module: ModuleFunction, name: string): unknown {
  const handlers = module(modules, log, step, endLoop, spread);
  const handler = handlers[name];
  if (typeof handler !== 'function') throw new EvaluationError(`The code exports no function ${name}.`);
  return (handler as Handler)(context);
}

function resultOf(value: unknown): unknown {
  const copied = outward.copy(value);
  if (outward.bytes() > MAX_RESULT_BYTES && jsonBytes(copied) > MAX_RESULT_BYTES)
    throw new EvaluationError('The result of the handler is larger than 5 MB.');
  return copied ?? null;
}

const jsonBytes = (value: unknown): number => callHost('utf8Length', stringify(value) ?? '') as number;

function outcome(run: Run, result: unknown, place: unknown): Outcome {
  const { given, read, appendedErrors, logs, extensions: asked, error, earlyReturn } = run;
  return {
    result,
    // What was not read is as it was.
    stash: ('stash' in read ? outward.copy(read.stash) : given.stash) as EvaluationContext['stash'],
    appendedErrors: appendedErrors.length > 0 ? (outward.copy(appendedErrors) as ErrorEntry[]) : undefined,
    logs: logs.length > 0 ? (outward.copy(logs) as string[]) : undefined,
    extensions: asked && (outward.copy(asked) as Extensions),
    error: error && (outward.copy(error) as Run['error']),
    place: place ? (outward.copy(place) as [number, number]) : undefined,
    skipTo: error ? undefined : earlyReturn?.skipTo,
  };
}

/** AppSync gives what the code or a library call threw the type `Code`. */
function crash(thrown: unknown): ReturnType<typeof errorEntry> {
  // A getter or `toJSON` may stop the handler when its values are read after it has ended.
  if (thrown === STOP) return errorEntry('The handler was stopped while its values were read.', 'Code', null, null);
  const message = typeof thrown === 'object' && thrown !== null && 'message' in thrown ? thrown.message : text(thrown);
  return errorEntry(message, 'Code', null, null);
}

function placeOf(thrown: unknown): unknown {
  const stack: unknown = typeof thrown === 'object' && thrown !== null && 'stack' in thrown ? thrown.stack : undefined;
  return isArray(stack) ? stack[0] : undefined;
}
