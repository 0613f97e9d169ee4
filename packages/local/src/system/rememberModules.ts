import type { HandlerModule, JavaScriptRuntime } from '../services/appsync/javascript/runtime.ts';

/** Keeps prepared modules by their code, so that a reload prepares only what has changed. */
export function rememberModules(runtime: JavaScriptRuntime): JavaScriptRuntime {
  const modules = new Map<string, HandlerModule>();
  return {
    load(code, name) {
      const known = modules.get(code);
      if (known) return known;
      const module = runtime.load(code, name);
      modules.set(code, module);
      // Old versions of edited resolvers; what is in use again is loaded again.
      if (modules.size > MAX_REMEMBERED) modules.delete(modules.keys().next().value ?? '');
      return module;
    },
  };
}

/** Twice the resolvers and functions of a large API. */
const MAX_REMEMBERED = 1_000;
