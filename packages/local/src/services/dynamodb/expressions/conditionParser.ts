import type { ExpressionKind } from './lexer.ts';
import { readTokens, type TokenReader } from './tokenReader.ts';
import type { CallSyntax, Comparator, ConditionSyntax, OperandSyntax } from './syntax.ts';

/** Functions of conditions; only `size` gives a value. */
const FUNCTIONS = new Set([
  'attribute_exists',
  'attribute_not_exists',
  'attribute_type',
  'begins_with',
  'contains',
  'size',
]);
const COMPARATORS: ReadonlySet<string> = new Set(['=', '<>', '<', '<=', '>', '>=']);

type Node = ConditionSyntax | OperandSyntax;

/** Parses a condition, filter or key condition. Throws `ValidationException`. */
export function parseCondition(kind: ExpressionKind, text: string): ConditionSyntax {
  const reader = readTokens(kind, text);
  const node = disjunction(reader, new WeakSet());
  if (reader.peek().kind !== 'end') throw reader.fail();
  const condition = asCondition(reader, node);
  reader.finish();
  return condition;
}

/** A parenthesis may hold a condition or an operand, which only its inside tells; so all levels give either. */
function disjunction(reader: TokenReader, wrapped: WeakSet<Node>): Node {
  let left = conjunction(reader, wrapped);
  while (reader.takeKeyword('OR')) {
    reader.countOperator();
    left = { kind: 'or', left: asCondition(reader, left), right: asCondition(reader, conjunction(reader, wrapped)) };
  }
  return left;
}

function conjunction(reader: TokenReader, wrapped: WeakSet<Node>): Node {
  let left = negation(reader, wrapped);
  while (reader.takeKeyword('AND')) {
    reader.countOperator();
    left = { kind: 'and', left: asCondition(reader, left), right: asCondition(reader, negation(reader, wrapped)) };
  }
  return left;
}

function negation(reader: TokenReader, wrapped: WeakSet<Node>): Node {
  if (!reader.takeKeyword('NOT')) return comparison(reader, wrapped);
  reader.countOperator();
  return {
    kind: 'not',
    condition: asCondition(
      reader,
      reader.nest(() => negation(reader, wrapped)),
    ),
  };
}

function comparison(reader: TokenReader, wrapped: WeakSet<Node>): Node {
  const left = primary(reader, wrapped);
  const operator = reader.peek();
  if (operator.kind === 'symbol' && COMPARATORS.has(operator.text)) {
    const operand = asOperand(reader, left);
    reader.next();
    reader.countOperator();
    const right = asOperand(reader, primary(reader, wrapped));
    return { kind: 'compare', comparator: operator.text as Comparator, left: operand, right };
  }
  if (reader.takeKeyword('BETWEEN')) return between(reader, asOperand(reader, left), wrapped);
  if (reader.takeKeyword('IN')) {
    reader.countOperator();
    const candidates = reader.list(() => asOperand(reader, primary(reader, wrapped)));
    return { kind: 'in', operand: asOperand(reader, left), candidates };
  }
  return left;
}

function between(reader: TokenReader, operand: OperandSyntax, wrapped: WeakSet<Node>): ConditionSyntax {
  reader.countOperator();
  const low = asOperand(reader, primary(reader, wrapped));
  if (!reader.takeKeyword('AND')) throw reader.fail();
  return { kind: 'between', operand, low, high: asOperand(reader, primary(reader, wrapped)) };
}

function primary(reader: TokenReader, wrapped: WeakSet<Node>): Node {
  if (reader.take('(')) {
    const inner = reader.nest(() => disjunction(reader, wrapped));
    reader.expect(')');
    if (wrapped.has(inner)) reader.note('parentheses', 'The expression has redundant parentheses;');
    wrapped.add(inner);
    return inner;
  }
  if (reader.peek().kind === 'value') return reader.value();
  const path = reader.path();
  if (!reader.peekIs('(') || path.steps.length !== 1) return path;
  return call(reader, String(path.steps[0]), wrapped);
}

function call(reader: TokenReader, name: string, wrapped: WeakSet<Node>): CallSyntax {
  reader.countOperator();
  if (!FUNCTIONS.has(name)) reader.note('unknownFunction', `Invalid function name; function: ${name}`);
  const operands = reader.list(() =>
    asOperand(
      reader,
      reader.nest(() => primary(reader, wrapped)),
    ),
  );
  return { kind: 'call', name, operands };
}

function asOperand(reader: TokenReader, node: Node): OperandSyntax {
  if (node.kind === 'path' || node.kind === 'value') return node;
  if (node.kind !== 'call') throw reader.fail();
  if (node.name !== 'size') noteMisuse(reader, node.name);
  return node;
}

function asCondition(reader: TokenReader, node: Node): ConditionSyntax {
  if (node.kind === 'path' || node.kind === 'value') throw reader.fail();
  if (node.kind === 'call' && node.name === 'size') noteMisuse(reader, node.name);
  return node;
}

function noteMisuse(reader: TokenReader, name: string): void {
  reader.note('misusedFunction', `The function is not allowed to be used this way in an expression; function: ${name}`);
}
