/** Where the host enters the sandbox. */
import { dynamodbModule } from './dynamodb.ts';
import { begin, endLoop, errorEntry, type Run, step, STOP } from './evaluation.ts';
import { type Bridge, callHost, connect } from './host.ts';
import { lockDown, spread } from './intrinsics.ts';
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

/** Runs a handler; the outcome is a JSON text. */
export type Evaluate = (module: ModuleFunction, handler: string, ...texts: ContextTexts) => string;

/** The context as JSON texts: what differs from run to run, and what most handlers never look at. */
export type ContextTexts = readonly [
  values: string,
  source: string,
  identity: string,
  request: string,
  info: string,
  env: string,
];

const { parse, stringify } = JSON;
const { defineProperty, freeze } = Object;
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

/** @param scriptPrefix what the names of all resolver scripts start with */
export function start(bridge: Bridge, scriptPrefix: string): Evaluate {
  connect(bridge);
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

function evaluate(module: ModuleFunction, handler: string, ...texts: ContextTexts): string {
  current = begin(handlerContext(...texts));
  let result: string | undefined;
  let place: unknown;
  try {
    result = encode(call(module, handler, current));
  } catch (thrown) {
    if (thrown !== STOP) {
      current.error = { ...crash(thrown), unauthorized: false };
      place = placeOf(thrown);
    }
  }
  return outcome(current, result, place);
}

function call(module: ModuleFunction, name: string, { context }: Run): unknown {
  const handlers = module(modules, log, step, endLoop, spread);
  const handler = handlers[name];
  if (typeof handler !== 'function') throw new EvaluationError(`The code exports no function ${name}.`);
  return (handler as Handler)(context);
}

interface ContextValues {
  readonly args: unknown;
  readonly stash: unknown;
  readonly result?: unknown;
  readonly prev?: unknown;
  readonly error?: unknown;
  readonly outErrors: unknown[];
}

/** `ctx` itself is read-only; what it holds is not. The large parts are read when a handler first asks for them. */
function handlerContext(...texts: ContextTexts): Run['context'] {
  const [values, sourceText, identityText, requestText, infoText, envText] = texts;
  const { args, stash, result, prev, error, outErrors } = parse(values) as ContextValues;
  let source: unknown;
  let identity: unknown;
  let request: unknown;
  let info: unknown;
  let env: unknown;
  return freeze({
    get env() {
      return (env ??= freeze(parse(envText)));
    },
    arguments: args,
    args,
    get identity() {
      return (identity ??= parse(identityText) as unknown);
    },
    get source() {
      return (source ??= parse(sourceText) as unknown);
    },
    error,
    stash,
    result,
    prev,
    get request() {
      return (request ??= parse(requestText) as unknown);
    },
    get info() {
      return (info ??= infoOf(infoText));
    },
    outErrors,
  });
}

/** Two members of `info` can be read, but do not show when it is printed. */
function infoOf(text: string): unknown {
  const info = parse(text) as object;
  defineProperty(info, 'selectionSetList', { enumerable: false });
  return defineProperty(info, 'selectionSetGraphQL', { enumerable: false });
}

function encode(value: unknown): string {
  const json = (stringify(value) as string | undefined) ?? 'null';
  // UTF-8 takes up to three bytes for a UTF-16 unit.
  if (json.length * 3 > MAX_RESULT_BYTES && (callHost('utf8Length', json) as number) > MAX_RESULT_BYTES) {
    throw new EvaluationError('The result of the handler is larger than 5 MB.');
  }
  return json;
}

/** Members that are empty are left out: most runs have nothing but a result. */
function outcome(run: Run, result: string | undefined, place: unknown): string {
  try {
    const { earlyReturn, context, error } = run;
    const value = error ? 'null' : earlyReturn ? encode(earlyReturn.value) : (result ?? 'null');
    const answer = `{"result":${value},"stash":${stringify(context.stash)}`;
    const rest = { ...collected(run), error, place, earlyReturn: earlyReturn && { skipTo: earlyReturn.skipTo } };
    const members = stringify(rest);
    return members === '{}' ? `${answer}}` : `${answer},${members.slice(1)}`;
  } catch (thrown) {
    // A stash with a cycle has no JSON.
    return stringify({ result: null, stash: {}, ...collected(run), error: { ...crash(thrown), unauthorized: false } });
  }
}

function collected({ appendedErrors, logs, extensions: asked }: Run): object {
  return {
    appendedErrors: appendedErrors.length > 0 ? appendedErrors : undefined,
    logs: logs.length > 0 ? logs : undefined,
    extensions: asked,
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
