import { compareValues, typeOf } from '../attributeValue.ts';
import { MAX_IN_OPERANDS } from '../limits.ts';
import type { AttributeType, AttributeValue } from '../model.ts';
import { expressionError, type ExpressionKind } from './lexer.ts';
import { showPath, type Path } from './path.ts';
import type { Scope } from './scope.ts';
import type { CallSyntax, Comparator, ConditionSyntax, OperandSyntax } from './syntax.ts';

export type Operand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: AttributeValue }
  | { readonly kind: 'size'; readonly operand: Operand };

export type TestName = 'attribute_exists' | 'attribute_not_exists' | 'attribute_type' | 'begins_with' | 'contains';

/** A condition with its names and values looked up and its operands' types checked. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly condition: Condition }
  | { readonly kind: 'compare'; readonly comparator: Comparator; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'between'; readonly operand: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly kind: 'in'; readonly operand: Operand; readonly candidates: readonly Operand[] }
  | { readonly kind: 'test'; readonly name: TestName; readonly subject: Operand; readonly argument: Operand | null };

/** Looks up names and values and refuses what AWS refuses before it reads an item. */
export function bindCondition(kind: ExpressionKind, syntax: ConditionSyntax, scope: Scope): Condition {
  const bind = (operand: OperandSyntax): Operand => bindOperand(kind, operand, scope);
  switch (syntax.kind) {
    case 'and':
    case 'or': {
      const left = bindCondition(kind, syntax.left, scope);
      return { kind: syntax.kind, left, right: bindCondition(kind, syntax.right, scope) };
    }
    case 'not':
      return { kind: 'not', condition: bindCondition(kind, syntax.condition, scope) };
    case 'compare': {
      const [left, right] = [bind(syntax.left), bind(syntax.right)];
      checkDistinct(kind, syntax.comparator, [left, right]);
      checkOrderable(kind, syntax.comparator, [left, right]);
      return { kind: 'compare', comparator: syntax.comparator, left, right };
    }
    case 'between': {
      const bound = { operand: bind(syntax.operand), low: bind(syntax.low), high: bind(syntax.high) };
      checkBounds(kind, bound.low, bound.high);
      return { kind: 'between', ...bound };
    }
    case 'in': {
      if (syntax.candidates.length > MAX_IN_OPERANDS) throw tooManyOperands(kind, 'IN', syntax.candidates.length);
      return { kind: 'in', operand: bind(syntax.operand), candidates: syntax.candidates.map(bind) };
    }
    case 'call':
      return bindTest(kind, syntax, scope);
  }
}

function bindOperand(kind: ExpressionKind, syntax: OperandSyntax, scope: Scope): Operand {
  if (syntax.kind === 'path') return { kind: 'path', path: scope.path(kind, syntax) };
  if (syntax.kind === 'value') return { kind: 'value', value: scope.value(kind, syntax) };
  const operands = syntax.operands.map((operand) => bindOperand(kind, operand, scope));
  const [operand] = operands;
  if (operands.length !== 1 || !operand) throw tooManyOperands(kind, syntax.name, operands.length);
  refuseType(kind, syntax.name, operand, ['N', 'BOOL', 'NULL']);
  return { kind: 'size', operand };
}

function bindTest(kind: ExpressionKind, syntax: CallSyntax, scope: Scope): Condition {
  const operands = syntax.operands.map((operand) => bindOperand(kind, operand, scope));
  const name = syntax.name as TestName;
  const expected = name === 'attribute_exists' || name === 'attribute_not_exists' ? 1 : 2;
  const [subject, argument = null] = operands;
  if (operands.length !== expected || !subject) throw tooManyOperands(kind, name, operands.length);
  checkDistinct(kind, name, operands);
  if (expected === 1 && subject.kind !== 'path') {
    throw expressionError(kind, `Operator or function requires a document path; operator or function: ${name}`);
  }
  if (name === 'begins_with') {
    for (const operand of operands) allowTypes(kind, name, operand, ['S', 'B']);
  }
  if (name === 'attribute_type') checkTypeName(kind, argument);
  return { kind: 'test', name, subject, argument };
}

function tooManyOperands(kind: ExpressionKind, name: string, count: number): Error {
  return expressionError(
    kind,
    `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${count}`,
  );
}

function checkDistinct(kind: ExpressionKind, operator: string, [left, right]: readonly Operand[]): void {
  if (left?.kind !== 'path' || right?.kind !== 'path') return;
  if (left.path.length !== right.path.length || left.path.some((step, index) => step !== right.path[index])) return;
  throw expressionError(
    kind,
    'The first operand must be distinct from the remaining operands for this operator or function; ' +
      `operator: ${operator}, first operand: ${showPath(left.path)}`,
  );
}

function checkOrderable(kind: ExpressionKind, comparator: Comparator, operands: readonly Operand[]): void {
  if (comparator === '=' || comparator === '<>') return;
  for (const operand of operands) refuseType(kind, comparator, operand, ['BOOL', 'NULL', 'SS', 'NS', 'BS', 'L', 'M']);
}

function checkBounds(kind: ExpressionKind, low: Operand, high: Operand): void {
  if (low.kind !== 'value' || high.kind !== 'value') return;
  const bounds =
    `lower bound operand: AttributeValue: ${showValue(low.value)}, ` +
    `upper bound operand: AttributeValue: ${showValue(high.value)}`;
  if (typeOf(low.value) !== typeOf(high.value)) {
    throw expressionError(kind, `The BETWEEN operator requires same data type for lower and upper bounds; ${bounds}`);
  }
  refuseType(kind, 'BETWEEN', low, ['BOOL', 'NULL', 'SS', 'NS', 'BS', 'L', 'M']);
  if ((compareValues(low.value, high.value) ?? 0) > 0) {
    throw expressionError(
      kind,
      `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${bounds}`,
    );
  }
}

function showValue(value: AttributeValue): string {
  return `{${Object.entries(value)
    .map(([type, content]) => `${type}:${String(content)}`)
    .join()}}`;
}

function checkTypeName(kind: ExpressionKind, argument: Operand | null): void {
  if (argument?.kind !== 'value') throw incorrectType(kind, 'attribute_type', '{NS,SS,L,BS,N,M,B,BOOL,NULL,S}');
  if (!('S' in argument.value)) throw incorrectType(kind, 'attribute_type', typeOf(argument.value));
  if (['S', 'N', 'B', 'NULL', 'SS', 'BOOL', 'L', 'BS', 'NS', 'M'].includes(argument.value.S)) return;
  throw expressionError(
    kind,
    `Invalid attribute type name found; type: ${argument.value.S}, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}`,
  );
}

function allowTypes(kind: ExpressionKind, name: string, operand: Operand, types: readonly AttributeType[]): void {
  if (operand.kind !== 'value') return;
  const type = typeOf(operand.value);
  if (!types.includes(type)) throw incorrectType(kind, name, type);
}

function refuseType(kind: ExpressionKind, name: string, operand: Operand, types: readonly AttributeType[]): void {
  if (operand.kind !== 'value') return;
  const type = typeOf(operand.value);
  if (types.includes(type)) throw incorrectType(kind, name, type);
}

function incorrectType(kind: ExpressionKind, name: string, type: string): Error {
  return expressionError(
    kind,
    `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`,
  );
}
