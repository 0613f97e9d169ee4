import type { Clock } from '../../../clock.ts';
import type { Random } from '../../../random.ts';
import { acceptModule } from './gate/acceptModule.ts';
import { createCapabilities } from './host/capabilities.ts';
import { instrument, type InstrumentedModule } from './instrument.ts';
import { codeFinding } from './parse.ts';
import { type FormatPosition, positionFormatter } from './positions.ts';
import { CodeError, type Evaluation, type HandlerModule, type JavaScriptRuntime } from './runtime.ts';
import { createSandbox, type Sandbox } from './sandbox.ts';
import type { SyntaxTree } from './syntaxTree.ts';
import type { TypeCheck } from './types/index.ts';

/** The APPSYNC_JS 1.0.0 runtime: modules that AWS would refuse do not load, the others run isolated from this process. */
export function createJavaScriptRuntime(options: {
  readonly clock: Clock;
  readonly random: Random;
  /** Without it types are not checked, which AWS does: for unit tests, where milliseconds count. */
  readonly typeCheck?: TypeCheck;
}): JavaScriptRuntime {
  const sandbox = createSandbox(createCapabilities(options));
  return { load: (code, name) => loadModule(sandbox, acceptModule(code, options.typeCheck), code, name) };
}

function loadModule(sandbox: Sandbox, tree: SyntaxTree, code: string, name: string): HandlerModule {
  const format = positionFormatter(code);
  const module = instrument(code, tree, format);
  const compiled = compile(sandbox, module, name);
  return {
    has: (handler) => module.exports.has(handler),
    evaluate(handler, context) {
      const { result, stash, appendedErrors, logs, extensions, error, place, skipTo } = sandbox.evaluate(
        compiled,
        handler,
        context,
      );
      return {
        result,
        stash,
        appendedErrors: appendedErrors ?? NOTHING,
        logs: logs ?? NOTHING,
        extensions: (extensions as Evaluation['extensions'] | undefined) ?? NO_EXTENSIONS,
        ...(error && { error }),
        ...(place && { position: formatPlace(place, module, format) }),
        ...(skipTo !== undefined && { earlyReturn: { skipTo: skipTo as 'END' | 'NEXT' } }),
      };
    },
  };
}

const NOTHING: readonly never[] = [];
const NO_EXTENSIONS: Evaluation['extensions'] = { invalidations: [], evictions: [], responseHeaders: {} };

function compile(sandbox: Sandbox, module: InstrumentedModule, name: string): ReturnType<Sandbox['compile']> {
  try {
    return sandbox.compile(module.script, name);
  } catch (error) {
    // The engine has a few early errors that the parser does not know.
    const message = error instanceof Error ? error.message : String(error);
    throw new CodeError([codeFinding('PARSER_ERROR', 'SyntaxError', message, { line: 1, column: 1, span: 0 })]);
  }
}

function formatPlace(place: readonly [number, number], module: InstrumentedModule, format: FormatPosition): string {
  const { line, column } = module.locate(...place);
  return format(line, column);
}
