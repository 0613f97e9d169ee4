import { LOOP_VARIABLES, type LoopVariable, type Path, TemplateError, type TemplateNode } from './syntax.ts';
import { type Token, tokenize } from './tokens.ts';

/** Deeper than any mail, and shallow enough to walk by recursion. */
const MAX_DEPTH = 50;

const EMULATED = '{{variable}}, {{#if}}, {{#unless}}, {{#each}}, {{else}} and comments';

/**
 * Parses the part of Handlebars that SES documents, but for inline partials.
 * https://docs.aws.amazon.com/ses/latest/dg/send-personalized-email-advanced.html
 *
 * Throws `TemplateError`, also for what is Handlebars and not emulated.
 */
export function parseTemplate(template: string): readonly TemplateNode[] {
  const cursor = { tokens: tokenize(template), position: 0 };
  const nodes = parseNodes(cursor, 0);
  const rest = cursor.tokens[cursor.position];
  if (rest !== undefined) throw new TemplateError(`${shown(rest)} ends no block`);
  return nodes;
}

/** Only `{{variable}}`: all that SES takes in a template that comes with the request. Throws `TemplateError`. */
export function parseSimpleTemplate(template: string): readonly TemplateNode[] {
  const nodes = parseTemplate(template);
  if (nodes.every(({ kind }) => kind === 'text' || kind === 'value')) return nodes;
  throw new TemplateError('A template in the request may have simple substitutions only, as {{name}}');
}

interface Cursor {
  readonly tokens: readonly Token[];
  position: number;
}

/** Up to the tag that ends or divides the block around them, which is left to the caller. */
function parseNodes(cursor: Cursor, depth: number): TemplateNode[] {
  if (depth > MAX_DEPTH) throw new TemplateError(`Blocks are nested deeper than ${MAX_DEPTH} levels`);
  const nodes: TemplateNode[] = [];
  for (;;) {
    const token = cursor.tokens[cursor.position];
    if (token === undefined || (token.kind === 'tag' && /^(\/|else\b)/.test(token.content))) return nodes;
    cursor.position += 1;
    if (token.kind === 'text') {
      if (token.text !== '') nodes.push(token);
    } else if (token.content.startsWith('#')) nodes.push(parseBlock(cursor, token.content.slice(1), depth));
    else if (!token.content.startsWith('!')) nodes.push({ kind: 'value', path: parsePath(token.content) });
  }
}

type Block = Exclude<TemplateNode['kind'], 'text' | 'value'>;
const BLOCKS: readonly string[] = ['if', 'unless', 'each'] satisfies Block[];

/** From after the opening tag to after the closing one. */
function parseBlock(cursor: Cursor, opening: string, depth: number): TemplateNode {
  const { kind, path } = parseOpening(opening);
  const body = parseNodes(cursor, depth + 1);
  const otherwise = parseOtherwise(cursor, depth);
  const closing = cursor.tokens[cursor.position];
  if (closing?.kind !== 'tag' || closing.content !== `/${kind}`) {
    throw new TemplateError(
      `{{#${opening}}} is not closed by {{/${kind}}}${closing ? `, but met by ${shown(closing)}` : ''}`,
    );
  }
  cursor.position += 1;
  return { kind, path, body, otherwise };
}

function parseOpening(opening: string): { readonly kind: Block; readonly path: Path } {
  const [, kind = '', argument = ''] = /^(\S+)\s*([\s\S]*)$/.exec(opening) ?? [];
  if (!BLOCKS.includes(kind)) throw notEmulated(`{{#${opening}}}`);
  return { kind: kind as Block, path: parsePath(argument.trim()) };
}

/** What `{{else}}` or `{{else if x}}` begins; the latter is an `if` of its own that shares the closing tag. */
function parseOtherwise(cursor: Cursor, depth: number): readonly TemplateNode[] {
  const token = cursor.tokens[cursor.position];
  if (token?.kind !== 'tag' || !token.content.startsWith('else')) return [];
  cursor.position += 1;
  const chained = token.content.slice('else'.length).trim();
  if (chained === '') {
    const nodes = parseNodes(cursor, depth + 1);
    const after = cursor.tokens[cursor.position];
    if (after?.kind === 'tag' && after.content.startsWith('else')) {
      throw new TemplateError(`${shown(after)} stands after an {{else}}`);
    }
    return nodes;
  }
  const { kind, path } = parseOpening(chained);
  const body = parseNodes(cursor, depth + 1);
  return [{ kind, path, body, otherwise: parseOtherwise(cursor, depth + 1) }];
}

const SEGMENT = /^[^\s!"#%&'()*+,./;<=>@[\\\]^`{|}~]+$/;

function parsePath(text: string): Path {
  const loop = LOOP_VARIABLES.find((name) => text === `@${name}`) ?? null;
  if (loop !== null) return { text, up: 0, segments: [], loop: loop satisfies LoopVariable };
  const [, climbs = '', rest = ''] = /^((?:\.\.\/)*)([\s\S]*)$/.exec(text) ?? [];
  const path = rest.replace(/^(this|\.)([./]|$)/, '');
  const segments = path === '' ? [] : path.split('.');
  if (rest === '' || !segments.every((segment) => SEGMENT.test(segment))) throw notEmulated(`{{${text}}}`);
  return { text, up: climbs.length / 3, segments, loop: null };
}

const shown = (token: Token): string => (token.kind === 'tag' ? `{{${token.content}}}` : token.text);

function notEmulated(what: string): TemplateError {
  return new TemplateError(`${what} is not emulated by @hiroba/local, which knows ${EMULATED}`);
}
