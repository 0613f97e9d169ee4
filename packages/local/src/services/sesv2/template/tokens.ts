import { TemplateError } from './syntax.ts';

export type Token =
  | { readonly kind: 'text'; readonly text: string }
  /** What stands between `{{` and `}}`, trimmed. */
  | { readonly kind: 'tag'; readonly content: string };

/** The text and the tags of a template. Lines that hold nothing but a block's tag vanish, as Handlebars leaves them out. */
export function tokenize(template: string): Token[] {
  const tokens: Token[] = [];
  for (let position = 0; position < template.length;) {
    const opening = template.indexOf('{{', position);
    const text = template.slice(position, opening < 0 ? undefined : opening);
    if (text !== '') tokens.push({ kind: 'text', text });
    if (opening < 0) break;
    if (text.endsWith('\\')) throw new TemplateError('"\\{{" (a tag that is not one) is not emulated by @hiroba/local');
    const tag = readTag(template, opening);
    tokens.push({ kind: 'tag', content: tag.content });
    position = tag.end;
  }
  return withoutTagLines(tokens);
}

/** In the order in which they are tried. `{{{x}}}` is `{{x}}`: SES escapes neither. */
const DELIMITERS = [
  ['{{!--', '--}}'],
  ['{{{', '}}}'],
  ['{{', '}}'],
] as const;

function readTag(template: string, start: number): { readonly content: string; readonly end: number } {
  const [opening, closing] = DELIMITERS.find(([text]) => template.startsWith(text, start)) ?? DELIMITERS[2];
  const close = template.indexOf(closing, start + opening.length);
  if (close < 0) throw new TemplateError(`"${excerpt(template, start)}" has no closing "${closing}"`);
  const end = close + closing.length;
  if (opening === '{{!--') return { content: '!', end };
  const content = template.slice(start + opening.length, close).trim();
  if (/[{}]/.test(content)) throw new TemplateError(`"${excerpt(template, start)}" has no closing "${closing}"`);
  return { content, end };
}

const excerpt = (text: string, index: number): string => text.slice(index, index + 30).split('\n')[0] ?? '';

/** Tags that may have a line of their own: beginnings, ends and alternatives of blocks, and comments. */
const STANDALONE = /^([#/!]|else\b)/;

function withoutTagLines(tokens: readonly Token[]): Token[] {
  const cuts = tokens.map(() => ({ start: false, end: false }));
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'tag' || !STANDALONE.test(token.content) || !isAlone(tokens, index)) continue;
    const [before, after] = [cuts[index - 1], cuts[index + 1]];
    if (before) before.end = true;
    if (after) after.start = true;
  }
  return tokens.map((token, index) => {
    if (token.kind === 'tag') return token;
    const { text } = token;
    const from = cuts[index]?.start ? endOfBlankStart(text) : 0;
    const to = cuts[index]?.end ? startOfBlankEnd(text) : text.length;
    return { kind: 'text', text: text.slice(from, Math.max(from, to)) };
  });
}

function isAlone(tokens: readonly Token[], index: number): boolean {
  const [before, after] = [tokens[index - 1], tokens[index + 1]];
  const opens = before === undefined || endsLine(before, index - 1 === 0);
  const closes = after === undefined || startsLine(after, index + 1 === tokens.length - 1);
  return opens && closes;
}

function endsLine(token: Token, isFirst: boolean): boolean {
  if (token.kind !== 'text') return false;
  const start = startOfBlankEnd(token.text);
  return start === 0 ? isFirst : token.text[start - 1] === '\n';
}

function startsLine(token: Token, isLast: boolean): boolean {
  if (token.kind !== 'text') return false;
  const end = endOfBlankStart(token.text);
  return token.text[end - 1] === '\n' || (isLast && end === token.text.length);
}

/** After the blanks that the text begins with, and the line break that follows them. */
function endOfBlankStart(text: string): number {
  let end = 0;
  while (text[end] === ' ' || text[end] === '\t') end += 1;
  if (text.startsWith('\r\n', end)) return end + 2;
  return text[end] === '\n' ? end + 1 : end;
}

function startOfBlankEnd(text: string): number {
  let start = text.length;
  while (text[start - 1] === ' ' || text[start - 1] === '\t') start -= 1;
  return start;
}
