import { atEnd, expect, startsWith, take, unexpected, type Cursor } from './cursor.ts';
import { parseExpression } from './parseExpression.ts';
import { ExpressionError, type Expression } from './syntax.ts';

/**
 * Parses a string of Terraform JSON. A string that is one interpolation and nothing else is that expression, and keeps
 * its type; any other is a template and becomes a string.
 *
 * @throws ExpressionError
 */
export function parseTemplate(text: string): Expression {
  return simplify(parseParts({ text, position: 0 }, undefined));
}

/** Whether a string holds anything to parse: most strings of a configuration do not. */
export function isTemplate(text: string): boolean {
  return text.includes('${') || text.includes('%{');
}

/** Parses a quoted template, from after its opening quotation mark to after the closing one. */
export function parseQuotedTemplate(cursor: Cursor): Expression {
  const template = simplify(parseParts(cursor, '"'));
  expect(cursor, '"');
  return template;
}

function parseParts(cursor: Cursor, end: '"' | undefined): Expression[] {
  const parts: Expression[] = [];
  let literal = '';
  const flush = (): void => {
    if (literal !== '') parts.push({ kind: 'literal', value: literal });
    literal = '';
  };
  while (!atEnd(cursor) && !(end !== undefined && startsWith(cursor, end))) {
    if (take(cursor, '$${')) literal += '${';
    else if (take(cursor, '%%{')) literal += '%{';
    else if (startsWith(cursor, '${')) {
      flush();
      parts.push(parseInterpolation(cursor));
    } else if (startsWith(cursor, '%{')) {
      throw new ExpressionError(
        `the template directive "${cursor.text.slice(cursor.position, cursor.position + 12)}" is not supported; ` +
          'if it is meant as text, as in code, escape it as "%%{"',
      );
    } else if (end !== undefined && startsWith(cursor, '\\')) literal += parseEscape(cursor);
    else literal += cursor.text[cursor.position++];
  }
  flush();
  return parts;
}

function parseInterpolation(cursor: Cursor): Expression {
  const start = cursor.position;
  cursor.position += 2;
  if (startsWith(cursor, '~')) throw new ExpressionError('the strip marker "~" of an interpolation is not supported');
  try {
    const expression = parseExpression(cursor);
    expect(cursor, '}');
    return expression;
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const text = cursor.text.slice(start, start + 24).split('\n')[0];
    throw new ExpressionError(`${error.message}; if "${text}" is meant as text, as in code, escape it as "$\${"`);
  }
}

/** The escapes of a quoted string, by the character after the backslash. */
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

function parseEscape(cursor: Cursor): string {
  const [, letter = ''] = cursor.text.slice(cursor.position, cursor.position + 2);
  if (letter === 'u' || letter === 'U') return parseCodePoint(cursor, letter === 'u' ? 4 : 8);
  if (!Object.hasOwn(ESCAPES, letter)) throw unexpected(cursor, 'an escape that Terraform knows');
  cursor.position += 2;
  return ESCAPES[letter] ?? '';
}

function parseCodePoint(cursor: Cursor, digits: number): string {
  const hexadecimal = cursor.text.slice(cursor.position + 2, cursor.position + 2 + digits);
  const codePoint =
    /^[0-9a-fA-F]+$/.test(hexadecimal) && hexadecimal.length === digits ? Number.parseInt(hexadecimal, 16) : NaN;
  if (!(codePoint <= 0x10ffff)) throw unexpected(cursor, `${digits} hexadecimal digits of a character`);
  cursor.position += 2 + digits;
  return String.fromCodePoint(codePoint);
}

function simplify(parts: readonly Expression[]): Expression {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  return parts.length === 0 ? { kind: 'literal', value: '' } : { kind: 'template', parts };
}
