import type * as acorn from 'acorn';

import type { FunctionNode, Node, SyntaxTree } from '../syntaxTree.ts';
import type { Rule, RuleContext } from './rule.ts';

interface Call {
  readonly node: acorn.CallExpression;
  readonly callee: FunctionNode;
}

/** Refuses a function that calls itself, directly, through others, or inside a callback. */
export const noRecursion: Rule = {
  name: 'no-recursion',
  check(context) {
    const calls = callsByFunction(context);
    for (const [caller, made] of calls) {
      for (const { node, callee } of made) {
        // A call inside a callback counts for every function around it; it is reported once, for the outermost.
        const path = isOutermost(context.tree, caller, node) && cycle([caller], callee, calls, new Set());
        if (!path) continue;
        const names = path.map((step) => functionName(context.tree, step)).join(' <-');
        context.report(node, `Recursive function calls not supported. Detected cycle in ${names}`);
      }
    }
  },
};

type Calls = ReadonlyMap<FunctionNode, readonly Call[]>;

function callsByFunction({ tree, bindings }: RuleContext): Calls {
  const calls = new Map<FunctionNode, Call[]>();
  for (const node of tree.nodes) {
    if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') continue;
    const callee = bindings.resolve(node.callee)?.functionNode;
    if (!callee) continue;
    for (let caller = tree.functionAround(node); caller; caller = tree.functionAround(caller)) {
      calls.set(caller, [...(calls.get(caller) ?? []), { node, callee }]);
    }
  }
  return calls;
}

function isOutermost(tree: SyntaxTree, caller: FunctionNode, node: Node): boolean {
  let outermost = tree.functionAround(node);
  for (let around = outermost; around; around = tree.functionAround(around)) outermost = around;
  return outermost === caller;
}

function cycle(
  path: readonly FunctionNode[],
  next: FunctionNode,
  calls: Calls,
  visited: Set<FunctionNode>,
): readonly FunctionNode[] | undefined {
  const start = path.indexOf(next);
  if (start >= 0) return [...path.slice(start), next];
  if (visited.has(next)) return undefined;
  visited.add(next);
  for (const { callee } of calls.get(next) ?? []) {
    const found = cycle([...path, next], callee, calls, visited);
    if (found) return found;
  }
  return undefined;
}

function functionName(tree: SyntaxTree, node: FunctionNode): string {
  const parent = tree.parentOf(node);
  if (node.type !== 'FunctionDeclaration' && parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') {
    return parent.id.name;
  }
  if (node.type === 'ArrowFunctionExpression') return 'Anonymous Arrow Function';
  return node.id?.name ?? 'Anonymous Function';
}
