import vm from 'node:vm';

import { type Capabilities, createBridge } from './host/bridge.ts';
import type { Evaluate, ModuleFunction } from './library/entry.ts';
import type { Makers } from './library/jsonCopy.ts';
import { linkLibrary } from './link.ts';

/** What the scripts of resolver code are called in stack traces. */
const SCRIPT_PREFIX = 'appsync:';

/** Without prototypes, and so without a way back to the host's `Function`, like the bridge. */
const hostMakers: Makers = Object.freeze({
  object: withoutPrototype(() => ({})),
  array: withoutPrototype(() => []),
  parse: withoutPrototype((text: string) => JSON.parse(text) as unknown),
});

function withoutPrototype<F extends object>(make: F): F {
  Object.setPrototypeOf(make, null);
  return Object.freeze(make);
}

/** A JavaScript realm in which only APPSYNC_JS's globals exist, all of them frozen. */
export interface Sandbox {
  /** Compiles an instrumented module. */
  compile(script: string, name: string): ModuleFunction;
  /** Runs a handler of a compiled module. */
  evaluate: Evaluate;
}

/**
 * One context serves all modules: what they share is frozen, and each run evaluates its module anew.
 *
 * Resolver code gets nothing of the host. The library, which is ours, keeps three things to itself: a function from strings to
 * a string, the context of a run, of which it gives out copies made in the sandbox, and what makes the host's objects, into
 * which it copies the outcome.
 */
export function createSandbox(capabilities: Capabilities): Sandbox {
  const context = vm.createContext(vm.constants.DONT_CONTEXTIFY, {
    name: 'APPSYNC_JS',
    codeGeneration: { strings: false, wasm: false },
  });
  const { start } = linkLibrary(context) as {
    start: (bridge: unknown, hosts: Makers, scriptPrefix: string) => Evaluate;
  };
  return {
    compile: (script, name) =>
      new vm.Script(script, { filename: SCRIPT_PREFIX + name }).runInContext(context) as ModuleFunction,
    evaluate: start(createBridge(capabilities), hostMakers, SCRIPT_PREFIX),
  };
}
