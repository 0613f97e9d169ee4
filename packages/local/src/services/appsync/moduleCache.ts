import type { HandlerModule, JavaScriptRuntime } from './javascript/runtime.ts';

/**
 * Loads each module once for as long as versions of the API use it, so that a reload costs what changed and not what
 * there is. `keepUsed` forgets what was not asked for since the last call.
 */
export interface ModuleCache extends JavaScriptRuntime {
  keepUsed(): void;
}

export function createModuleCache(javascript: JavaScriptRuntime): ModuleCache {
  let modules = new Map<string, HandlerModule>();
  let used = new Map<string, HandlerModule>();
  return {
    load(code, name) {
      const key = `${name}\n${code}`;
      const module = used.get(key) ?? modules.get(key) ?? javascript.load(code, name);
      used.set(key, module);
      return module;
    },
    keepUsed() {
      modules = used;
      used = new Map();
    },
  };
}
