/** What `${...}` or `%{...}` in a text holds. https://developer.hashicorp.com/terraform/language/expressions/strings */
export interface Interpolation {
  readonly kind: 'value' | 'directive';
  readonly expression: string;
  /** Offset of the `$` or `%`, and the one after the closing brace. */
  readonly at: number;
  readonly end: number;
  /** The whole text is this interpolation. */
  readonly whole: boolean;
}

/** The templates that Terraform would evaluate in a text; `$${` and `%%{` are literals. An unclosed one reaches to the end. */
export function interpolationsOf(text: string): readonly Interpolation[] {
  const found: Interpolation[] = [];
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign !== '$' && sign !== '%') continue;
    if (text[at + 1] === sign && text[at + 2] === '{') {
      at += 2;
      continue;
    }
    if (text[at + 1] !== '{') continue;
    const end = endOfExpression(text, at + 2);
    const expression = text.slice(at + 2, end).trim();
    found.push({
      kind: sign === '$' ? 'value' : 'directive',
      expression,
      at,
      end: end + 1,
      whole: at === 0 && end === text.length - 1,
    });
    at = end;
  }
  return found;
}

/** A text as AWS is given it. What is evaluated stays as it is written. */
export function literalOf(text: string): string {
  return text.replace(/\$\$\{|%%\{/g, (escaped) => escaped.slice(1));
}

/** Where the brace closes that is open at `from`: braces nest, and those within quotes do not count. */
function endOfExpression(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at + 1);
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return at;
  }
  return text.length;
}

function endOfString(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
    else if ((text[at] === '$' || text[at] === '%') && text[at + 1] === '{') at = endOfExpression(text, at + 2);
  }
  return text.length;
}

/** `aws_sqs_queue.jobs.arn` as parts; a data source keeps its `data.` in the address. */
export interface Reference {
  /** `aws_sqs_queue.jobs`, `data.aws_caller_identity.current`, or `terraform.workspace`. */
  readonly address: string;
  /** Names of attributes after the address; empty for the object itself. */
  readonly path: readonly string[];
}

const TRAVERSAL = /(?<![\w.-])[A-Za-z_][\w-]*(?:\.[A-Za-z_*][\w-]*|\.\d+|\[[^\]]*\])*(?=(\s*\()?)/g;
const WORDS = new Set(['true', 'false', 'null', 'for', 'in', 'if', 'else', 'endif', 'endfor']);

/** What an expression refers to. Names of functions and of loop variables are not told apart from bare names: see `bareNames`. */
export function referencesOf(expression: string): readonly Reference[] {
  return traversals(expression).flatMap((traversal) => {
    const parts = traversal.replaceAll(/\[[^\]]*\]/g, '').split('.');
    const size = parts[0] === 'data' ? 3 : 2;
    if (parts.length < size) return [];
    return [{ address: parts.slice(0, size).join('.'), path: parts.slice(size) }];
  });
}

/** Names in an expression that are neither a reference nor a function: `id` in what was meant to be JavaScript. */
export function bareNames(expression: string): readonly string[] {
  return traversals(expression).filter((traversal) => !traversal.includes('.') && !WORDS.has(traversal));
}

function traversals(expression: string): string[] {
  const nested = interpolationsIn(expression);
  const found = [...withoutStrings(expression).matchAll(TRAVERSAL)].filter(([, call]) => call === undefined);
  return [...found.map(([traversal]) => traversal), ...nested.flatMap((each) => traversals(each))];
}

/** Templates within the quoted texts of an expression. */
function interpolationsIn(expression: string): string[] {
  const strings = [...expression.matchAll(/"(?:[^"\\]|\\.)*"/g)].map(([quoted]) => quoted);
  return strings.flatMap((quoted) => interpolationsOf(quoted).map((each) => each.expression));
}

function withoutStrings(expression: string): string {
  return expression.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
}
