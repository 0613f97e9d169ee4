/** The part of Terraform's expression language that this package understands, parsed. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'template'; readonly parts: readonly Expression[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: 'reference'; readonly root: string; readonly steps: readonly Step[] }
  | { readonly kind: 'access'; readonly of: Expression; readonly steps: readonly Step[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'unary'; readonly operator: '-' | '!'; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'conditional';
      readonly condition: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    };

export type Step =
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'index'; readonly index: Expression }
  /** `[*]` applies all later steps to each element; the older `.*` only the attributes that follow it. */
  | { readonly kind: 'splat'; readonly form: '[*]' | '.*' };

/** From the loosest to the tightest, as Terraform binds them. */
export const BINARY_OPERATORS = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/', '%'],
] as const;

export type BinaryOperator = (typeof BINARY_OPERATORS)[number][number];

/** An expression that cannot be read or computed; the evaluator adds where it stands. */
export class ExpressionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ExpressionError';
  }
}

/** A reference to what is not there. The message begins with the reference: `aws_x.y.arm, but ...`. */
export class BrokenReference extends ExpressionError {
  constructor(message: string) {
    super(message);
    this.name = 'BrokenReference';
  }
}
