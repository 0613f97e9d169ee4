import { MAX_EXPRESSION_OPERATORS } from '../limits.ts';
import { expressionError, syntaxError, tokenize, type ExpressionKind, type Token } from './lexer.ts';
import { RESERVED_WORDS } from './reservedWords.ts';
import type { OperandSyntax, PathStep, PathSyntax, ValueSyntax } from './syntax.ts';

/** Deeper parentheses and chains of NOT would only exhaust the stack. */
const MAX_PARSE_DEPTH = 100;

/** Faults that AWS reports only when the whole expression has been read, in this order. */
const DEFERRED = ['parentheses', 'unknownFunction', 'misusedFunction', 'reserved', 'section'] as const;
type Deferred = (typeof DEFERRED)[number];

const CONDITION_KEYWORDS = new Set(['AND', 'OR', 'NOT', 'BETWEEN', 'IN']);
const KEYWORDS: Readonly<Record<ExpressionKind, ReadonlySet<string>>> = {
  ConditionExpression: CONDITION_KEYWORDS,
  FilterExpression: CONDITION_KEYWORDS,
  KeyConditionExpression: CONDITION_KEYWORDS,
  ProjectionExpression: new Set(),
  UpdateExpression: new Set(['SET', 'REMOVE', 'ADD', 'DELETE']),
};

export interface TokenReader {
  readonly kind: ExpressionKind;
  peek(): Token;
  peekIs(text: string): boolean;
  /** Takes the next token when it is this symbol. */
  take(symbol: string): boolean;
  takeKeyword(keyword: string): boolean;
  expect(symbol: string): void;
  next(): Token;
  fail(): Error;
  /** Notes the first fault of its kind. */
  note(fault: Deferred, message: string): void;
  nest<Result>(parse: () => Result): Result;
  countOperator(): void;
  path(): PathSyntax;
  value(): ValueSyntax;
  list(parse: () => OperandSyntax): OperandSyntax[];
  /** Checks that all has been read and throws the first noted fault. */
  finish(): void;
}

export function readTokens(kind: ExpressionKind, text: string): TokenReader {
  const tokens = tokenize(kind, text);
  const faults = new Map<Deferred, string>();
  let position = 0;
  let depth = 0;
  let operators = 0;

  const peek = (): Token => tokens[position] as Token;
  const peekIs = (symbol: string): boolean => peek().kind === 'symbol' && peek().text === symbol;

  function next(): Token {
    const token = peek();
    if (token.kind !== 'end') position += 1;
    return token;
  }

  function take(symbol: string): boolean {
    if (!peekIs(symbol)) return false;
    position += 1;
    return true;
  }

  function takeKeyword(keyword: string): boolean {
    if (peek().kind !== 'word' || peek().text.toUpperCase() !== keyword) return false;
    position += 1;
    return true;
  }

  function fail(): Error {
    const from = tokens[Math.max(0, position - 1)] as Token;
    const to = tokens[Math.min(tokens.length - 1, position + 1)] as Token;
    return syntaxError(kind, peek().text, text.slice(from.start, to.end));
  }

  function expect(symbol: string): void {
    if (!take(symbol)) throw fail();
  }

  function note(fault: Deferred, message: string): void {
    if (!faults.has(fault)) faults.set(fault, message);
  }

  function nest<Result>(parse: () => Result): Result {
    depth += 1;
    if (depth > MAX_PARSE_DEPTH) throw expressionError(kind, 'The expression is nested too deeply;');
    const result = parse();
    depth -= 1;
    return result;
  }

  function countOperator(): void {
    operators += 1;
    if (operators > MAX_EXPRESSION_OPERATORS) {
      throw expressionError(
        kind,
        `The expression contains too many operators or functions; limit: ${MAX_EXPRESSION_OPERATORS};`,
      );
    }
  }

  function isCalled(): boolean {
    const after = tokens[position + 1];
    return after?.kind === 'symbol' && after.text === '(';
  }

  function step(): string {
    const { kind: found, text: word } = peek();
    if (found !== 'name' && (found !== 'word' || KEYWORDS[kind].has(word.toUpperCase()))) throw fail();
    if (found === 'word' && !isCalled() && RESERVED_WORDS.has(word.toUpperCase())) {
      note('reserved', `Attribute name is a reserved keyword; reserved keyword: ${word}`);
    }
    return next().text;
  }

  function path(): PathSyntax {
    const steps: PathStep[] = [step()];
    for (;;) {
      if (take('.')) steps.push(step());
      else if (take('[')) {
        if (peek().kind !== 'integer') throw fail();
        steps.push(Number(next().text));
        expect(']');
      } else return { kind: 'path', steps, hasNames: steps.some((one) => typeof one === 'string' && one[0] === '#') };
    }
  }

  function value(): ValueSyntax {
    if (peek().kind !== 'value') throw fail();
    return { kind: 'value', name: next().text };
  }

  function list(parse: () => OperandSyntax): OperandSyntax[] {
    expect('(');
    const operands = [parse()];
    while (take(',')) operands.push(parse());
    expect(')');
    return operands;
  }

  function finish(): void {
    if (peek().kind !== 'end') throw fail();
    for (const fault of DEFERRED) {
      const message = faults.get(fault);
      if (message !== undefined) throw expressionError(kind, message);
    }
  }

  return {
    kind,
    peek,
    peekIs,
    take,
    takeKeyword,
    expect,
    next,
    fail,
    note,
    nest,
    countOperator,
    path,
    value,
    list,
    finish,
  };
}
