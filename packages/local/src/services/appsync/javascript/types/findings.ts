import { DENIED_METHODS, type MethodOwner } from '../gate/deniedMethods.ts';
import { codeFinding } from '../parse.ts';
import type { CodeFinding } from '../runtime.ts';
import type { CheckedModule, TypeScript } from './program.ts';

/**
 * The errors that are reported besides those of syntax (1000 to 1999, and 8000 to 8999 for TypeScript in JavaScript). Each was seen to
 * stop a deployment on AWS or follows from names that AppSync itself declares. Others say more of our declarations than of the code,
 * and are left out.
 */
const REPORTED: ReadonlySet<number> = new Set([
  2304, // Cannot find name 'Date'.
  2552, // Cannot find name 'utl'. Did you mean 'util'?
  2307, // Cannot find module 'node:fs' ..., of `require`.
  2580, // Cannot find name 'process'. Do you need to install type definitions for node? ...
  2583, // Cannot find name 'Map'. Do you need to change your target library? ...
  2591, // As 2580.
  2339, // Property 'toJson' does not exist on type 'Util'.
  2550, // ... Do you need to change your target library?
  2551, // ... Did you mean 'sync'?
  2554, // Expected 1 arguments, but got 2.
  2555, // Expected at least 1 arguments, but got 0.
  2588, // Cannot assign to 'a' because it is a constant.
]);
/**
 * Types that do not fit one that was inferred. AppSync lets pass what its published declarations refuse (`put` with a key that is no part
 * of the item), and AWS publishes samples whose results are not what their comments say.
 */
const REPORTED_OF_INFERRED: ReadonlySet<number> = new Set([
  2322, // Type 'string' is not assignable to type 'number'.
  2345, // Argument of type ... is not assignable to parameter of type ...
  2353, // Object literal may only specify known properties ...
  2739, // Type ... is missing the following properties from type ...
  2740,
  2741, // Property 'ge' is missing in type '{ eq: any; }' but required in type '{ ge: any; }'.
]);
/** Said of imports and exports of other modules, which the gate's own rule names. */
const SAID_BY_GATE: ReadonlySet<number> = new Set([1192]);

/** What AppSync's own check of types would refuse in one module, in source order. */
export function typeFindings(ts: typeof TypeScript, module: CheckedModule): CodeFinding[] {
  const { file, diagnostics, isDeclared } = module;
  return diagnostics
    .filter(({ category }) => category === ts.DiagnosticCategory.Error)
    .filter(({ code, start = 0 }) => isReported(code) || (REPORTED_OF_INFERRED.has(code) && !isDeclared(start)))
    .toSorted((a, b) => (a.start ?? 0) - (b.start ?? 0))
    .map(({ code, messageText, start = 0, length = 0 }) => {
      const { line, character } = file.getLineAndCharacterOfPosition(start);
      const location = { line: line + 1, column: character + 1, span: length };
      const message = messageOf(ts.flattenDiagnosticMessageText(messageText, '\n'));
      const denied = deniedMethod(message);
      return denied === undefined
        ? codeFinding('PARSER_ERROR', `TS${code}`, message, location)
        : codeFinding('LINT_ERROR', '@aws-appsync/no-disallowed-methods', denied, location);
    });
}

const isReported = (code: number): boolean =>
  REPORTED.has(code) || (!SAID_BY_GATE.has(code) && [1, 8].includes(Math.floor(code / 1000)));

/** Without this machine's paths, and without advice on options that nobody can set. */
function messageOf(text: string): string {
  return text
    .replaceAll(/import\("[^"]*(@aws-appsync\/utils[^"]*)"\)/g, 'import("$1")')
    .replace(/ Do you need to (change|install) .*$/, '');
}

/** AWS's linter knows receivers by their types, too, and has a text of its own for the methods it denies. */
function deniedMethod(message: string): string | undefined {
  const [, method = '', type = ''] = /^Property '(\w+)' does not exist on type '([^']+)'/.exec(message) ?? [];
  const owner = ownerOf(type);
  return owner && DENIED_METHODS[owner].has(method) ? `Method ${owner}.${method} is not implemented` : undefined;
}

function ownerOf(type: string): MethodOwner | undefined {
  if (type === 'string' || type.startsWith('"')) return 'String';
  if (type === 'ObjectConstructor') return 'ObjectConstructor';
  return type.endsWith('[]') || type === 'ArrayConstructor' ? 'Array' : undefined;
}
