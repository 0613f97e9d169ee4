import { CapabilityError } from '../bridge.ts';

/** A parsed pattern of Java's `DateTimeFormatter`. */
export type Element =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'field'; readonly symbol: string; readonly count: number; readonly padTo?: number }
  | { readonly kind: 'optional'; readonly elements: readonly Element[] };

const SYMBOLS = 'GuyDMLdQqYwWEecFaBhKkHmsSAnNVvzOXxZ';
const NOT_EMULATED = 'Bv';

export function parsePattern(pattern: string): readonly Element[] {
  // One list for the pattern and one for each open optional section.
  const lists: Element[][] = [[]];
  let padTo: number | undefined;
  for (let at = 0; at < pattern.length;) {
    const character = pattern.charAt(at);
    const current = lists.at(-1) ?? [];
    if (/[A-Za-z]/.test(character)) {
      const count = runLength(pattern, at);
      at += count;
      if (character === 'p') padTo = count;
      else current.push({ kind: 'field', symbol: checkedSymbol(character, count), count, padTo });
      if (character !== 'p') padTo = undefined;
    } else if (character === "'") {
      const end = quoteEnd(pattern, at);
      const quoted = pattern.slice(at + 1, end).replaceAll("''", "'");
      current.push({ kind: 'literal', text: quoted === '' ? "'" : quoted });
      at = end + 1;
    } else {
      if (character === '[') lists.push([]);
      else if (character === ']') closeOptional(lists);
      else current.push({ kind: 'literal', text: plain(character) });
      at += 1;
    }
  }
  while (lists.length > 1) closeOptional(lists);
  return lists[0] ?? [];
}

function runLength(pattern: string, start: number): number {
  let end = start;
  while (pattern.charAt(end) === pattern.charAt(start)) end += 1;
  return end - start;
}

function checkedSymbol(symbol: string, count: number): string {
  if (!SYMBOLS.includes(symbol)) throw new CapabilityError(`Unknown pattern letter: ${symbol}`);
  if (NOT_EMULATED.includes(symbol)) throw new CapabilityError(`The pattern letter ${symbol} is not emulated`);
  if (count > 19) throw new CapabilityError(`Too many pattern letters: ${symbol}`);
  return symbol;
}

function plain(character: string): string {
  if ('{}#'.includes(character)) {
    throw new CapabilityError(`Pattern includes reserved character: '${character}'`);
  }
  return character;
}

/** A doubled quote inside a quotation is a quote. */
function quoteEnd(pattern: string, start: number): number {
  for (let at = start + 1; at < pattern.length; at += 1) {
    if (pattern.charAt(at) !== "'") continue;
    if (pattern.charAt(at + 1) !== "'" || at === start + 1) return at;
    at += 1;
  }
  throw new CapabilityError(`Pattern ends with an incomplete string literal: ${pattern}`);
}

function closeOptional(lists: Element[][]): void {
  const elements = lists.length > 1 ? lists.pop() : undefined;
  if (!elements) throw new CapabilityError('Pattern invalid as it contains ] without previous [');
  lists.at(-1)?.push({ kind: 'optional', elements });
}
