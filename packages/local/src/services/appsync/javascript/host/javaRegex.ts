import { CapabilityError } from './bridge.ts';
import { translatePattern } from './javaPattern.ts';

const compiled = new Map<string, RegExp>();
const MAX_COMPILED = 200;

function compile(pattern: string, kind: 'whole' | 'all'): RegExp {
  const key = `${kind} ${pattern}`;
  const known = compiled.get(key);
  if (known) return known;
  const translated = translatePattern(pattern);
  const source = kind === 'whole' ? `(?<![^])(?:${translated})(?![^])` : translated;
  let regex: RegExp;
  try {
    regex = new RegExp(source, kind === 'whole' ? 'v' : 'gv');
  } catch (error) {
    throw new CapabilityError(`Invalid pattern ${pattern}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (compiled.size >= MAX_COMPILED) compiled.clear();
  compiled.set(key, regex);
  return regex;
}

/** Java's `Pattern.matches`: the whole text must match. */
export function regexMatches(pattern: string, text: string): boolean {
  return compile(pattern, 'whole').test(text);
}

/** Java's `replaceAll` and `replaceFirst`. */
export function regexReplace(
  text: string,
  pattern: string,
  options: { readonly replacement: string; readonly all: boolean },
): string {
  const regex = compile(pattern, 'all');
  let result = '';
  let end = 0;
  for (const match of text.matchAll(regex)) {
    result += text.slice(end, match.index) + expand(options.replacement, match);
    end = match.index + match[0].length;
    if (!options.all) break;
  }
  return result + text.slice(end);
}

/** `$1`, `${name}` and backslash escapes, as Java's `Matcher.appendReplacement` reads them. */
function expand(replacement: string, match: RegExpExecArray): string {
  let result = '';
  for (let at = 0; at < replacement.length; at += 1) {
    const character = replacement[at];
    if (character === '\\') {
      at += 1;
      if (at >= replacement.length) throw new CapabilityError('character to be escaped is missing');
      result += replacement[at];
    } else if (character === '$') {
      const [text, length] = group(replacement.slice(at + 1), match);
      result += text;
      at += length;
    } else {
      result += character;
    }
  }
  return result;
}

/** The text of the group that a reference names, and how long the reference is. */
function group(reference: string, match: RegExpExecArray): readonly [string, number] {
  const named = /^\{([A-Za-z][A-Za-z0-9]*)\}/.exec(reference);
  if (named) {
    const [whole, name = ''] = named;
    if (!match.groups || !Object.hasOwn(match.groups, name)) throw new CapabilityError(`No group with name {${name}}`);
    return [match.groups[name] ?? '', whole.length];
  }
  const digits = /^\d+/.exec(reference)?.[0];
  if (digits === undefined) throw new CapabilityError('Illegal group reference');
  // The first digit always counts, further ones as long as such a group exists.
  let length = 1;
  while (length < digits.length && Number(digits.slice(0, length + 1)) < match.length) length += 1;
  const number = Number(digits.slice(0, length));
  if (number >= match.length) throw new CapabilityError(`No group ${number}`);
  return [match[number] ?? '', length];
}
