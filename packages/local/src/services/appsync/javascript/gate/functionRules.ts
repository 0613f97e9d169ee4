import { isFunction, type Node, propertyName } from '../syntaxTree.ts';
import type { Rule, RuleContext } from './rule.ts';

/** The methods that take a function; everything else takes values only. */
const CALLBACK_METHODS: ReadonlySet<string> = new Set([
  'map',
  'find',
  'filter',
  'findIndex',
  'findLast',
  'findLastIndex',
  'forEach',
  'reduce',
  'reduceRight',
  'every',
  'some',
  'flatMap',
]);

function isFunctionValue({ bindings }: RuleContext, node: Node | null | undefined): boolean {
  if (node?.type === 'Identifier') return bindings.resolve(node)?.functionNode !== undefined;
  return isFunction(node);
}

const noFunctionPassing: Rule = {
  name: 'no-function-passing',
  check(context) {
    for (const node of context.tree.nodes) {
      if (node.type !== 'CallExpression' && node.type !== 'NewExpression') continue;
      if (!node.arguments.some((argument) => isFunctionValue(context, argument))) continue;
      const method = node.callee.type === 'MemberExpression' ? propertyName(node.callee) : undefined;
      if (method === undefined || !CALLBACK_METHODS.has(method)) {
        context.report(node, 'Functions can not be passed as an argument');
      }
    }
  },
};

const noFunctionReturn: Rule = {
  name: 'no-function-return',
  check(context) {
    for (const node of context.tree.nodes) {
      const returned =
        node.type === 'ReturnStatement'
          ? node.argument
          : node.type === 'ArrowFunctionExpression' && node.expression
            ? node.body
            : undefined;
      if (isFunctionValue(context, returned)) context.report(node, 'returning a function is not allowed');
    }
  },
};

const noFunctionReassign: Rule = {
  name: 'no-function-reassign',
  check(context) {
    for (const node of context.tree.nodes) {
      const value =
        node.type === 'VariableDeclarator'
          ? node.init
          : node.type === 'AssignmentExpression' && node.operator === '='
            ? node.right
            : undefined;
      if (value?.type === 'Identifier' && isFunctionValue(context, value)) {
        context.report(node, 're-assigning function is not allowed');
      }
    }
  },
};

export const functionRules: readonly Rule[] = [noFunctionPassing, noFunctionReturn, noFunctionReassign];
