import type { ASTNode, ASTVisitor, ValidationContext } from 'graphql';

/** Notes a violation: graphql-java's error type and text; the first node gives the path. */
export type Report = (
  type: string,
  text: string,
  nodes: readonly ASTNode[],
  options?: { readonly withoutPath?: boolean },
) => void;

export type Rule = (context: ValidationContext, report: Report) => ASTVisitor;
