import { type Node, propertyName } from '../syntaxTree.ts';
import type { Rule } from './rule.ts';

/** What a construct is refused with, or undefined when the node is fine. */
type Refusal = (node: Node) => string | undefined;

function refuses(
  types: readonly Node['type'][],
  message: string,
  when: (node: never) => boolean = () => true,
): Refusal {
  return (node) => (types.includes(node.type) && when(node as never) ? message : undefined);
}

const FUNCTIONS = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'] as const;

/** Rules that look at one node, with the messages of AWS's linter. */
const REFUSALS: Readonly<Record<string, readonly Refusal[]>> = {
  'no-async': [
    refuses(FUNCTIONS, 'Async functions are not supported.', (node: { async: boolean }) => node.async),
    refuses(['ForOfStatement'], 'Async functions are not supported.', (node: { await: boolean }) => node.await),
  ],
  'no-await': [refuses(['AwaitExpression'], 'The `await` keyword is not supported')],
  'no-classes': [refuses(['ClassDeclaration', 'ClassExpression'], 'Class declarations are not supported.')],
  'no-continue': [refuses(['ContinueStatement'], 'Continue statements are not supported')],
  'no-disallowed-binary-operators': [
    (node) =>
      node.type === 'BinaryExpression' && node.operator === 'instanceof'
        ? 'The operator instanceof is not supported'
        : undefined,
  ],
  'no-disallowed-unary-operators': [
    (node) =>
      node.type === 'UpdateExpression' || (node.type === 'UnaryExpression' && node.operator === '~')
        ? `The operator ${node.operator} is not supported`
        : undefined,
  ],
  'no-for': [refuses(['ForStatement'], 'For statements are not supported.')],
  'no-generators': [
    refuses(FUNCTIONS, 'Generator functions are not supported.', (node: { generator: boolean }) => node.generator),
  ],
  'no-in-operator': [
    (node) =>
      node.type === 'BinaryExpression' && node.operator === 'in'
        ? 'in operator is not supported. Use Object.hasOwn().'
        : undefined,
  ],
  'no-labels': [refuses(['LabeledStatement'], 'Labeled statements are not supported.')],
  'no-promise': [
    (node) =>
      node.type === 'NewExpression' && node.callee.type === 'Identifier' && node.callee.name === 'Promise'
        ? 'Promise is not supported'
        : undefined,
  ],
  'no-regex': [refuses(['Literal'], 'Regex literals are not supported.', (node: { regex?: unknown }) => !!node.regex)],
  'no-this': [refuses(['ThisExpression', 'Super'], 'This expressions are not supported.')],
  'no-try': [
    refuses(['TryStatement'], 'Try statements are not supported.'),
    refuses(['ThrowStatement'], 'Throw statements are not supported.'),
  ],
  'no-while': [
    refuses(['WhileStatement'], 'While statements are not supported.'),
    refuses(['DoWhileStatement'], 'do...while statements are not supported.'),
  ],
  'no-yield': [refuses(['YieldExpression'], 'The `yield` keyword is not supported')],
  // Not in AWS's linter: constructs that its documentation does not list and that would reach outside the sandbox.
  'no-dynamic-code': [
    refuses(['ImportExpression'], 'Dynamic imports are not supported.'),
    refuses(['MetaProperty'], 'Meta properties are not supported.'),
    refuses(['DebuggerStatement'], 'Debugger statements are not supported.'),
    refuses(['VariableDeclaration'], 'Using declarations are not supported.', (node: { kind: string }) =>
      node.kind.endsWith('using'),
    ),
    (node) =>
      node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'eval'
        ? 'eval is not supported.'
        : undefined,
    (node) =>
      (node.type === 'CallExpression' || node.type === 'NewExpression') &&
      node.callee.type === 'Identifier' &&
      node.callee.name === 'Function'
        ? 'Function constructors are not supported.'
        : undefined,
    (node) => {
      const method =
        node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && propertyName(node.callee);
      return method && ['apply', 'bind', 'call'].includes(method) ? `Method ${method} is not implemented` : undefined;
    },
  ],
};

export const syntaxRules: readonly Rule[] = Object.entries(REFUSALS).map(([name, refusals]) => ({
  name,
  check({ tree, report }) {
    for (const node of tree.nodes) {
      for (const refusal of refusals) {
        const message = refusal(node);
        if (message !== undefined) report(node, message);
      }
    }
  },
}));
