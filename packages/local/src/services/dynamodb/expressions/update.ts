import { typeOf } from '../attributeValue.ts';
import type { AttributeType, AttributeValue } from '../model.ts';
import { expressionError } from './lexer.ts';
import { checkDisjoint, type Path } from './path.ts';
import type { Scope } from './scope.ts';
import type { AssignedSyntax, CallSyntax, OperandSyntax, UpdateSyntax } from './syntax.ts';

const KIND = 'UpdateExpression';

/** What SET assigns, with names and values looked up. */
export type Assigned =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: AttributeValue }
  | { readonly kind: 'if_not_exists'; readonly path: Path; readonly otherwise: Assigned }
  | { readonly kind: 'list_append' | '+' | '-'; readonly left: Assigned; readonly right: Assigned };

export interface Update {
  readonly set: readonly { readonly path: Path; readonly value: Assigned }[];
  readonly remove: readonly Path[];
  readonly add: readonly { readonly path: Path; readonly value: AttributeValue }[];
  readonly delete: readonly { readonly path: Path; readonly value: AttributeValue }[];
  /** All paths that the update touches. */
  readonly paths: readonly Path[];
}

const ADDABLE: readonly AttributeType[] = ['N', 'SS', 'NS', 'BS'];
const DELETABLE: readonly AttributeType[] = ['SS', 'NS', 'BS'];

export function bindUpdate(syntax: UpdateSyntax, scope: Scope): Update {
  const set = syntax.set.map(({ path, value }) => ({
    path: scope.path(KIND, path),
    value: bindAssigned(value, scope),
  }));
  const remove = syntax.remove.map((path) => scope.path(KIND, path));
  const add = syntax.add.map((one) => ({ path: scope.path(KIND, one.path), value: scope.value(KIND, one.value) }));
  const removed = syntax.delete.map((one) => ({
    path: scope.path(KIND, one.path),
    value: scope.value(KIND, one.value),
  }));
  const paths = [...set.map(({ path }) => path), ...remove, ...[...add, ...removed].map(({ path }) => path)];
  checkDisjoint(KIND, paths);
  for (const { value } of add) checkOperator('ADD', value, ADDABLE);
  for (const { value } of removed) checkOperator('DELETE', value, DELETABLE);
  return { set, remove, add, delete: removed, paths };
}

function bindAssigned(syntax: AssignedSyntax, scope: Scope): Assigned {
  if (syntax.kind !== 'arithmetic') return bindOperand(syntax, scope);
  const { operator } = syntax;
  const [left, right] = [bindOperand(syntax.left, scope), bindOperand(syntax.right, scope)];
  for (const operand of [left, right]) checkType(operator, operand, 'N');
  return { kind: operator, left, right };
}

function bindOperand(syntax: OperandSyntax, scope: Scope): Assigned {
  if (syntax.kind === 'path') return { kind: 'path', path: scope.path(KIND, syntax) };
  if (syntax.kind === 'value') return { kind: 'value', value: scope.value(KIND, syntax) };
  return bindCall(syntax, scope);
}

function bindCall({ name, operands }: CallSyntax, scope: Scope): Assigned {
  const [left, right] = operands.map((operand) => bindOperand(operand, scope));
  if (operands.length !== 2 || !left || !right) {
    throw expressionError(
      KIND,
      'Incorrect number of operands for operator or function; ' +
        `operator or function: ${name}, number of operands: ${operands.length}`,
    );
  }
  if (name === 'if_not_exists') {
    if (left.kind === 'path') return { kind: 'if_not_exists', path: left.path, otherwise: right };
    throw expressionError(KIND, `Operator or function requires a document path; operator or function: ${name}`);
  }
  for (const operand of [left, right]) checkType(name, operand, 'L');
  return { kind: 'list_append', left, right };
}

function checkType(name: string, operand: Assigned, type: AttributeType): void {
  if (operand.kind !== 'value' || type in operand.value) return;
  throw expressionError(
    KIND,
    'Incorrect operand type for operator or function; ' +
      `operator or function: ${name}, operand type: ${typeOf(operand.value)}`,
  );
}

/** Unlike functions, ADD and DELETE have their operand's type spelt out. */
const TYPE_NAMES: Readonly<Record<AttributeType, string>> = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  BOOL: 'BOOLEAN',
  NULL: 'NULL',
  SS: 'STRING_SET',
  NS: 'NUMBER_SET',
  BS: 'BINARY_SET',
  L: 'LIST',
  M: 'MAP',
};

function checkOperator(operator: 'ADD' | 'DELETE', value: AttributeValue, types: readonly AttributeType[]): void {
  const type = typeOf(value);
  if (types.includes(type)) return;
  throw expressionError(
    KIND,
    `Incorrect operand type for operator or function; operator: ${operator}, operand type: ${TYPE_NAMES[type]}`,
  );
}
