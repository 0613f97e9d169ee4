/** Expressions as written: names (`#n`) and values (`:v`) are not yet looked up, so that a parse can be cached. */

/** A step of a document path: an attribute or map name, `#name` to be looked up, or a list index. */
export type PathStep = string | number;

export interface PathSyntax {
  readonly kind: 'path';
  readonly steps: readonly PathStep[];
  /** Whether a step must be looked up. */
  readonly hasNames: boolean;
}

export interface ValueSyntax {
  readonly kind: 'value';
  readonly name: string;
}

export interface CallSyntax {
  readonly kind: 'call';
  readonly name: string;
  readonly operands: readonly OperandSyntax[];
}

export type OperandSyntax = PathSyntax | ValueSyntax | CallSyntax;

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type ConditionSyntax =
  | { readonly kind: 'and' | 'or'; readonly left: ConditionSyntax; readonly right: ConditionSyntax }
  | { readonly kind: 'not'; readonly condition: ConditionSyntax }
  | {
      readonly kind: 'compare';
      readonly comparator: Comparator;
      readonly left: OperandSyntax;
      readonly right: OperandSyntax;
    }
  | {
      readonly kind: 'between';
      readonly operand: OperandSyntax;
      readonly low: OperandSyntax;
      readonly high: OperandSyntax;
    }
  | { readonly kind: 'in'; readonly operand: OperandSyntax; readonly candidates: readonly OperandSyntax[] }
  | CallSyntax;

export type AssignedSyntax =
  | OperandSyntax
  | {
      readonly kind: 'arithmetic';
      readonly operator: '+' | '-';
      readonly left: OperandSyntax;
      readonly right: OperandSyntax;
    };

export interface UpdateSyntax {
  readonly set: readonly { readonly path: PathSyntax; readonly value: AssignedSyntax }[];
  readonly remove: readonly PathSyntax[];
  readonly add: readonly { readonly path: PathSyntax; readonly value: ValueSyntax }[];
  readonly delete: readonly { readonly path: PathSyntax; readonly value: ValueSyntax }[];
}
