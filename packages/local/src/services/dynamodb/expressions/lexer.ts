import { validationError } from '../errors.ts';
import { MAX_EXPRESSION_BYTES } from '../limits.ts';

export type TokenKind = 'word' | 'name' | 'value' | 'integer' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** `ConditionExpression` and so on: the parameter an expression came in, which its errors begin with. */
export type ExpressionKind =
  'ConditionExpression' | 'FilterExpression' | 'KeyConditionExpression' | 'ProjectionExpression' | 'UpdateExpression';

const TOKEN = /\s*(?:([A-Za-z_][A-Za-z0-9_]*)|(#[A-Za-z0-9_]+)|(:[A-Za-z0-9_]+)|(\d+)|(<>|<=|>=|[=<>()[\],.+-]))/y;
const KINDS = ['word', 'name', 'value', 'integer', 'symbol'] as const;

export function tokenize(kind: ExpressionKind, text: string): readonly Token[] {
  if (text.trim() === '') throw expressionError(kind, 'The expression can not be empty;');
  if (Buffer.byteLength(text) > MAX_EXPRESSION_BYTES) {
    throw expressionError(kind, 'Expression size has exceeded the maximum allowed size;');
  }
  const tokens: Token[] = [];
  let position = 0;
  const length = text.trimEnd().length;
  while (position < length) {
    TOKEN.lastIndex = position;
    const match = TOKEN.exec(text);
    if (!match) throw strayCharacter(kind, text, position, tokens.at(-1));
    const group = KINDS.findIndex((_, index) => match[index + 1] !== undefined);
    const found = match[group + 1] as string;
    position = TOKEN.lastIndex;
    tokens.push({ kind: KINDS[group] as TokenKind, text: found, start: position - found.length, end: position });
  }
  tokens.push({ kind: 'end', text: '<EOF>', start: length, end: length });
  return tokens;
}

export function expressionError(kind: ExpressionKind, message: string): Error {
  return validationError(`Invalid ${kind}: ${message}`);
}

export function syntaxError(kind: ExpressionKind, token: string, near: string): Error {
  return expressionError(kind, `Syntax error; token: "${token}", near: "${near}"`);
}

function strayCharacter(kind: ExpressionKind, text: string, position: number, previous: Token | undefined): Error {
  const at = position + (text.slice(position).length - text.slice(position).trimStart().length);
  return syntaxError(kind, text.charAt(at), text.slice(previous?.start ?? 0, at + 1));
}
