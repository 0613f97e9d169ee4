/** Where in a source file something is wrong; line and column count from 1, as editors do. */
export interface SourceLocation {
  /** Relative to the repository. */
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

export interface Problem {
  readonly message: string;
  readonly at?: SourceLocation;
}

/** The sources or the flags are wrong: what the user must change, one line for each problem. Anything else is our bug. */
export class SynthError extends Error {
  override readonly name = 'SynthError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[] | string) {
    const list = typeof problems === 'string' ? [{ message: problems }] : problems;
    super(list.map(problemLine).join('\n'));
    this.problems = list;
  }
}

/** `error resolvers/Query.post.ts:3:9 Could not resolve "./posts.ts"` */
export function problemLine({ message, at }: Problem): string {
  if (!at) return `error ${message}`;
  const position = [at.file, at.line, at.column].filter((part) => part !== undefined).join(':');
  return `error ${position} ${message}`;
}

/** Where an unforeseen error comes from: the topmost place in its stack that is a source of this repository. */
export function problemOf(error: unknown, root: string): Problem {
  if (!(error instanceof Error)) return { message: String(error) };
  const places = (error.stack ?? '').replaceAll('file://', '').matchAll(/(\/[^\s():]+):(\d+)(?::(\d+))?/g);
  const place = [...places].find(([, path]) => path?.startsWith(`${root}/`) && !path.includes('/node_modules/'));
  if (!place) return { message: error.message };
  const [, path = '', line, column] = place;
  const at = { file: path.slice(root.length + 1), line: Number(line), ...(column ? { column: Number(column) } : {}) };
  return { message: error.message, at };
}
