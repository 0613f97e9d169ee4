import { atEnd, expect, skipSpace, startsWith, take, takePattern, unexpected, type Cursor } from './cursor.ts';
import { parseQuotedTemplate } from './parseTemplate.ts';
import { BINARY_OPERATORS, ExpressionError, type BinaryOperator, type Expression, type Step } from './syntax.ts';

const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const NUMBER = /\d+(\.\d+)?([eE][+-]?\d+)?/y;
const DIGITS = /\d+/y;
const HEREDOC = /<<-?[\p{ID_Start}_]/uy;

/** Parses one expression and stops behind it. */
export function parseExpression(cursor: Cursor): Expression {
  const condition = parseBinary(cursor, 0);
  skipSpace(cursor);
  if (!take(cursor, '?')) return condition;
  const then = parseExpression(cursor);
  expect(cursor, ':');
  return { kind: 'conditional', condition, then, otherwise: parseExpression(cursor) };
}

function parseBinary(cursor: Cursor, level: number): Expression {
  const operators = BINARY_OPERATORS[level];
  if (operators === undefined) return parseUnary(cursor);
  let left = parseBinary(cursor, level + 1);
  for (;;) {
    skipSpace(cursor);
    const operator = operators.find((candidate): candidate is BinaryOperator => take(cursor, candidate));
    if (operator === undefined) return left;
    left = { kind: 'binary', operator, left, right: parseBinary(cursor, level + 1) };
  }
}

function parseUnary(cursor: Cursor): Expression {
  skipSpace(cursor);
  for (const operator of ['-', '!'] as const) {
    if (take(cursor, operator)) return { kind: 'unary', operator, operand: parseUnary(cursor) };
  }
  return parseAccess(cursor);
}

function parseAccess(cursor: Cursor): Expression {
  const operand = parseOperand(cursor);
  const steps = parseSteps(cursor);
  // A reference that has steps already stood in parentheses, where a splat ends.
  if (operand.kind === 'reference' && operand.steps.length === 0) return { ...operand, steps };
  return steps.length === 0 ? operand : { kind: 'access', of: operand, steps };
}

function parseOperand(cursor: Cursor): Expression {
  skipSpace(cursor);
  if (take(cursor, '"')) return parseQuotedTemplate(cursor);
  if (take(cursor, '(')) {
    const inner = parseExpression(cursor);
    expect(cursor, ')');
    return inner;
  }
  if (take(cursor, '[')) return parseList(cursor);
  if (take(cursor, '{')) return parseObject(cursor);
  if (takePattern(cursor, HEREDOC)) throw new ExpressionError('a heredoc ("<<") is not supported inside an expression');
  const number = takePattern(cursor, NUMBER);
  if (number !== undefined) return { kind: 'literal', value: Number(number) };
  const name = takePattern(cursor, IDENTIFIER);
  if (name === undefined) throw unexpected(cursor, 'an expression');
  return parseNamed(cursor, name);
}

const KEYWORDS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

function parseNamed(cursor: Cursor, name: string): Expression {
  if (startsWith(cursor, '::')) throw new ExpressionError(`functions of a provider (${name}::...) are not supported`);
  if (take(cursor, '(')) return { kind: 'call', name, args: parseArguments(cursor) };
  const value = KEYWORDS.get(name);
  return value === undefined ? { kind: 'reference', root: name, steps: [] } : { kind: 'literal', value };
}

function parseArguments(cursor: Cursor): readonly Expression[] {
  const args: Expression[] = [];
  for (;;) {
    skipSpace(cursor);
    if (take(cursor, ')')) return args;
    args.push(parseExpression(cursor));
    skipSpace(cursor);
    if (!take(cursor, ',') && !startsWith(cursor, ')')) throw unexpected(cursor, '"," or ")"');
  }
}

function parseList(cursor: Cursor): Expression {
  refuseFor(cursor);
  const items: Expression[] = [];
  for (;;) {
    skipSpace(cursor);
    if (take(cursor, ']')) return { kind: 'list', items };
    items.push(parseExpression(cursor));
    skipSpace(cursor);
    if (!take(cursor, ',') && !startsWith(cursor, ']')) throw unexpected(cursor, '"," or "]"');
  }
}

function parseObject(cursor: Cursor): Expression {
  refuseFor(cursor);
  const entries: (readonly [Expression, Expression])[] = [];
  for (;;) {
    skipSpace(cursor);
    if (take(cursor, '}')) return { kind: 'object', entries };
    const key = parseKey(cursor);
    skipSpace(cursor);
    if (!take(cursor, '=') && !take(cursor, ':')) throw unexpected(cursor, '"=" or ":"');
    entries.push([key, parseExpression(cursor)]);
    // A line break separates entries as well as a comma does.
    skipSpace(cursor);
    take(cursor, ',');
    if (atEnd(cursor)) throw unexpected(cursor, '"}"');
  }
}

/** A bare word as a key is text, not a reference: a reference needs parentheses. */
function parseKey(cursor: Cursor): Expression {
  const start = cursor.position;
  const word = takePattern(cursor, IDENTIFIER);
  if (word !== undefined) {
    skipSpace(cursor);
    if (startsWith(cursor, '=') || startsWith(cursor, ':')) return { kind: 'literal', value: word };
    cursor.position = start;
  }
  return parseExpression(cursor);
}

const FOR = /\s*for\s/y;

function refuseFor(cursor: Cursor): void {
  if (takePattern(cursor, FOR) !== undefined) throw new ExpressionError('a "for" expression is not supported');
}

function parseSteps(cursor: Cursor): readonly Step[] {
  const steps: Step[] = [];
  for (;;) {
    const start = cursor.position;
    skipSpace(cursor);
    if (take(cursor, '[')) steps.push(parseIndex(cursor));
    else if (startsWith(cursor, '.') && !startsWith(cursor, '...')) steps.push(parseDot(cursor));
    else {
      cursor.position = start;
      return steps;
    }
  }
}

function parseIndex(cursor: Cursor): Step {
  skipSpace(cursor);
  if (take(cursor, '*')) {
    expect(cursor, ']');
    return { kind: 'splat', form: '[*]' };
  }
  const index = parseExpression(cursor);
  expect(cursor, ']');
  return { kind: 'index', index };
}

function parseDot(cursor: Cursor): Step {
  cursor.position += 1;
  if (take(cursor, '*')) return { kind: 'splat', form: '.*' };
  const name = takePattern(cursor, IDENTIFIER);
  if (name !== undefined) return { kind: 'attribute', name };
  const digits = takePattern(cursor, DIGITS);
  if (digits === undefined) throw unexpected(cursor, 'the name of an attribute');
  return { kind: 'index', index: { kind: 'literal', value: Number(digits) } };
}
