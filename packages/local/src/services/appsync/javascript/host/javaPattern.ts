import { CapabilityError } from './bridge.ts';

const LINE_BREAKS = '\\n\\r\\u0085\\u2028\\u2029';
const END_OF_TEXT = '(?![^])';
const BEFORE_LAST_LINE_BREAK = `(?=(?:\\r\\n|[${LINE_BREAKS}])?${END_OF_TEXT})`;

/** Escapes that stand for a set, inside a class as well. Java's are ASCII only. */
const SETS: Readonly<Record<string, string>> = {
  d: '[0-9]',
  D: '[^0-9]',
  w: '[a-zA-Z0-9_]',
  W: '[^a-zA-Z0-9_]',
  s: '[ \\t\\n\\x0B\\f\\r]',
  S: '[^ \\t\\n\\x0B\\f\\r]',
  h: '[ \\t\\xA0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000]',
  H: '[^ \\t\\xA0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000]',
  v: '[\\n\\x0B\\f\\r\\x85\\u2028\\u2029]',
  V: '[^\\n\\x0B\\f\\r\\x85\\u2028\\u2029]',
};

const CHARACTERS: Readonly<Record<string, string>> = { t: '\\t', n: '\\n', r: '\\r', f: '\\f', a: '\\x07', e: '\\x1b' };

const ASSERTIONS: Readonly<Record<string, string>> = {
  b: '\\b',
  B: '\\B',
  A: '(?<![^])',
  z: END_OF_TEXT,
  Z: BEFORE_LAST_LINE_BREAK,
  R: `(?:\\r\\n|[${LINE_BREAKS}\\x0B\\f])`,
};

/** POSIX and `java.lang.Character` classes; general categories and scripts are JavaScript's own. */
const PROPERTIES: Readonly<Record<string, string>> = {
  Lower: '[a-z]',
  Upper: '[A-Z]',
  ASCII: '[\\x00-\\x7F]',
  Alpha: '[a-zA-Z]',
  Digit: '[0-9]',
  Alnum: '[a-zA-Z0-9]',
  Punct: '[\\x21-\\x2F\\x3A-\\x40\\x5B-\\x60\\x7B-\\x7E]',
  Graph: '[\\x21-\\x7E]',
  Print: '[\\x20-\\x7E]',
  Blank: '[ \\t]',
  Cntrl: '[\\x00-\\x1F\\x7F]',
  XDigit: '[0-9a-fA-F]',
  Space: '[ \\t\\n\\x0B\\f\\r]',
  javaLowerCase: '\\p{Lowercase}',
  javaUpperCase: '\\p{Uppercase}',
  javaWhitespace: '\\p{White_Space}',
  IsAlphabetic: '\\p{Alphabetic}',
  IsLetter: '\\p{L}',
  IsDigit: '\\p{Nd}',
  IsLowercase: '\\p{Lowercase}',
  IsUppercase: '\\p{Uppercase}',
  IsPunctuation: '\\p{P}',
  IsWhite_Space: '\\p{White_Space}',
  IsIdeographic: '\\p{Ideographic}',
  IsEmoji: '\\p{Emoji}',
};

/** One pass over a pattern. */
interface Reader {
  readonly pattern: string;
  at: number;
  /** Inline flags `(?i)` that hold to the end of each open group. */
  readonly scopes: string[][];
}

/**
 * A pattern of `java.util.regex` as the source of a JavaScript expression with the flag `v`.
 * Throws for what has no counterpart: possessive quantifiers, atomic groups, comments mode, `\G`.
 */
export function translatePattern(pattern: string): string {
  const reader: Reader = { pattern, at: 0, scopes: [[]] };
  let source = '';
  while (reader.at < pattern.length) source += nextPart(reader);
  if (reader.scopes.length > 1) throw invalid(reader, 'Unclosed group');
  return source + closeFlags(reader);
}

function invalid(reader: Reader, reason: string): CapabilityError {
  return new CapabilityError(`${reason} near index ${reader.at} in pattern ${reader.pattern}`);
}

function scope(reader: Reader): string[] {
  return reader.scopes.at(-1) ?? [];
}

function closeFlags(reader: Reader): string {
  return ')'.repeat(scope(reader).length);
}

function nextPart(reader: Reader): string {
  const character = reader.pattern.charAt(reader.at);
  switch (character) {
    case '\\':
      return readEscape(reader);
    case '[':
      return readClass(reader);
    case '(':
      return openGroup(reader);
    case ')':
      return closeGroup(reader);
    case '|':
      reader.at += 1;
      return `${closeFlags(reader)}|${scope(reader)
        .map((flags) => `(?${flags}:`)
        .join('')}`;
    case '$':
      reader.at += 1;
      return reader.scopes.flat().some((flags) => /^[^-]*m/.test(flags)) ? '$' : BEFORE_LAST_LINE_BREAK;
    case ']':
    case '}':
      reader.at += 1;
      return `\\${character}`;
    default:
      return readPlain(reader);
  }
}

function readPlain(reader: Reader): string {
  const rest = reader.pattern.slice(reader.at);
  const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})[?+]?/.exec(rest)?.[0];
  if (quantifier === undefined) {
    const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
    reader.at += character.length;
    return character === '/' ? '\\/' : character;
  }
  if (quantifier.length > 1 && quantifier.endsWith('+'))
    throw invalid(reader, 'Possessive quantifiers are not emulated');
  reader.at += quantifier.length;
  return quantifier;
}

function openGroup(reader: Reader): string {
  const rest = reader.pattern.slice(reader.at);
  const flags = /^\(\?([a-zA-Z]*(?:-[a-zA-Z]+)?)([:)])/.exec(rest);
  if (flags) {
    const [whole, letters = '', end] = flags;
    if (/[^imsuU-]/.test(letters)) throw invalid(reader, `The inline flags ${letters} are not emulated`);
    reader.at += whole.length;
    // Unicode case folding is JavaScript's default.
    const known = letters.replace(/[uU]/g, '').replace(/-$/, '');
    if (end === ')') scope(reader).push(known);
    else reader.scopes.push([]);
    return `(?${known}:`;
  }
  if (rest.startsWith('(?>')) throw invalid(reader, 'Atomic groups are not emulated');
  const opening = /^\((?:\?(?:=|!|<=|<!|<[A-Za-z][A-Za-z0-9]*>))?/.exec(rest)?.[0] ?? '(';
  reader.at += opening.length;
  reader.scopes.push([]);
  return opening;
}

function closeGroup(reader: Reader): string {
  if (reader.scopes.length === 1) throw invalid(reader, "Unmatched closing ')'");
  const closing = `${closeFlags(reader)})`;
  reader.scopes.pop();
  reader.at += 1;
  return closing;
}

function literal(text: string): string {
  return Array.from(text, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`).join('');
}

function readEscape(reader: Reader): string {
  const letter = reader.pattern.charAt(reader.at + 1);
  if (letter === 'Q') return readQuotation(reader);
  if (Object.hasOwn(ASSERTIONS, letter)) {
    reader.at += 2;
    return ASSERTIONS[letter] ?? '';
  }
  const reference = /^\\(?:k<[A-Za-z][A-Za-z0-9]*>|[1-9])/.exec(reader.pattern.slice(reader.at))?.[0];
  if (reference === undefined) return readCharacterEscape(reader);
  reader.at += reference.length;
  return `(?:${reference})`;
}

function readQuotation(reader: Reader): string {
  const end = reader.pattern.indexOf('\\E', reader.at + 2);
  const quoted = reader.pattern.slice(reader.at + 2, end < 0 ? undefined : end);
  reader.at = end < 0 ? reader.pattern.length : end + 2;
  return literal(quoted);
}

/** An escape that may also stand inside a class. */
function readCharacterEscape(reader: Reader): string {
  const rest = reader.pattern.slice(reader.at + 1);
  const letter = rest.charAt(0);
  const take = (length: number, source: string): string => {
    reader.at += 1 + length;
    return source;
  };
  if (letter === '') throw invalid(reader, 'Unexpected internal error');
  const fixed = Object.hasOwn(SETS, letter)
    ? SETS[letter]
    : Object.hasOwn(CHARACTERS, letter)
      ? CHARACTERS[letter]
      : undefined;
  if (fixed !== undefined) return take(1, fixed);
  if (letter === 'p' || letter === 'P') return readProperty(reader);
  const code = /^(?:x([\dA-Fa-f]{2})|x\{([\dA-Fa-f]{1,6})\}|u([\dA-Fa-f]{4}))/.exec(rest);
  if (code) return take(code[0].length, `\\u{${code[1] ?? code[2] ?? code[3] ?? '0'}}`);
  const octal = /^0([0-3]?[0-7]{1,2})/.exec(rest);
  if (octal) return take(octal[0].length, `\\u{${Number.parseInt(octal[1] ?? '0', 8).toString(16)}}`);
  const control = /^c([A-Za-z])/.exec(rest);
  if (control) return take(2, `\\c${control[1]}`);
  if (/[A-Za-z0-9]/.test(letter)) throw invalid(reader, 'Illegal/unsupported escape sequence');
  const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  return take(character.length, literal(character));
}

function readProperty(reader: Reader): string {
  const match = /^\\([pP])(?:\{(\^?[\w=]+)\}|([A-Z]))/.exec(reader.pattern.slice(reader.at));
  if (!match) throw invalid(reader, 'Unknown character property');
  const [whole, letter, braced, short] = match;
  const name = braced ?? short ?? '';
  const set = Object.hasOwn(PROPERTIES, name) ? PROPERTIES[name] : unicodeProperty(name);
  if (set === undefined) throw invalid(reader, `Unknown character property {${name}}`);
  reader.at += whole.length;
  return letter === 'P' ? `[^${set}]` : `[${set}]`;
}

function unicodeProperty(name: string): string | undefined {
  const value = /^(?:Is|general_category=|gc=)?([A-Z][a-z]?)$/.exec(name)?.[1];
  const script = /^(?:Is|script=|sc=)([A-Z][A-Za-z_]+)$/.exec(name)?.[1];
  const source = value === undefined ? script && `\\p{Script=${script}}` : `\\p{${value}}`;
  return source !== undefined && isValid(source) ? source : undefined;
}

function isValid(source: string): boolean {
  try {
    return new RegExp(source, 'v').source === source;
  } catch {
    return false;
  }
}

/** `[a-z&&[^aeiou]]`: the parts between `&&` are intersected. */
function readClass(reader: Reader): string {
  reader.at += 1;
  const negated = reader.pattern.charAt(reader.at) === '^';
  if (negated) reader.at += 1;
  const operands: string[] = [];
  let operand = '';
  for (let first = true; first || reader.pattern.charAt(reader.at) !== ']'; first = false) {
    if (reader.at >= reader.pattern.length) throw invalid(reader, 'Unclosed character class');
    if (reader.pattern.startsWith('&&', reader.at)) {
      reader.at += 2;
      operands.push(operand);
      operand = '';
    } else {
      operand += readClassItem(reader);
    }
  }
  reader.at += 1;
  operands.push(operand);
  const body = operands.length === 1 ? operand : operands.map((part) => `[${part}]`).join('&&');
  return `[${negated ? '^' : ''}${body}]`;
}

function readClassItem(reader: Reader): string {
  if (reader.pattern.charAt(reader.at) === '[') return readClass(reader);
  if (reader.pattern.startsWith('\\Q', reader.at)) return readQuotation(reader);
  const start = readClassCharacter(reader);
  const isRange = /^-[^\]&[]/.test(reader.pattern.slice(reader.at)) && !start.startsWith('[');
  if (!isRange) return start;
  reader.at += 1;
  const end = readClassCharacter(reader);
  if (end.startsWith('[')) throw invalid(reader, 'Illegal character range');
  return `${start}-${end}`;
}

function readClassCharacter(reader: Reader): string {
  if (reader.pattern.charAt(reader.at) === '\\') return readCharacterEscape(reader);
  const character = String.fromCodePoint(reader.pattern.codePointAt(reader.at) ?? 0);
  reader.at += character.length;
  return /[A-Za-z0-9]/.test(character) ? character : literal(character);
}
