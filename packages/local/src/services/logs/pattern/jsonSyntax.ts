import { NotEmulated } from '../../../aws/error.ts';
import { invalidParameter } from '../errors.ts';

/** What stands between the braces of `{ $.field = "value" }`, parsed. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'compare'; readonly path: Path; readonly operator: Operator; readonly value: Literal }
  | { readonly kind: 'is'; readonly path: Path; readonly value: true | false | null }
  | { readonly kind: 'absent'; readonly path: Path };

/** Names of members and positions in lists. */
export type Path = readonly (string | number)[];
export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=';
export type Literal = { readonly text: string } | { readonly number: number };

const MAX_DEPTH = 50;
const TOKEN = /\s*(\|\||&&|!=|<=|>=|[=<>()]|"(?:[^"\\]|\\.)*"|\$[^\s=!<>()&|]*|[^\s=!<>()&|"]+)/y;

interface Cursor {
  readonly tokens: readonly string[];
  position: number;
}

/** Throws `InvalidParameterException`, and `NotEmulated` for paths with wildcards and for regular expressions. */
export function parseCondition(text: string): Condition {
  const cursor = { tokens: tokenize(text), position: 0 };
  const condition = parseOr(cursor, 0);
  if (cursor.position < cursor.tokens.length) throw unexpected(cursor);
  return condition;
}

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  const trimmed = text.trim();
  TOKEN.lastIndex = 0;
  for (let position = 0; position < trimmed.length; position = TOKEN.lastIndex) {
    const token = TOKEN.exec(trimmed)?.[1];
    if (token === undefined) throw invalidParameter(`Invalid filter pattern at "${trimmed.slice(position)}"`);
    tokens.push(token);
  }
  return tokens;
}

function parseOr(cursor: Cursor, depth: number): Condition {
  const parts = separated(cursor, '||', () => parseAnd(cursor, depth));
  return parts.length === 1 ? (parts[0] as Condition) : { kind: 'or', parts };
}

function parseAnd(cursor: Cursor, depth: number): Condition {
  const parts = separated(cursor, '&&', () => parsePrimary(cursor, depth));
  return parts.length === 1 ? (parts[0] as Condition) : { kind: 'and', parts };
}

function separated(cursor: Cursor, separator: string, parse: () => Condition): Condition[] {
  const parts = [parse()];
  while (cursor.tokens[cursor.position] === separator) {
    cursor.position += 1;
    parts.push(parse());
  }
  return parts;
}

function parsePrimary(cursor: Cursor, depth: number): Condition {
  if (depth > MAX_DEPTH) throw invalidParameter(`The filter pattern is nested deeper than ${MAX_DEPTH} levels`);
  if (cursor.tokens[cursor.position] !== '(') return parseComparison(cursor);
  cursor.position += 1;
  const inner = parseOr(cursor, depth + 1);
  if (next(cursor) !== ')') throw unexpected(cursor, -1);
  return inner;
}

const OPERATORS: readonly string[] = ['=', '!=', '<', '<=', '>', '>='] satisfies Operator[];
const WORDS: Readonly<Record<string, true | false | null>> = { TRUE: true, FALSE: false, NULL: null };

function parseComparison(cursor: Cursor): Condition {
  const path = parsePath(next(cursor));
  const word = next(cursor);
  if (OPERATORS.includes(word)) {
    return { kind: 'compare', path, operator: word as Operator, value: parseLiteral(next(cursor)) };
  }
  const operand = next(cursor);
  if (word === 'IS' && Object.hasOwn(WORDS, operand)) return { kind: 'is', path, value: WORDS[operand] ?? null };
  if (word === 'NOT' && operand === 'EXISTS') return { kind: 'absent', path };
  throw invalidParameter(`Invalid filter pattern at "${word} ${operand}"`);
}

function parsePath(token: string): Path {
  if (!token.startsWith('$')) throw invalidParameter(`Invalid filter pattern: "${token}" is no selector, as $.level`);
  const steps = token.slice(1).match(/\.[A-Za-z0-9_-]+|\[\d{1,6}\]/g) ?? [];
  if (steps.length === 0 || steps.join('').length !== token.length - 1) {
    throw new NotEmulated(`logs: the selector ${token} of a filter pattern`);
  }
  return steps.map((step) => (step.startsWith('[') ? Number(step.slice(1, -1)) : step.slice(1)));
}

function parseLiteral(token: string): Literal {
  if (token.startsWith('%')) throw new NotEmulated('logs: a regular expression in a filter pattern');
  if (token.startsWith('"')) return { text: token.slice(1, -1).replace(/\\(.)/g, '$1') };
  return /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(token) ? { number: Number(token) } : { text: token };
}

function next(cursor: Cursor): string {
  const token = cursor.tokens[cursor.position];
  if (token === undefined) throw invalidParameter('Invalid filter pattern: it ends too early');
  cursor.position += 1;
  return token;
}

const unexpected = ({ tokens, position }: Cursor, by = 0): Error =>
  invalidParameter(`Invalid filter pattern at "${tokens[position + by] ?? ''}"`);
