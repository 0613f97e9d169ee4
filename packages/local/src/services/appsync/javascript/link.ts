import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import vm from 'node:vm';

import * as acorn from 'acorn';
import MagicString from 'magic-string';

import { makePlain, returnStatement } from './moduleSyntax.ts';

/** The library's modules; each comes after what it imports. */
const LIBRARY = [
  'host.ts',
  'evaluation.ts',
  'jsonCopy.ts',
  'context.ts',
  'intrinsics.ts',
  'typedValues.ts',
  'expressions.ts',
  'updates.ts',
  'dynamodb.ts',
  'subscriptionFilter.ts',
  'openSearch.ts',
  'http.ts',
  'rds.ts',
  'util.ts',
  'entry.ts',
] as const;

/**
 * Evaluates the library inside a context, from its text, so that its functions belong to the context and lead nowhere
 * else. Returns the exports of `entry.ts`.
 */
export function linkLibrary(context: vm.Context): Record<string, unknown> {
  const share = vm.runInContext('(modules, name, exports) => { modules[name] = exports; }', context) as (
    modules: unknown,
    name: string,
    exports: unknown,
  ) => void;
  const modules: unknown = vm.runInContext('({ __proto__: null })', context);
  let exports: unknown;
  for (const name of LIBRARY) {
    const script = new vm.Script(libraryScript(name), { filename: `library/${name}` });
    exports = (script.runInContext(context) as (modules: unknown) => unknown)(modules);
    share(modules, `./${name}`, exports);
  }
  return exports as Record<string, unknown>;
}

const scripts = new Map<string, string>();

function libraryScript(name: (typeof LIBRARY)[number]): string {
  const known = scripts.get(name);
  if (known !== undefined) return known;
  const code = withoutTypes(readFileSync(new URL(`./library/${name}`, import.meta.url), 'utf8'));
  const source = new MagicString(code);
  const program = acorn.parse(code, { ecmaVersion: 'latest', sourceType: 'module' });
  const { imports, exports } = makePlain(source, program, (imported) => `$modules[${JSON.stringify(imported)}]`);
  source.prepend(`(function($modules){"use strict";${imports}`);
  source.append(`\n;${returnStatement(exports)}})`);
  scripts.set(name, source.toString());
  return source.toString();
}

/** Node runs this very package by stripping types, but still warns whoever calls the function for it. */
function withoutTypes(code: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(code);
  } finally {
    process.emitWarning = emitWarning;
  }
}
