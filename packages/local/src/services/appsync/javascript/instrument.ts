import type * as acorn from 'acorn';
import MagicString from 'magic-string';

import { findBindings } from './gate/bindings.ts';
import { makePlain, returnStatement } from './moduleSyntax.ts';
import type { FormatPosition } from './positions.ts';
import { MAX_LOOP_ITERATIONS } from './runtime.ts';
import { isFunction, type SyntaxTree } from './syntaxTree.ts';

export interface InstrumentedModule {
  /** A script whose value is a function `(modules, log, step, endLoop, spread) => exports`. */
  readonly script: string;
  /** The exported names. */
  readonly exports: ReadonlySet<string>;
  /** Turns a position in the script (both from 1) into one in the code: the start of the call that stands there. */
  locate(line: number, column: number): { readonly line: number; readonly column: number };
}

/**
 * Makes a script of a module that passed the language gate: imports and exports become plain declarations, loops and
 * functions count, and `console` calls carry their position. Lines stay what they are.
 */
export function instrument(code: string, tree: SyntaxTree, format: FormatPosition): InstrumentedModule {
  const source = new MagicString(code);
  const prefix = unusedPrefix(tree);
  const loops = insertCounters(source, tree, prefix);
  insertLogPositions(source, tree, { prefix, format });
  const { imports, exports } = makePlain(source, tree.program, (name) => `${prefix}modules[${JSON.stringify(name)}]`);

  const parameters = ['modules', 'log', 'step', 'endLoop', 'spread'].map((name) => prefix + name).join(',');
  source.prepend(`(function(${parameters}){"use strict";${loops.map((loop) => `let ${loop}=0;`).join('')}${imports}`);
  source.append(`\n;${returnStatement(exports)}})`);
  return { script: source.toString(), exports: new Set(exports.keys()), locate: locator(source, tree) };
}

/** Names that the code does not use, however it spells them, so that it cannot reach the counters. */
function unusedPrefix(tree: SyntaxTree): string {
  const names = tree.nodes.flatMap((node) => (node.type === 'Identifier' ? [node.name] : []));
  let prefix = '$$';
  while (names.some((name) => name.startsWith(prefix))) prefix += '$';
  return prefix;
}

/** Returns the names of the loop counters. Inner nodes go first, so that insertions at one place nest. */
function insertCounters(source: MagicString, tree: SyntaxTree, prefix: string): string[] {
  const loops: string[] = [];
  for (const node of tree.nodes.toReversed()) {
    if (isFunction(node)) {
      if (node.body.type === 'BlockStatement') source.appendLeft(node.body.start + 1, `${prefix}step();`);
      else wrap(source, node.body, [`(${prefix}step(),`, ')']);
    }
    if (node.type === 'ForOfStatement' || node.type === 'ForInStatement') {
      const counter = `${prefix}loop${loops.length}`;
      loops.push(counter);
      countLoop(source, node, { counter, prefix });
    }
    if (node.type === 'SpreadElement' && tree.parentOf(node)?.type !== 'ObjectExpression') {
      wrap(source, node.argument, [`${prefix}spread((`, '))']);
    }
  }
  return loops;
}

function countLoop(
  source: MagicString,
  loop: acorn.ForOfStatement | acorn.ForInStatement,
  names: { readonly counter: string; readonly prefix: string },
): void {
  wrap(source, loop.right, [`(${names.counter}=0,`, ')']);
  const count = `if(++${names.counter}>${MAX_LOOP_ITERATIONS})${names.prefix}endLoop();${names.prefix}step();`;
  if (loop.body.type === 'BlockStatement') source.appendLeft(loop.body.start + 1, count);
  else wrap(source, loop.body, [`{${count}`, '}']);
}

function wrap(source: MagicString, node: acorn.Node, [before, after]: readonly [string, string]): void {
  source.prependRight(node.start, before);
  source.appendLeft(node.end, after);
}

const LOG_LEVELS: Readonly<Record<string, string>> = { log: 'INFO', error: 'ERROR' };

function insertLogPositions(
  source: MagicString,
  tree: SyntaxTree,
  options: { readonly prefix: string; readonly format: FormatPosition },
): void {
  const bindings = findBindings(tree);
  for (const node of tree.nodes) {
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') continue;
    const { object, property, computed } = node.callee;
    if (computed || object.type !== 'Identifier' || object.name !== 'console' || bindings.resolve(object)) continue;
    const level =
      property.type === 'Identifier' && Object.hasOwn(LOG_LEVELS, property.name) && LOG_LEVELS[property.name];
    if (!level || !node.loc) continue;
    const position = options.format(node.loc.start.line, node.loc.start.column + 1);
    source.update(node.callee.start, node.callee.end, `${options.prefix}log("${level}",${JSON.stringify(position)})`);
  }
}

function locator(source: MagicString, tree: SyntaxTree): InstrumentedModule['locate'] {
  // Only errors ask, so the map and the calls are worked out on the first one.
  let known: { readonly mappings: number[][][]; readonly calls: ReadonlyMap<string, acorn.Position> } | undefined;
  return (line, column) => {
    known ??= {
      mappings: source.generateDecodedMap({ hires: true }).mappings as number[][][],
      calls: callStarts(tree),
    };
    const segment = known.mappings[line - 1]?.findLast(([generated]) => (generated ?? 0) < column);
    const [generatedColumn = 0, , originalLine = line - 1, originalColumn = 0] = segment ?? [];
    const offset = segment ? originalColumn + (column - 1 - generatedColumn) : column - 1;
    const start = known.calls.get(`${originalLine + 1}:${offset}`);
    return { line: start?.line ?? originalLine + 1, column: (start?.column ?? offset) + 1 };
  };
}

/** V8 puts a call `a.b.c()` at `c`; AppSync names where the whole expression starts. */
function callStarts(tree: SyntaxTree): Map<string, acorn.Position> {
  const starts = new Map<string, acorn.Position>();
  for (const node of tree.nodes) {
    if (node.type !== 'CallExpression') continue;
    const at = node.callee.type === 'MemberExpression' ? node.callee.property.loc : node.callee.loc;
    if (at && node.loc) starts.set(`${at.start.line}:${at.start.column}`, node.loc.start);
  }
  return starts;
}
