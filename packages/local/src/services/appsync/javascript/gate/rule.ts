import type { Node, SyntaxTree } from '../syntaxTree.ts';
import type { Bindings } from './bindings.ts';

export interface RuleContext {
  readonly tree: SyntaxTree;
  readonly bindings: Bindings;
  report(node: Node, message: string): void;
}

/** One of AWS's language rules, named as in `@aws-appsync/eslint-plugin`. */
export interface Rule {
  readonly name: string;
  check(context: RuleContext): void;
}
