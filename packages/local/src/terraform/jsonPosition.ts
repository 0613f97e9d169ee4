/**
 * Where a text stops being JSON, for messages: JSON.parse does not always tell. The index of the first character that
 * cannot stand where it stands, or the text's length when it ends too early.
 */
export function firstInvalidPosition(text: string): number {
  const tokens = new RegExp(TOKEN.source, 'y');
  const open: ('{' | '[')[] = [];
  let expected: readonly Token[] = VALUE;
  for (;;) {
    const start = skipSpace(text, tokens.lastIndex);
    if (start === text.length) return start;
    tokens.lastIndex = start;
    const token = kindOf(tokens.exec(text)?.[0]);
    if (token === undefined || !expected.includes(token)) return start;
    if (token === '{' || token === '[') open.push(token);
    if (token === '}' || token === ']') open.pop();
    expected = after(token, open.at(-1), expected);
  }
}

type Token = '{' | '}' | '[' | ']' | ',' | ':' | 'string' | 'scalar';

const TOKEN =
  /[{}[\],:]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/;
const VALUE: readonly Token[] = ['{', '[', 'string', 'scalar'];
const KEY: readonly Token[] = ['string'];

function skipSpace(text: string, from: number): number {
  let position = from;
  while (position < text.length && ' \t\r\n'.includes(text.charAt(position))) position++;
  return position;
}

function kindOf(token: string | undefined): Token | undefined {
  if (token === undefined) return undefined;
  if (token.startsWith('"')) return 'string';
  return token.length === 1 && '{}[],:'.includes(token) ? (token as Token) : 'scalar';
}

/** What may follow a token inside the innermost open bracket. A string is a key exactly where only a key may stand. */
function after(token: Token, inside: '{' | '[' | undefined, before: readonly Token[]): readonly Token[] {
  if (token === '{') return [...KEY, '}'];
  if (token === '[') return [...VALUE, ']'];
  if (token === ':') return VALUE;
  if (token === ',') return inside === '{' ? KEY : VALUE;
  if (token === 'string' && !before.includes('scalar') && before.includes('string')) return [':'];
  if (inside === undefined) return [];
  return [',', inside === '{' ? '}' : ']'];
}
