import vm from 'node:vm';

import { type Capabilities, createBridge } from './host/bridge.ts';
import type { Evaluate, ModuleFunction } from './library/entry.ts';
import { linkLibrary } from './link.ts';

/** What the scripts of resolver code are called in stack traces. */
const SCRIPT_PREFIX = 'appsync:';

/** A JavaScript realm in which only APPSYNC_JS's globals exist, all of them frozen. */
export interface Sandbox {
  /** Compiles an instrumented module. */
  compile(script: string, name: string): ModuleFunction;
  /** Runs a handler of a compiled module. Both texts are JSON. */
  evaluate: Evaluate;
}

/**
 * One context serves all modules: what they share is frozen, and each run evaluates its module anew.
 * Nothing of the host gets in but one function from strings to a string, which the library keeps to itself.
 */
export function createSandbox(capabilities: Capabilities): Sandbox {
  const context = vm.createContext(vm.constants.DONT_CONTEXTIFY, {
    name: 'APPSYNC_JS',
    codeGeneration: { strings: false, wasm: false },
  });
  const { start } = linkLibrary(context) as { start: (bridge: unknown, scriptPrefix: string) => Evaluate };
  return {
    compile: (script, name) =>
      new vm.Script(script, { filename: SCRIPT_PREFIX + name }).runInContext(context) as ModuleFunction,
    evaluate: start(createBridge(capabilities), SCRIPT_PREFIX),
  };
}
