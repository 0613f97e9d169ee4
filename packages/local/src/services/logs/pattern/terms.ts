import { invalidParameter } from '../errors.ts';

/** Terms of an unstructured pattern: all of the plain ones, one of the `?optional` ones, none of the `-excluded` ones. */
export function compileTerms(pattern: string): (message: string) => boolean {
  const terms = readTerms(pattern);
  const of = (kind: Term['kind']): readonly string[] =>
    terms.filter((term) => term.kind === kind).map(({ text }) => text);
  const [all, some, none] = [of('all'), of('some'), of('none')];
  return (message) =>
    all.every((term) => message.includes(term)) &&
    (some.length === 0 || some.some((term) => message.includes(term))) &&
    !none.some((term) => message.includes(term));
}

interface Term {
  readonly kind: 'all' | 'some' | 'none';
  readonly text: string;
}

const TERM = /\s*([?-]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/y;

function readTerms(pattern: string): Term[] {
  const terms: Term[] = [];
  TERM.lastIndex = 0;
  const text = pattern.trimEnd();
  while (TERM.lastIndex < text.length) {
    const start = TERM.lastIndex;
    const [, sign, quoted, bare] = TERM.exec(text) ?? [];
    if (quoted === undefined && bare === undefined) {
      throw invalidParameter(`The filter pattern has a quote without an end: ${text.slice(start)}`);
    }
    if (bare !== undefined && !/^[A-Za-z0-9_\u0080-\uffff]+$/.test(bare)) {
      throw invalidParameter(`Invalid character(s) in term '${bare}': write it in double quotes`);
    }
    const kind = sign === '?' ? 'some' : sign === '-' ? 'none' : 'all';
    terms.push({ kind, text: quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '' });
  }
  return terms;
}
