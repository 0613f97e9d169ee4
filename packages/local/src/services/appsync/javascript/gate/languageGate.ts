import { codeFinding } from '../parse.ts';
import type { CodeFinding } from '../runtime.ts';
import type { Node, SyntaxTree } from '../syntaxTree.ts';
import { findBindings } from './bindings.ts';
import { noContextReassignment } from './contextWrites.ts';
import { noDisallowedMethods } from './deniedMethods.ts';
import { functionRules } from './functionRules.ts';
import { modules } from './moduleRule.ts';
import { noRecursion } from './recursion.ts';
import type { Rule } from './rule.ts';
import { syntaxRules } from './syntaxRules.ts';

const RULES: readonly Rule[] = [
  modules,
  ...syntaxRules,
  ...functionRules,
  noRecursion,
  noContextReassignment,
  noDisallowedMethods,
];

/**
 * What AWS refuses at deployment because APPSYNC_JS is a subset of JavaScript, in source order.
 * Source: AppSync developer guide, "Supported runtime features", and the rules of `@aws-appsync/eslint-plugin`.
 */
export function checkLanguage(tree: SyntaxTree): CodeFinding[] {
  const bindings = findBindings(tree);
  const found: { readonly node: Node; readonly finding: CodeFinding }[] = [];
  for (const rule of RULES) {
    const report = (node: Node, message: string): void => {
      const { line, column } = node.loc?.start ?? { line: 1, column: 0 };
      const location = { line, column: column + 1, span: node.end - node.start };
      found.push({ node, finding: codeFinding('LINT_ERROR', `@aws-appsync/${rule.name}`, message, location) });
    };
    rule.check({ tree, bindings, report });
  }
  return found.sort((a, b) => a.node.start - b.node.start).map(({ finding }) => finding);
}
