import type * as acorn from 'acorn';

import { type FunctionNode, isFunction, type Node, type SyntaxTree } from '../syntaxTree.ts';
import type { Rule, RuleContext } from './rule.ts';

/**
 * `ctx` and its members cannot be replaced, added or deleted; one level deeper is fine (`ctx.stash.a = 1`).
 * Only the handlers' own parameter is watched, as by AWS's linter, but in arrow functions as well.
 */
export const noContextReassignment: Rule = {
  name: 'no-disallowed-re-assignment',
  check(context) {
    for (const node of context.tree.nodes) {
      if (!isHandler(node, context.tree)) continue;
      const parameter = node.params[0];
      if (parameter?.type === 'Identifier') checkReferences(context, node, parameter);
    }
  },
};

function isHandler(node: Node, tree: SyntaxTree): node is FunctionNode {
  if (!isFunction(node)) return false;
  const parent = tree.parentOf(node);
  const id =
    node.type === 'FunctionDeclaration' ? node.id : parent?.type === 'VariableDeclarator' ? parent.id : undefined;
  return id?.type === 'Identifier' && (id.name === 'request' || id.name === 'response');
}

function checkReferences(
  { tree, bindings, report }: RuleContext,
  handler: FunctionNode,
  parameter: acorn.Identifier,
): void {
  const binding = bindings.declaredBy(handler, parameter.name);
  for (const node of tree.nodes) {
    if (node.type !== 'Identifier' || node === parameter || node.name !== parameter.name) continue;
    if (node.start < handler.start || node.end > handler.end || bindings.resolve(node) !== binding) continue;
    if (isWritten(node, tree)) {
      report(node, `${node.name} is readonly and re-assignment is not supported.`);
      continue;
    }
    const member = tree.parentOf(node);
    if (member?.type === 'MemberExpression' && member.object === node && isWritten(member, tree)) {
      report(member, memberMessage(node.name, member));
    }
  }
}

function memberMessage(name: string, member: acorn.MemberExpression): string {
  const property =
    member.property.type === 'Identifier'
      ? member.property.name
      : member.property.type === 'Literal'
        ? String(member.property.value)
        : undefined;
  return property === undefined
    ? `${name} is readonly adding/modifying properties is not supported.`
    : `${name} is readonly. Adding/Updating ${property} is not supported.`;
}

function isWritten(node: Node, tree: SyntaxTree): boolean {
  const parent = tree.parentOf(node);
  switch (parent?.type) {
    case 'AssignmentExpression':
    case 'AssignmentPattern':
    case 'ForInStatement':
    case 'ForOfStatement':
      return parent.left === node;
    case 'UpdateExpression':
    case 'RestElement':
    case 'ArrayPattern':
      return true;
    case 'UnaryExpression':
      return parent.operator === 'delete';
    case 'ChainExpression':
      return isWritten(parent, tree);
    case 'Property':
      return parent.value === node && tree.parentOf(parent)?.type === 'ObjectPattern';
    default:
      return false;
  }
}
