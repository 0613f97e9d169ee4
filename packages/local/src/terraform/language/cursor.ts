import { ExpressionError } from './syntax.ts';

/** A place in the text of a template, moved on by the parser. */
export interface Cursor {
  readonly text: string;
  position: number;
}

export function atEnd(cursor: Cursor): boolean {
  return cursor.position >= cursor.text.length;
}

export function startsWith(cursor: Cursor, text: string): boolean {
  return cursor.text.startsWith(text, cursor.position);
}

/** Moves past the text when it stands here. */
export function take(cursor: Cursor, text: string): boolean {
  if (!startsWith(cursor, text)) return false;
  cursor.position += text.length;
  return true;
}

export function takePattern(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.position;
  const found = pattern.exec(cursor.text)?.[0];
  if (found !== undefined) cursor.position += found.length;
  return found;
}

const SPACE = /\s+/y;

export function skipSpace(cursor: Cursor): void {
  takePattern(cursor, SPACE);
}

export function expect(cursor: Cursor, text: string): void {
  skipSpace(cursor);
  if (!take(cursor, text)) throw unexpected(cursor, `"${text}"`);
}

export function unexpected(cursor: Cursor, wanted: string): ExpressionError {
  const found = atEnd(cursor) ? 'the end' : `"${cursor.text.slice(cursor.position, cursor.position + 12)}"`;
  return new ExpressionError(
    `expected ${wanted} but found ${found} at character ${cursor.position + 1} of "${shorten(cursor.text)}"`,
  );
}

function shorten(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
